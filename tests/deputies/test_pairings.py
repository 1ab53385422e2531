"""挂钩: a leader, an area or a person, from–to."""

import re
from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from openpyxl import load_workbook

from common.denied import Denied
from deputies import actions
from deputies.models import Deputy, Pairing
from staff.models import AuditEvent, Role, User
from tests.deputies.factories import person
from tests.factories import AreaFactory, UserFactory

pytestmark = pytest.mark.django_db
Login = Callable[[User], Client]
SPRING, SUMMER = date(2026, 3, 2), date(2026, 7, 1)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-23 10:00+08:00", tick=False):
        yield


@pytest.fixture
def deputy(office: User) -> Deputy:
    return person("张晓北", area=AreaFactory(name="甘露镇"), unit="知禾供电服务公司")


def test_a_leader_has_the_people_of_the_area_and_the_person_alone(leader: User, office: User, deputy: Deputy) -> None:
    alone, stranger = person(), person()
    actions.pair(leader=leader, with_=deputy.area, from_on=SPRING, by=office)
    actions.pair(leader=leader, with_=alone, from_on=SPRING, by=office)
    mine = Pairing.objects.of(leader).in_force(SUMMER).deputies()
    assert set(mine) == {deputy, alone}
    assert stranger not in mine


def test_the_leader_of_the_person_comes_before_that_of_the_area(
    leader: User, chief: User, office: User, deputy: Deputy
) -> None:
    area = AreaFactory()
    Deputy.objects.filter(pk=deputy.pk).update(area=area)
    deputy.refresh_from_db()
    actions.pair(leader=leader, with_=area, from_on=date(2026, 1, 5), by=office)
    actions.pair(leader=chief, with_=deputy, from_on=date(2026, 3, 5), by=office)
    assert [each.leader for each in Pairing.objects.covering(deputy)] == [chief, leader]


def test_a_new_leader_takes_over_on_the_day_after_the_last_of_the_old_one(
    leader: User, office: User, deputy: Deputy
) -> None:
    old = actions.pair(leader=leader, with_=deputy, from_on=SPRING, by=office)
    actions.pair(leader=UserFactory(role=Role.LEADER), with_=deputy, from_on=SUMMER, by=office)
    old.refresh_from_db()
    assert old.to_on == date(2026, 6, 30)
    assert not Pairing.objects.of(leader).in_force(SUMMER).exists()


def test_a_pairing_does_not_start_before_the_one_that_it_follows(leader: User, office: User, deputy: Deputy) -> None:
    actions.pair(leader=leader, with_=deputy, from_on=SUMMER, by=office)
    with pytest.raises(Denied, match="须晚于"):
        actions.pair(leader=leader, with_=deputy, from_on=SPRING, by=office)


@pytest.mark.parametrize("wrong", ["both", "neither", "ends before it starts", "two leaders at a time"])
def test_the_database_refuses_a_pairing_that_makes_no_sense(
    wrong: str, leader: User, office: User, deputy: Deputy
) -> None:
    facts: dict = {"leader": leader, "created_by": office, "from_on": SUMMER, "deputy": deputy}
    if wrong == "two leaders at a time":
        Pairing.objects.create(**facts)
    facts |= {
        "both": {"area": deputy.area},
        "neither": {"deputy": None},
        "ends before it starts": {"to_on": SPRING},
    }.get(wrong, {})
    with pytest.raises(IntegrityError), transaction.atomic():
        Pairing.objects.create(**facts)


def test_two_leaders_never_share_a_day_not_even_in_the_past(leader: User, office: User, deputy: Deputy) -> None:
    actions.pair(leader=leader, with_=deputy, from_on=SPRING, to_on=SUMMER, by=office)
    other = UserFactory(role=Role.LEADER)
    with pytest.raises(Denied, match="不能重叠"):
        actions.pair(leader=other, with_=deputy, from_on=SUMMER, by=office)
    later = actions.pair(leader=other, with_=deputy, from_on=date(2026, 7, 2), by=office)
    with pytest.raises(Denied, match="不能重叠"):
        actions.edit_pairing(pairing=later, expected=1, by=office, from_on=SUMMER)


# --- pages ---

TABLE = "/pairings/"


def rows(html: str) -> list[str]:
    """The names in the first column."""
    return re.findall(r'class="name[^"]*">([^<]+)<', html)


def test_the_office_pairs_a_leader_with_an_area_and_everybody_reads_it(
    login: Login, office: User, leader: User, handler: User, deputy: Deputy
) -> None:
    client = login(office)
    assert "尚无挂钩领导的板块" in client.get(TABLE).content.decode()
    facts = {"area": deputy.area_id, "leader": leader.pk, "liaison": handler.pk, "from_on": "2026-03-02"}
    assert client.post(f"{TABLE}new/", facts).status_code == 302
    page = login(handler).get(TABLE).content.decode()
    assert rows(page) == ["李副检"]
    assert all(words in page for words in ("甘露镇", "赵联络", "2026-03-02 至 今"))
    assert "尚无挂钩领导的板块" not in page
    assert "交接" not in page
    file = login(handler).get(f"/deputies/{deputy.pk}/").content.decode()
    assert all(words in file for words in ("挂钩领导", "李副检", "联络员 赵联络"))


