"""延期: asked for with a reason and the consent of the assigning body, decided by a leader, never after expiry."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from common.denied import Denied
from staff.models import Department, User
from suggestions import actions
from suggestions.models import DeadlineMove, Extension, ExtensionState, Suggestion
from tests.suggestions import factories as make

pytestmark = pytest.mark.django_db
D = date.fromisoformat
TODAY = D("2026-11-23")
ASKED = {"reason": "需与供电部门会商", "consent": "区人大代工委11月20日电话同意"}
TYPED = {**ASKED, "until": "2027-03-01"}


@pytest.fixture
def open_one(office: User, department: Department) -> Suggestion:
    """Due on Monday, 1 February 2027."""
    suggestion = make.registered(office, received_on=D("2026-11-01"))
    return actions.assign(suggestion=suggestion, department=department, assigned_on=D("2026-11-01"), by=office)


def ask(suggestion: Suggestion, by: User, **facts: Any) -> Extension:
    return actions.ask_extension(
        suggestion=suggestion, by=by, **{"until": D("2027-03-01"), "today": TODAY, **ASKED, **facts}
    )


def due(suggestion: Suggestion) -> date | None:
    suggestion.refresh_from_db()
    return suggestion.due_on


def test_a_department_asks_a_leader_grants_and_the_deadline_moves(
    login: Any, handler: User, leader: User, office: User, department: Department, open_one: Suggestion
) -> None:
    assert due(open_one) == D("2027-02-01")
    Suggestion.objects.update(department=handler.department)
    assert login(handler).post(f"/suggestions/{open_one.pk}/extend/", TYPED).status_code == 302
    assert due(open_one) == D("2027-02-01")
    page = login(leader).get("/").content.decode()
    assert "延期申请" in page
    extension = Extension.objects.get()
    answer = login(leader).post(f"/suggestions/extensions/{extension.pk}/grant/", {"remark": "同意，抓紧会商"})
    assert answer.status_code == 302
    assert due(open_one) == D("2027-03-01")
    assert "批准延期" in open_one.due_reason
    moved = DeadlineMove.objects.get()
    assert (moved.old, moved.new) == (D("2027-02-01"), D("2027-03-01"))
    page = login(handler).get(f"/suggestions/{open_one.pk}/").content.decode()
    assert "同意，抓紧会商" in page
    assert "延期申请" not in login(leader).get("/").content.decode()


def test_a_refusal_needs_words_and_leaves_the_deadline(
    login: Any, leader: User, office: User, open_one: Suggestion
) -> None:
    url = f"/suggestions/extensions/{ask(open_one, office).pk}/refuse/"
    assert login(leader).post(url, {"remark": ""}).status_code == 422
    assert login(leader).post(url, {"remark": "请按期答复"}).status_code == 302
    assert due(open_one) == D("2027-02-01")
    assert Extension.objects.get().state == ExtensionState.REFUSED
    ask(open_one, office)  # with better reasons


def test_time_that_has_run_out_is_neither_asked_for_nor_granted(
    office: User, leader: User, open_one: Suggestion
) -> None:
    with pytest.raises(Denied, match="答复期限（2027-02-01）已过，不能再延期"):
        ask(open_one, office, today=D("2027-02-02"))
    extension = ask(open_one, office)
    with pytest.raises(Denied, match="已过"):
        actions.grant_extension(extension=extension, today=D("2027-02-02"), by=leader)
    assert due(open_one) == D("2027-02-01")


def test_on_the_last_day_it_is_still_in_time(office: User, open_one: Suggestion) -> None:
    assert ask(open_one, office, today=D("2027-02-01"))


def test_the_law_ends_after_six_months(login: Any, office: User, open_one: Suggestion) -> None:
    answer = login(office).post(f"/suggestions/{open_one.pk}/extend/", TYPED | {"until": "2027-05-02"})
    assert answer.status_code == 409
    assert "不能晚于2027-05-01" in answer.content.decode()
    assert "需与供电部门会商" in answer.content.decode()
    assert ask(open_one, office, until=D("2027-05-01"))


def test_a_longer_day_a_reason_and_the_consent_are_needed(office: User, open_one: Suggestion) -> None:
    for wrong, said in (
        ({"until": D("2027-02-01")}, "晚于现在的期限"),
        ({"reason": " "}, "为什么"),
        ({"consent": ""}, "交办单位"),
    ):
        with pytest.raises(Denied, match=said):
            ask(open_one, office, **wrong)


def test_one_request_waits_at_a_time(office: User, open_one: Suggestion) -> None:
    ask(open_one, office)
    with pytest.raises(Denied, match="已有一份延期申请"):
        ask(open_one, office)


def test_of_two_leaders_deciding_at_once_the_second_is_told(
    office: User, leader: User, chief: User, open_one: Suggestion
) -> None:
    first = ask(open_one, office)
    second = Extension.objects.get(pk=first.pk)
    actions.grant_extension(extension=first, today=TODAY, by=leader)
    with pytest.raises(Denied, match="已于2026-11-23处理"):
        actions.refuse_extension(extension=second, today=TODAY, by=chief, remark="不同意")
    assert due(open_one) == D("2027-03-01")


@pytest.mark.parametrize("role", ["office", "handler"])
def test_only_leaders_decide(role: str, office: User, open_one: Suggestion, request: pytest.FixtureRequest) -> None:
    extension = ask(open_one, office)
    with pytest.raises(Denied, match="由院领导批准"):
        actions.grant_extension(extension=extension, today=TODAY, by=request.getfixturevalue(role))


def test_once_answered_nobody_has_to_decide(login: Any, office: User, leader: User, open_one: Suggestion) -> None:
    extension = ask(open_one, office)
    make.answer(open_one, office, replied_on=TODAY)
    assert not Extension.objects.waiting().exists()
    assert "延期申请" not in login(leader).get("/").content.decode()
    with pytest.raises(Denied, match="不用再处理"):
        actions.grant_extension(extension=extension, today=TODAY, by=leader)


def test_a_granted_day_is_not_moved_by_holidays(login: Any, office: User, leader: User, open_one: Suggestion) -> None:
    actions.grant_extension(extension=ask(open_one, office), today=TODAY, by=leader)
    typed = {"text": "春节：2月26日至3月5日放假", "source": "国办发明电〔2026〕8号", "save": "1"}
    login(office).post("/basics/holidays/2027/", typed)
    assert due(open_one) == D("2027-03-01")


def test_the_list_shows_those_that_wait(login: Any, office: User, open_one: Suggestion) -> None:
    ask(open_one, office)
    other = make.registered(office, title="另一件")
    page = login(office).get("/suggestions/?extension=waiting").content.decode()
    assert open_one.title in page
    assert other.title not in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "nonsense"},
        {"reason": ""},
        {"consent": ""},
        {"until": D("2027-02-01")},
        {"state": "granted"},
        {"decided_on": TODAY},
    ],
    ids=str,
)
def test_the_database_refuses_an_extension_that_cannot_be(
    office: User, open_one: Suggestion, wrong: dict[str, Any]
) -> None:
    extension = ask(open_one, office)
    with pytest.raises(IntegrityError), transaction.atomic():
        Extension.objects.filter(pk=extension.pk).update(**wrong)


def test_the_database_refuses_a_second_request_beside_the_first(office: User, open_one: Suggestion) -> None:
    extension = ask(open_one, office)
    extension.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        extension.save(force_insert=True)
