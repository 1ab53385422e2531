"""Two persons of one name are told apart wherever one of them is picked or listed."""

from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from activities.models import Activity
from deputies import actions
from deputies.models import Deputy
from staff.models import Department, User
from suggestions.models import Suggestion
from tests.activities.factories import closed, photo, planned
from tests.deputies.factories import logged, person
from tests.suggestions import factories as voices

pytestmark = pytest.mark.django_db
Login = Callable[[User], Client]
APART = "张敏（青禾小学）"


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-23 10:00+08:00", tick=False):
        yield


@pytest.fixture
def deputy(office: User, department: Department) -> Deputy:
    """One of two of that name, with something of everything."""
    person("张敏", by=office, unit="甘露镇卫生院")
    one = person("张敏", by=office, unit="青禾小学")
    contact = logged(by=office, deputies=[one])
    actions.record_opinion(contact=contact, deputy=one, words="线路要早改", by=office)
    actions.add_follow_up(contact=contact, what="送方案", owner=office, due_on=date(2026, 12, 1), by=office)
    activity = closed(came=[one], by=office)
    photo(activity, by=office, deputies=[one])
    planned(by=office, deputies=[one], title="视察", held_on=date(2026, 12, 2))
    voices.replied(office, department, lead=one)
    return one


def pages(deputy: Deputy) -> dict[str, str]:
    contact = deputy.contacts.filter(origin="hand").get()
    suggestion = Suggestion.objects.get()
    reply = suggestion.replies.get()
    return {
        "roster": "/deputies/",
        "picker": "/deputies/pick/?q=zm",
        "file": f"/deputies/{deputy.pk}/",
        "ledger": "/contacts/",
        "contact": f"/contacts/{contact.pk}/",
        "its form": f"/contacts/{contact.pk}/edit/",
        "whose opinion": f"/contacts/{contact.pk}/opinion/",
        "follow-ups": "/follow-ups/",
        "suggestions": "/suggestions/",
        "suggestion": reverse("suggestions:detail", args=[suggestion.pk]),
        "its form again": reverse("suggestions:edit", args=[suggestion.pk]),
        "who judges": reverse("suggestions:evaluate", args=[reply.pk]),
        "the quick log from the file": f"/contacts/quick/?deputy={deputy.pk}",
        "a pairing": f"/pairings/new/?deputy={deputy.pk}",
        "a portrait": f"/portraits/new/?deputy={deputy.pk}",
        "opinions of the year": "/opinions/",
        "attendances of the year": "/attendances/",
    }


@pytest.mark.parametrize("place", [
    "roster", "picker", "file", "ledger", "contact", "its form", "whose opinion", "follow-ups", "suggestions",
    "suggestion", "its form again", "who judges", "the quick log from the file", "a pairing", "a portrait",
    "opinions of the year", "attendances of the year",
])  # fmt: skip
def test_a_namesake_comes_with_the_unit(login: Login, office: User, deputy: Deputy, place: str) -> None:
    page = login(office).get(pages(deputy)[place]).content.decode()
    assert "张敏" in page
    assert "（青禾小学）" in page


def test_the_guests_of_an_activity_are_told_apart(login: Login, office: User, deputy: Deputy) -> None:
    activity = Activity.objects.attended_by(deputy.pk).get()
    page = login(office).get(reverse("activities:detail", args=[activity.pk])).content.decode()
    assert "（青禾小学）" in page


@pytest.mark.parametrize("export", ["/contacts/export/", "/activities/export/", "/suggestions/export/"])
def test_so_do_the_exports(login: Login, office: User, deputy: Deputy, export: str) -> None:
    sheet = load_workbook(BytesIO(login(office).get(export).content)).worksheets[0]
    assert APART in str(list(sheet.values))


def test_who_has_the_name_alone_needs_no_unit(login: Login, office: User) -> None:
    one = person("单小明", by=office, unit="知禾电缆")
    logged(by=office, deputies=[one])
    assert "（知禾电缆）" not in login(office).get("/contacts/").content.decode()


@pytest.mark.parametrize(
    ("other", "hint"),
    [
        ({"unit": "甘露镇卫生院"}, "青禾小学"),
        ({"unit": "青禾小学", "post": "教师"}, "青禾小学校长"),
        ({"unit": "青禾小学", "post": "校长"}, "青禾小学校长，档案{pk}"),
    ],
)
def test_the_hint_says_as_much_as_is_needed(office: User, other: dict[str, str], hint: str) -> None:
    one = person("张敏", by=office, unit="青禾小学", post="校长")
    person("张敏", by=office, **other)
    assert Deputy.objects.with_namesake_hint().get(pk=one.pk).namesake_hint == hint.format(pk=one.pk)


def test_whose_unit_is_not_known_is_told_apart_by_that(office: User) -> None:
    one, _ = person("张敏", by=office), person("张敏", by=office, unit="青禾小学")
    assert str(Deputy.objects.with_namesake_hint().get(pk=one.pk)) == "张敏（单位未登记）"


def test_a_file_that_was_merged_makes_no_namesake(office: User) -> None:
    one, other = (person("单小明", by=office, unit="知禾电缆", seated=False) for _ in range(2))
    actions.merge_deputies(kept=one, lost=other, take=[], by=office)
    assert Deputy.objects.with_namesake_hint().get(pk=one.pk).told_apart == "单小明"


def test_two_of_one_unit_are_told_apart_where_they_are_picked(login: Login, office: User) -> None:
    for post in ("校长", "教师"):
        person("张敏", by=office, unit="青禾小学", post=post)
    client = login(office)
    for page in (client.get("/deputies/pick/?q=zm"), client.post("/deputies/pick/names/", {"names": "张敏"})):
        assert "青禾小学校长</" in page.content.decode()
        assert "青禾小学教师</" in page.content.decode()
