"""Who has left office keeps the claim to an answer: it is given, written to the ledger, judged and told like any."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from deputies import actions as people
from deputies.models import Contact, Deputy, Origin
from staff.models import Department, User
from suggestions.models import ResultClass, Suggestion
from tests.deputies.factories import person
from tests.factories import TermFactory
from tests.suggestions import factories as make

pytestmark = pytest.mark.django_db
Login = Callable[[User], Client]
TODAY = date(2026, 11, 23)


@pytest.fixture
def suggestion(office: User, department: Department) -> Suggestion:
    """Handed in while in office; then the term ended without its proposer."""
    found = make.handling(office, department, lead=person("张晓北", by=office, term=TermFactory()))
    people.change_term(old=TermFactory(), number=6, on=date(2026, 11, 20), members=[], by=office)
    return found


@pytest.fixture(params=["with the file open", "with the file closed"])
def left(request: pytest.FixtureRequest, office: User, suggestion: Suggestion) -> Deputy:
    deputy = suggestion.proposers.get().deputy
    assert not Deputy.objects.serving().contains(deputy)
    if request.param == "with the file closed":
        deputy = people.retire_deputy(deputy=deputy, today=TODAY, by=office)
    return deputy


@pytest.fixture
def answered(login: Login, office: User, chief: User, suggestion: Suggestion, left: Deputy) -> Suggestion:
    """Answered in person, through the form."""
    facts = {
        "replied_on": "2026-11-22",
        "result_class": ResultClass.objects.get(code="B").pk,
        "summary": "已列入明年改造计划。",
        "promise_what": "明年六月底前改造完毕",
        "promise_due_on": "2027-06-30",
        "promise_owner": office.pk,
        "signed_by": chief.pk,
        "how": "in_person",
        "to": [left.pk],
    }
    answer = login(office).post(reverse("suggestions:reply", args=[suggestion.pk]), facts)
    assert answer.status_code == 302
    return suggestion


def test_the_answer_in_person_is_in_the_ledger(answered: Suggestion, left: Deputy) -> None:
    contact = Contact.objects.get(origin=Origin.REPLY)
    assert list(contact.deputies.all()) == [left]


def test_the_answer_is_judged_by_who_left(login: Login, office: User, answered: Suggestion, left: Deputy) -> None:
    address = reverse("suggestions:evaluate", args=[answered.replies.get().pk])
    client = login(office)
    assert f'<option value="{left.pk}" selected>' in client.get(address).content.decode()
    verdict = {"attitude": "satisfied", "result": "satisfied", "channel": "form", "received_on": "2026-11-23"}
    assert client.post(address, {"deputy": left.pk, **verdict}).status_code == 302
    assert answered.replies.get().evaluations.get().deputy == left


def test_who_left_and_is_not_satisfied_is_answered_again(office: User, answered: Suggestion, left: Deputy) -> None:
    judged = {"result": "unsatisfied", "reason": "没有解决", "received_on": TODAY}
    make.verdict(answered.replies.get(), office, left, **judged)
    answered.refresh_from_db()
    again = make.answer(answered, office, replied_on=TODAY)
    assert again.round == 2


def test_file_and_brief_tell_of_the_answer_and_of_the_promise(
    login: Login, office: User, answered: Suggestion, left: Deputy
) -> None:
    client = login(office)
    page = client.get(reverse("deputies:file", args=[left.pk])).content.decode()
    assert "当面答复" in page
    assert "已列入明年改造计划。" in page
    assert client.get(reverse("reports:brief", args=[left.pk])).status_code == 200
    assert str(answered.pk) in client.get("/suggestions/?promise=open").content.decode()
    assert left.name in client.get("/suggestions/promises/").content.decode()


def test_the_suggestion_of_who_left_can_still_be_corrected(
    login: Login, office: User, suggestion: Suggestion, left: Deputy
) -> None:
    facts = {"lead": left.pk, "title": "关于加固线路走廊的建议", "version": suggestion.version, "term": ""}
    answer = login(office).post(reverse("suggestions:edit", args=[suggestion.pk]), facts)
    assert answer.status_code == 302
    assert suggestion.proposers.get().deputy == left
