"""The desk reminds at 30, 15, 7, 3 and 0 days, of what waits for my yes, and of verdicts that are late."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from common.denied import allowed
from dashboard.reminders import reminders
from staff.models import Department, Role, User
from suggestions import actions, policies
from suggestions.models import Suggestion
from suggestions.waiting import late_feedback, to_review
from suggestions.workflow import REVIEWS
from tests.factories import UserFactory
from tests.suggestions import factories as make

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 10)
NUMBER = re.compile(r'href="([^"]+)" data-number="(\d+)"')


@pytest.fixture(autouse=True)
def june() -> Iterator[None]:
    with time_machine.travel(f"{TODAY}T09:00+08:00", tick=False):
        yield


def due_in(days: int, office: User, department: Department, leader: User | None = None, **fields: Any) -> Suggestion:
    suggestion = make.registered(office, title=f"还有{days}天的建议", **fields)
    return actions.assign(
        suggestion=suggestion,
        department=department,
        leader=leader,
        assigned_on=make.ASSIGNED,
        due_on=TODAY + timedelta(days=days),
        due_source="交办通知",
        by=office,
    )


def said(user: User) -> dict[str, int]:
    return {number.label: number.value for number in reminders(user, TODAY).numbers}


def page(client: Client, url: str = "/") -> str:
    response = client.get(url.replace("&amp;", "&"))
    assert response.status_code == 200, url
    return response.content.decode()


def each_leads_to_its_rows(client: Client) -> bool:
    found = NUMBER.findall(page(client))
    counts = [re.search(r'data-count="(\d+)"', page(client, url)) for url, _ in found]
    return bool(found) and [each and each[1] for each in counts] == [number for _, number in found]


@pytest.mark.parametrize(
    ("days", "labels"),
    [
        (-1, {"已超期"}),
        (0, {"今天到期", "3天内", "7天内", "15天内", "30天内"}),
        (3, {"3天内", "7天内", "15天内", "30天内"}),
        (4, {"7天内", "15天内", "30天内"}),
        (15, {"15天内", "30天内"}),
        (30, {"30天内"}),
        (31, set()),
    ],
)
def test_each_threshold_counts_all_that_is_nearer(
    days: int, labels: set[str], office: User, department: Department
) -> None:
    due_in(days, office, department)

    assert {label for label, number in said(office).items() if number} == labels


def test_a_department_is_reminded_of_its_own(
    office: User, department: Department, other_department: Department, handler: User
) -> None:
    due_in(3, office, department)
    due_in(3, office, other_department)

    assert said(handler)["3天内"] == 1
    assert said(office)["3天内"] == 2


def test_a_leader_is_reminded_of_those_in_charge_and_sees_all_overdue_in_red(
    office: User, department: Department
) -> None:
    mine, other = UserFactory(role=Role.LEADER), UserFactory(role=Role.LEADER)
    due_in(3, office, department, mine)
    due_in(3, office, department, other)
    due_in(-2, office, department, other)

    assert (said(mine)["3天内"], said(mine)["已超期"]) == (1, 1)
    assert reminders(mine, TODAY).numbers[0].tone == "bad"


@pytest.mark.parametrize("who", ["office", "chief", "leader", "handler"])
def test_every_number_of_the_desk_leads_to_its_rows(
    who: str, request: pytest.FixtureRequest, office: User, department: Department, login: Any
) -> None:
    user = UserFactory(role=Role.LEADER) if who == "leader" else request.getfixturevalue(who)
    for days in (-3, 0, 3, 6, 14, 29):
        due_in(days, office, department, user if who == "leader" else None)
    make.Walker(office, department).to(REVIEWS[1])
    make.replied(office, department, title="早就答复了的")

    assert each_leads_to_its_rows(login(user))


def test_what_waits_for_my_yes_is_what_the_policy_lets_me_decide(
    office: User, department: Department, other_department: Department, chief: User, handler: User
) -> None:
    head, stranger = make.head_of(department), make.head_of(other_department)
    leader, other = UserFactory(role=Role.LEADER), UserFactory(role=Role.LEADER)
    for state in REVIEWS:
        make.Walker(office, department).to(state)
        Suggestion.objects.filter(pk=make.Walker(office, department).to(state).pk).update(leader=leader)

    for user in (office, chief, handler, head, stranger, leader, other):
        known = Suggestion.objects.visible_to(user)
        wanted = {each.pk for each in known if allowed(policies.check_can_review, user, each)}
        assert set(to_review(user).values_list("pk", flat=True)) == wanted, user


def test_the_head_finds_the_draft_on_the_desk(office: User, department: Department, login: Any) -> None:
    suggestion = make.sent_for_review(office, department)

    html = page(login(make.head_of(department)))

    assert "待我审核签发" in html
    assert f"/suggestions/{suggestion.pk}/" in html
    assert "待我审核签发" not in page(login(make.drafter_of(department)))


def test_a_verdict_that_is_late_is_on_the_offices_desk_from_the_day_after(
    office: User, handler: User, department: Department, login: Any
) -> None:
    reply = make.replied(office, department, title="等评价的建议").replies.get()
    by = actions.feedback_by(reply)
    assert by

    assert late_feedback(by.day) == []
    assert [each.due_on for each in late_feedback(by.day + timedelta(days=1))] == [by.day]
    with time_machine.travel(f"{by.day + timedelta(days=1)}T09:00+08:00", tick=False):
        assert "待催告评价" in page(login(office))
        assert "待催告评价" not in page(login(handler))


def test_once_all_verdicts_are_back_nobody_is_reminded(office: User, department: Department) -> None:
    reply = make.replied(office, department).replies.get()
    make.verdict(reply, office)

    assert late_feedback(date(2026, 12, 1)) == []


def test_many_ask_no_more_questions_than_one(office: User, department: Department) -> None:
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            reminders(office, date(2026, 12, 1))
        return len(queries)

    def one_of_each() -> None:
        make.replied(office, department, title="等评价的建议")
        make.Walker(office, department).to(REVIEWS[1])
        due_in(3, office, department)

    one_of_each()
    once = asked()
    for _ in range(3):
        one_of_each()

    assert asked() == once


def test_a_broken_threshold_is_refused(office: User, login: Any) -> None:
    assert login(office).get("/suggestions/", {"due": "5"}).status_code == 400
