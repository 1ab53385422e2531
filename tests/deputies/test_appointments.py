"""聘任: renewed, watched, in conflict with a seat or not; the list of who is appointed to what."""

import re
from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from common.denied import Denied
from deputies import actions
from deputies.models import Appointment, AppointmentRole, Body, Deputy, SeatGroup
from staff.models import AuditEvent, User
from tests.deputies.factories import person
from tests.factories import TermFactory

pytestmark = pytest.mark.django_db
Login = Callable[[User], Client]
FIRST, LAST = date(2024, 1, 1), date(2026, 12, 31)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-23 10:00+08:00", tick=False):
        yield


@pytest.fixture
def role() -> AppointmentRole:
    return AppointmentRole.objects.get(name="特约检察员")


@pytest.fixture
def deputy(office: User) -> Deputy:
    return person("张晓北", by=office, unit="知禾供电服务公司")


def appointed(deputy: Deputy, role: AppointmentRole, by: User, **fields: object) -> Appointment:
    facts: dict = {"from_on": FIRST, "to_on": LAST} | fields
    return actions.appoint(deputy=deputy, role=role, by=by, **facts)


def on_the_standing_committee(deputy: Deputy, by: User, post: str = "常委会委员", **fields: object) -> None:
    actions.give_seat(deputy=deputy, term=TermFactory(number=9, **fields), committee_post=post, by=by)


def names(html: str) -> list[str]:
    return re.findall(r'class="name[^"]*">([^<]+)<', html)


# --- renewal ---


def test_an_appointment_is_renewed_from_the_day_after_its_last(
    login: Login, office: User, deputy: Deputy, role: AppointmentRole
) -> None:
    old = appointed(deputy, role, office)
    client, url = login(office), reverse("deputies:appointment-renew", args=[old.pk])
    drawn = client.get(url).content.decode()
    assert 'value="2027-01-01"' in drawn
    assert 'value="2028-12-31"' in drawn
    assert (
        client.post(url, {"from_on": "2027-01-01", "to_on": "2028-12-31", "number": "知检聘〔2027〕1号"}).status_code
        == 302
    )
    new = Appointment.objects.get(renews=old)
    assert (new.role, new.from_on) == (role, date(2027, 1, 1))
    assert "已续聘" in client.get(f"/deputies/{deputy.pk}/").content.decode()
    assert client.get(url).status_code == 409
    assert AuditEvent.objects.filter(action="deputy.appointment_renewed").count() == 1


def test_a_renewal_that_is_still_to_come_stands_on_the_file_and_can_be_taken_back(
    login: Login, office: User, deputy: Deputy, role: AppointmentRole
) -> None:
    first = appointed(deputy, role, office)
    facts = {"from_on": date(2027, 1, 1), "to_on": date(2029, 12, 31)}
    renewal = actions.renew_appointment(appointment=first, by=office, **facts)
    client, end = login(office), f"/deputies/appointments/{renewal.pk}/end/"
    page = client.get(f"/deputies/{deputy.pk}/").content.decode()
    assert end in page
    assert "尚未开始" in page
    assert client.post(end, {"on": "2027-01-01", "reason": "本人申请"}).status_code == 302


def test_whoever_works_down_the_list_comes_back_to_it(
    login: Login, office: User, deputy: Deputy, role: AppointmentRole
) -> None:
    first = appointed(deputy, role, office)
    there = {"HX-Request": "true", "HX-Current-URL": "http://testserver/appointments/?state=expiring"}
    facts = {"from_on": "2027-01-01", "to_on": "2029-12-31"}
    answer = login(office).post(f"/appointments/{first.pk}/renew/", facts, headers=there)
    assert answer["HX-Redirect"] == "/appointments/?state=expiring"


def test_a_renewal_does_not_begin_before_the_end(login: Login, office: User, deputy: Deputy, role) -> None:
    old = appointed(deputy, role, office)
    answer = login(office).post(reverse("deputies:appointment-renew", args=[old.pk]), {"from_on": "2026-12-01"})
    assert answer.status_code == 409
    assert "届满次日" in answer.content.decode()


def test_what_has_no_end_is_not_renewed(office: User, deputy: Deputy, role: AppointmentRole) -> None:
    with pytest.raises(Denied, match="没有届满日期"):
        actions.renew_appointment(appointment=appointed(deputy, role, office, to_on=None), from_on=LAST, by=office)