@pytest.mark.parametrize("whom", ["both", "neither", "a handler as leader"])
def test_a_pairing_names_a_leader_and_one_of_area_and_person(
    login: Login, office: User, leader: User, handler: User, deputy: Deputy, whom: str
) -> None:
    facts = {"leader": leader.pk, "from_on": "2026-03-02", "area": deputy.area_id, "deputy": ""}
    facts |= {
        "both": {"deputy": deputy.pk},
        "neither": {"area": ""},
        "a handler as leader": {"leader": handler.pk},
    }[whom]
    assert login(office).post(f"{TABLE}new/", facts).status_code == 422
    assert not Pairing.objects.exists()


def test_a_person_is_paired_from_the_file_and_the_dialog_tells_namesakes_apart(
    login: Login, office: User, leader: User, deputy: Deputy
) -> None:
    person("张晓北", by=office, unit="青禾小学")
    drawn = login(office).get(f"{TABLE}new/?deputy={deputy.pk}", headers={"HX-Request": "true"}).content.decode()
    assert f'value="{deputy.pk}" data-label="张晓北（知禾供电服务公司）"' in drawn
    facts = {"deputy": deputy.pk, "leader": leader.pk, "from_on": "2026-03-02"}
    there = {"HX-Request": "true", "HX-Current-URL": f"http://testserver/deputies/{deputy.pk}/"}
    answer = login(office).post(f"{TABLE}new/?deputy={deputy.pk}", facts, headers=there)
    assert answer["HX-Redirect"] == f"/deputies/{deputy.pk}/"


def test_the_file_offers_a_leader_of_ones_own_until_there_is_one(
    login: Login, office: User, leader: User, deputy: Deputy
) -> None:
    client, offer = login(office), f"{TABLE}new/?deputy={deputy.pk}"
    assert offer in client.get(f"/deputies/{deputy.pk}/").content.decode()
    actions.pair(leader=leader, with_=deputy, from_on=date(2026, 3, 2), by=office)
    assert offer not in client.get(f"/deputies/{deputy.pk}/").content.decode()


def test_handing_over_keeps_the_old_row_and_the_past_can_be_read(
    login: Login, office: User, leader: User, chief: User, deputy: Deputy
) -> None:
    old = actions.pair(leader=leader, with_=deputy, from_on=SPRING, by=office)
    client = login(office)
    facts = {"leader": chief.pk, "from_on": "2026-07-01"}
    assert client.post(f"{TABLE}{old.pk}/hand-over/", facts).status_code == 302
    assert rows(client.get(TABLE).content.decode()) == ["陈检"]
    past = client.get(f"{TABLE}?state=past").content.decode()
    assert rows(past) == ["李副检"]
    assert "2026-06-30" in past
    assert len(rows(client.get(f"{TABLE}?state=all").content.decode())) == 2


def test_a_pairing_ends_on_its_last_day_and_not_before_its_first(
    login: Login, office: User, leader: User, deputy: Deputy
) -> None:
    pairing = actions.pair(leader=leader, with_=deputy, from_on=SPRING, by=office)
    client, url = login(office), f"{TABLE}{pairing.pk}/end/"
    assert client.post(url, {"on": "2026-03-01"}).status_code == 422
    assert client.post(url, {"on": "2026-11-20"}).status_code == 302
    assert rows(client.get(TABLE).content.decode()) == []
    assert AuditEvent.objects.filter(action="deputy.pairing_ended").count() == 1


def test_what_has_ended_is_not_ended_on_another_day(login: Login, office: User, leader: User, deputy: Deputy) -> None:
    """A page drawn before: the days of who followed would be shared."""
    pairing = actions.pair(leader=leader, with_=deputy, from_on=date(2026, 1, 5), by=office)
    actions.end_pairing(pairing=pairing, on=date(2026, 3, 1), by=office)
    answer = login(office).post(f"{TABLE}{pairing.pk}/end/", {"on": "2026-11-23"})
    assert answer.status_code == 409
    pairing.refresh_from_db()
    assert pairing.to_on == date(2026, 3, 1)


def test_a_correction_over_somebody_elses_is_told(login: Login, office: User, leader: User, deputy: Deputy) -> None:
    pairing = actions.pair(leader=leader, with_=deputy, from_on=SPRING, by=office)
    client, url = login(office), f"{TABLE}{pairing.pk}/edit/"
    facts = {"leader": leader.pk, "liaison": "", "from_on": "2026-03-03", "to_on": "", "version": 1}
    assert client.post(url, facts).status_code == 302
    assert client.post(url, facts | {"from_on": "2026-03-09"}).status_code == 409
    assert client.post(url, facts | {"version": ""}).status_code == 400


@pytest.mark.parametrize("query", ["", "state=past", "state=all", "mine=1"])
def test_the_table_and_its_export_are_the_same_rows(
    login: Login, office: User, leader: User, chief: User, deputy: Deputy, query: str
) -> None:
    actions.pair(leader=leader, with_=deputy, from_on=SPRING, liaison=office, by=office)
    actions.pair(leader=chief, with_=deputy, from_on=SUMMER, by=office)
    client = login(office)
    page = client.get(f"{TABLE}?{query}").content.decode()
    sheet = load_workbook(BytesIO(client.get(f"{TABLE}export/?{query}").content)).worksheets[0]
    assert [cell.value for cell in sheet[2]] == ["领导", "板块", "代表委员", "单位及职务", "联络员", "起", "止"]
    assert [row[0].value for row in sheet.iter_rows(min_row=3)] == rows(page)
    assert AuditEvent.objects.get(action="pairing.exported").changes["query"] == ["", query]


def test_a_broken_filter_of_the_table_is_a_broken_link(login: Login, office: User) -> None:
    assert login(office).get(f"{TABLE}?state=moon").status_code == 400
