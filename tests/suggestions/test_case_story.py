"""案件化办理: steps with their kind, corrected while it is worked on, and the whole on one page."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError
from django.urls import reverse

from common.denied import Denied, Stale
from staff.models import AuditEvent, Department, User
from suggestions import actions
from suggestions.models import Step, StepKind, Suggestion
from tests.suggestions import factories as make

pytestmark = pytest.mark.django_db
DAY = date(2026, 4, 1)


@pytest.fixture
def item(office: User, department: Department) -> Suggestion:
    return make.handling(office, department)


@pytest.fixture
def step(item: Suggestion, office: User) -> Step:
    return actions.add_step(suggestion=item, happened_on=DAY, what="走访供电公司", kind=StepKind.VISIT, by=office)


def typed(**fields: Any) -> dict[str, Any]:
    return {"happened_on": "2026-04-02", "kind": "hearing", "what": "公开听证", "place": "听证室", **fields}


def test_a_step_says_what_it_was_where_and_with_whom(item: Suggestion, handler: User, login: Any) -> None:
    client = login(handler)

    client.post(reverse("suggestions:step", args=[item.pk]), typed(people="人民监督员"))

    page = client.get(reverse("suggestions:detail", args=[item.pk])).content.decode()
    assert "听证：公开听证" in page
    assert "听证室，人民监督员" in page


def test_the_department_says_that_it_is_worked_like_a_case(item: Suggestion, handler: User, login: Any) -> None:
    client, story = login(handler), reverse("suggestions:story", args=[item.pk])
    assert story not in client.get(reverse("suggestions:detail", args=[item.pk])).content.decode()

    client.post(reverse("suggestions:step", args=[item.pk]), typed(as_case="on"))

    assert story in client.get(reverse("suggestions:detail", args=[item.pk])).content.decode()
    assert AuditEvent.objects.filter(action="suggestion.worked_as_case").count() == 1


def test_the_office_says_so_while_correcting_the_facts(item: Suggestion, office: User, login: Any) -> None:
    page = login(office).get(reverse("suggestions:edit", args=[item.pk])).content.decode()

    assert 'name="as_case"' in page


def test_an_unknown_kind_is_refused_and_keeps_what_was_typed(item: Suggestion, handler: User, login: Any) -> None:
    response = login(handler).post(reverse("suggestions:step", args=[item.pk]), typed(kind="party"))

    assert response.status_code == 422
    assert "公开听证" in response.content.decode()


def test_a_step_is_corrected_and_the_old_words_are_kept(step: Step, handler: User, login: Any) -> None:
    response = login(handler).post(reverse("suggestions:step-edit", args=[step.pk]), typed(version=step.version))

    assert response.status_code == 302
    step.refresh_from_db()
    assert (step.what, step.kind, step.place) == ("公开听证", "hearing", "听证室")
    assert AuditEvent.objects.get(action="suggestion.step_corrected").changes["what"] == ["走访供电公司", "公开听证"]


def test_the_second_of_two_who_correct_it_is_told(step: Step, office: User) -> None:
    facts: dict[str, Any] = {"happened_on": DAY, "kind": StepKind.VISIT, "by": office, "expected": step.version}
    actions.correct_step(step=Step.objects.get(pk=step.pk), what="走访", **facts)

    with pytest.raises(Stale):
        actions.correct_step(step=step, what="座谈", **facts)


def test_a_correction_without_its_version_is_broken(step: Step, handler: User, login: Any) -> None:
    assert login(handler).post(reverse("suggestions:step-edit", args=[step.pk]), typed()).status_code == 400


def test_a_correction_stays_between_receipt_and_today(step: Step, office: User) -> None:
    for day in (date(2026, 2, 1), date(2026, 12, 1)):
        with pytest.raises(Denied):
            actions.correct_step(
                step=step, expected=step.version, happened_on=day, kind=StepKind.VISIT, what="走访", by=office
            )


def test_a_step_is_removed_and_leaves_a_trace(step: Step, handler: User, login: Any) -> None:
    login(handler).post(reverse("suggestions:step-remove", args=[step.pk]))

    assert not Step.objects.exists()
    assert AuditEvent.objects.get(action="suggestion.step_removed").changes["what"] == ["走访供电公司", ""]


def test_when_all_is_closed_no_step_changes(office: User, item: Suggestion, step: Step) -> None:
    make.verdict(make.answer(item, office), office)
    item.refresh_from_db()
    actions.close(suggestion=item, by=office)
    step.suggestion.refresh_from_db()

    with pytest.raises(Denied, match="办结以前"):
        actions.remove_step(step=step, by=office)


def test_the_database_knows_the_kinds(step: Step) -> None:
    with pytest.raises(IntegrityError, match="step_kind_known"):
        Step.objects.filter(pk=step.pk).update(kind="party")


def test_the_story_tells_way_result_verdict_and_recognition(
    item: Suggestion, step: Step, office: User, handler: User, login: Any
) -> None:
    actions.add_step(suggestion=item, happened_on=DAY, what="区委领导批示肯定", kind=StepKind.RECOGNITION, by=office)
    make.verdict(make.answer(item, office, replied_on=date(2026, 11, 20)), office, received_on=date(2026, 11, 22))

    page = login(handler).get(reverse("suggestions:story", args=[item.pk])).content.decode()

    assert "历时八个月" in page
    assert "走访1次" in page
    for words in (item.title, make.SUMMARY, "走访供电公司", "对办理结果满意"):
        assert words in page
    assert page.index("各方认可") < page.index("区委领导批示肯定")


def test_a_story_that_has_not_ended_says_so(item: Suggestion, handler: User, login: Any) -> None:
    page = login(handler).get(reverse("suggestions:story", args=[item.pk])).content.decode()

    assert "正在办理，尚未答复" in page
    assert "历时" not in page