def test_the_database_refuses_to_renew_one_appointment_twice(office: User, deputy: Deputy, role) -> None:
    old = appointed(deputy, role, office)
    facts = {"deputy": deputy, "role": role, "from_on": LAST, "created_by": office, "renews": old}
    Appointment.objects.create(**facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        Appointment.objects.create(**facts)


def test_the_database_refuses_an_appointment_that_renews_itself(office: User, deputy: Deputy, role) -> None:
    old = appointed(deputy, role, office)
    with pytest.raises(IntegrityError), transaction.atomic():
        Appointment.objects.filter(pk=old.pk).update(renews=old)


# --- conflicts ---


@pytest.mark.parametrize(
    ("post", "body", "is_warned"),
    [
        ("常委会委员", Body.CONGRESS, True),
        ("常务委员会副主任", Body.CONGRESS, True),
        ("法制委员会委员", Body.CONGRESS, False),
        ("常委", Body.CPPCC, False),
    ],
)
def test_members_of_the_standing_committee_are_not_appointed_unseen(
    login: Login, office: User, deputy: Deputy, role: AppointmentRole, post: str, body: str, is_warned: bool
) -> None:
    on_the_standing_committee(deputy, office, post, body=body)
    client, url = login(office), reverse("deputies:appoint", args=[deputy.pk])
    answer = client.post(url, {"role": role.pk, "from_on": "2026-01-01"})
    assert answer.status_code == (422 if is_warned else 302)
    if not is_warned:
        return
    assert "人大常委会组成人员不宜聘任为特约检察员" in answer.content.decode()
    assert client.post(url, {"role": role.pk, "from_on": "2026-01-01", "conflict_ok": "on"}).status_code == 302
    assert post in Appointment.objects.get().conflict_note
    assert "已确认" in client.get(f"/deputies/{deputy.pk}/").content.decode()


def test_the_action_refuses_an_unseen_conflict_too(office: User, deputy: Deputy, role: AppointmentRole) -> None:
    on_the_standing_committee(deputy, office)
    with pytest.raises(Denied, match="不宜聘任"):
        appointed(deputy, role, office)


def test_other_roles_are_open_to_everybody(office: User, deputy: Deputy) -> None:
    on_the_standing_committee(deputy, office)
    appointed(deputy, AppointmentRole.objects.get(name="听证员"), office)


def test_a_seat_that_comes_later_shows_the_conflict_on_the_file(
    login: Login, office: User, deputy: Deputy, role: AppointmentRole
) -> None:
    appointed(deputy, role, office)
    assert "身份冲突" not in login(office).get(f"/deputies/{deputy.pk}/").content.decode()
    on_the_standing_committee(deputy, office)
    assert "身份冲突，请核对" in login(office).get(f"/deputies/{deputy.pk}/").content.decode()


# --- what ends soon ---


def test_the_office_is_reminded_as_early_as_the_role_says(
    login: Login, office: User, deputy: Deputy, role: AppointmentRole
) -> None:
    appointed(deputy, role, office)
    client = login(office)
    assert 'href="/appointments/?state=expiring" data-number="1"' in client.get("/").content.decode()
    AppointmentRole.objects.filter(pk=role.pk).update(remind_days=30)
    assert "即将届满" not in client.get("/").content.decode()


def test_who_is_renewed_or_dismissed_is_no_task_any_more(office: User, deputy: Deputy, role) -> None:
    today, hearing = date(2026, 11, 23), AppointmentRole.objects.get(name="听证员")
    one, other = appointed(deputy, role, office), appointed(deputy, hearing, office)
    assert set(Appointment.objects.expiring(today)) == {one, other}
    actions.renew_appointment(appointment=one, from_on=date(2027, 1, 1), by=office)
    actions.end_appointment(appointment=other, on=date(2026, 12, 1), reason="工作调整", by=office)
    assert not Appointment.objects.expiring(today).exists()


def test_others_are_reminded_of_the_people_they_are_paired_with(
    login: Login, office: User, leader: User, handler: User, deputy: Deputy, role: AppointmentRole
) -> None:
    appointed(deputy, role, office)
    appointed(person(by=office), role, office)
    assert "即将届满" not in login(handler).get("/").content.decode()
    actions.pair(leader=leader, liaison=handler, with_=deputy, from_on=FIRST, by=office)
    page = login(handler).get("/").content.decode()
    link = re.search(r'href="(/appointments/[^"]*)" data-number="1"', page)[1].replace("&amp;", "&")
    assert names(login(handler).get(link).content.decode()) == ["张晓北"]


# --- the list ---


@pytest.mark.parametrize("query", ["", "state=expiring", "state=ended", "state=all"])
def test_the_list_and_its_export_are_the_same_rows(
    login: Login, office: User, deputy: Deputy, role: AppointmentRole, query: str
) -> None:
    appointed(deputy, role, office)
    appointed(person("单小明", by=office), role, office, to_on=date(2026, 6, 30))
    appointed(person("王芳", by=office), role, office, to_on=None)
    client = login(office)
    page = client.get(f"/appointments/?{query}").content.decode()
    sheet = load_workbook(BytesIO(client.get(f"/appointments/export/?{query}").content)).worksheets[0]
    assert [row[0].value for row in sheet.iter_rows(min_row=3)] == names(page)
    assert f'data-count="{len(names(page))}"' in page
    expected = {"": 2, "state=expiring": 1, "state=ended": 1, "state=all": 3}
    assert len(names(page)) == expected[query]


# --- 代表团 and 界别 ---


def test_the_office_keeps_the_groups_and_forms_offer_them(login: Login, office: User, deputy: Deputy) -> None:
    client = login(office)
    facts = {"body": "congress", "level": "district", "name": "甘露镇代表团", "order": "1"}
    assert client.post("/basics/groups/new/", facts).status_code == 302
    assert client.post("/basics/groups/new/", facts).status_code == 422
    assert client.post("/basics/groups/new/", facts | {"body": "cppcc", "level": "town"}).status_code == 422
    SeatGroup.objects.create(body="cppcc", level="district", name="农业界")
    seat = deputy.mandates.get()
    edit = client.get(reverse("deputies:seat-edit", args=[seat.pk])).content.decode()
    assert '<option value="甘露镇代表团">' in edit
    assert "农业界" not in edit
    new = client.get(reverse("deputies:seat", args=[deputy.pk])).content.decode()
    assert '<option value="农业界">区政协</option>' in new


def test_words_that_are_on_no_list_stay_as_they_are(login: Login, office: User, deputy: Deputy) -> None:
    seat = deputy.mandates.get()
    SeatGroup.objects.create(body="congress", level="district", name="甘露镇代表团")
    url = reverse("deputies:seat-edit", args=[seat.pk])
    assert login(office).post(url, {"group": "第一组（原）", "version": seat.version}).status_code == 302
    assert 'value="第一组（原）"' in login(office).get(url).content.decode()


def test_the_database_knows_no_committee_of_a_town() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        SeatGroup.objects.create(body="cppcc", level="town", name="农业界")
