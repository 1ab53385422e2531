"""The calendar feed: a secret address with one's own dates, and nothing else."""

import re
from collections.abc import Iterator
from datetime import date, time
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client

from deputies import actions as deputies
from staff import actions as staff
from staff.models import AuditEvent, CalendarFeed, Department, Role, User
from tests.activities import factories as activities
from tests.dashboard.house import met, seated
from tests.suggestions import factories as suggestions

pytestmark = pytest.mark.django_db
TODAY = date(2026, 4, 10)


@pytest.fixture(autouse=True)
def april() -> Iterator[None]:
    cache.clear()
    with time_machine.travel(f"{TODAY}T09:00+08:00", tick=False):
        yield


def read(token: str) -> str:
    """As a calendar program: without a log-in."""
    response = Client().get(f"/calendar/{token}.ics")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in response.headers["Cache-Control"]
    return response.content.decode().replace("\r\n ", "")


def summaries(user: User) -> set[str]:
    return set(re.findall("SUMMARY:(.*)\r", read(staff.open_feed(by=user))))


def busy(office: User, handler: User, other_handler: User) -> None:
    deputy = seated(office, "王芳")
    for user in (handler, other_handler):
        contact = met(user, deputy, note="谈到灌溉，电话13987654321")
        what = f"{user.name}送方案"
        deputies.add_follow_up(contact=contact, what=what, owner=user, due_on=date(2026, 5, 1), by=user)
        title = f"{user.department}的建议"
        suggestions.handling(office, user.department, lead=deputy, title=title)
        activities.planned(
            by=office,
            host=user.department,
            held_on=date(2026, 4, 20),
            title=f"{user.department}的活动",
            starts_at=time(9),
        )


def test_a_handler_reads_the_own_dates_and_those_of_the_own_department(
    office: User, handler: User, other_handler: User
) -> None:
    busy(office, handler, other_handler)
    assert summaries(handler) == {
        "后续事项：赵联络送方案",
        "第一检察部的活动",
        "答复期限：第一检察部的建议",
    }


def test_the_office_reads_all_activities_and_deadlines(office: User, handler: User, other_handler: User) -> None:
    busy(office, handler, other_handler)
    assert {"第一检察部的活动", "第二检察部的活动", "答复期限：第二检察部的建议"} <= summaries(office)
    assert not any("后续事项" in each for each in summaries(office))


def test_a_leader_reads_the_activities_that_he_attends(
    office: User, leader: User, other_department: Department
) -> None:
    activities.planned(by=office, host=other_department, held_on=date(2026, 4, 20), title="听证会", leaders=[leader])
    activities.planned(by=office, host=other_department, held_on=date(2026, 4, 21), title="座谈会")
    assert summaries(leader) == {"听证会"}


def test_no_note_and_no_phone_is_in_it(office: User, handler: User, other_handler: User) -> None:
    busy(office, handler, other_handler)
    text = read(staff.open_feed(by=handler))
    assert "灌溉" not in text
    assert "13987654321" not in text
    assert "BEGIN:VEVENT" in text


def test_an_event_keeps_its_uid_however_often_it_is_read(office: User, handler: User, other_handler: User) -> None:
    busy(office, handler, other_handler)
    token = staff.open_feed(by=handler)
    first, second = (re.findall("UID:(.*)\r", read(token)) for _ in range(2))
    assert first == second
    assert len(set(first)) == 3


def test_the_address_is_shown_once_and_only_its_hash_is_kept(handler: User, login: Any) -> None:
    client = login(handler)
    found = re.search(
        r'value="http://testserver/calendar/([\w-]{43})\.ics"', client.post("/accounts/calendar/").content.decode()
    )
    assert found
    assert found[1] not in client.get("/accounts/calendar/").content.decode()
    assert not CalendarFeed.objects.filter(token_hash__contains=found[1]).exists()
    assert "BEGIN:VCALENDAR" in read(found[1])


def test_a_new_address_ends_the_old_one(handler: User) -> None:
    old, new = staff.open_feed(by=handler), staff.open_feed(by=handler)
    assert Client().get(f"/calendar/{old}.ics").status_code == 404
    read(new)


def test_a_closed_feed_is_gone_and_leaves_a_trace(handler: User, login: Any) -> None:
    token = staff.open_feed(by=handler)
    response = login(handler).post("/accounts/calendar/close/", follow=True)
    assert "原来的地址不能再用" in response.content.decode()
    assert Client().get(f"/calendar/{token}.ics").status_code == 404
    assert set(AuditEvent.objects.values_list("action", flat=True)) >= {"feed.opened", "feed.closed"}


def test_the_feed_of_a_retired_account_stops_and_does_not_come_back(
    handler: User, sysadmin: User, secadmin: User
) -> None:
    token = staff.open_feed(by=handler)
    staff.deactivate(user=handler, by=sysadmin)
    assert Client().get(f"/calendar/{token}.ics").status_code == 404
    staff.admit(user=handler, role=Role.HANDLER, by=secadmin)
    assert Client().get(f"/calendar/{token}.ics").status_code == 404


def test_whoever_becomes_an_administrator_reads_no_dates_any_more(handler: User, secadmin: User) -> None:
    token = staff.open_feed(by=handler)
    staff.change_role(user=handler, role=Role.AUDITOR, by=secadmin)
    assert Client().get(f"/calendar/{token}.ics").status_code == 404


@pytest.mark.parametrize("token", ["x", "x" * 43, "0", "%00", "x" * 4000])
def test_a_guessed_address_is_not_found(token: str, handler: User) -> None:
    staff.open_feed(by=handler)
    assert Client().get(f"/calendar/{token}.ics").status_code == 404


def test_whoever_guesses_on_is_made_to_wait(handler: User) -> None:
    token = staff.open_feed(by=handler)
    for _ in range(30):
        Client().get("/calendar/wrong.ics")
    refused = Client().get(f"/calendar/{token}.ics")
    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == "60"
    with time_machine.travel(f"{TODAY}T09:02+08:00", tick=False):
        read(token)


def test_a_calendar_cannot_write(handler: User) -> None:
    assert Client().post(f"/calendar/{staff.open_feed(by=handler)}.ics").status_code == 405


def test_the_database_keeps_one_address_a_person(handler: User) -> None:
    staff.open_feed(by=handler)
    with pytest.raises(IntegrityError), transaction.atomic():
        CalendarFeed.objects.create(user=handler, token_hash="0" * 64)
