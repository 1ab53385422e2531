"""Roster, file and export, through HTTP."""

import re
from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from deputies import actions
from deputies.models import Area, Body, Deputy, FieldOfConcern, Level
from staff.models import AuditEvent, User
from tests.deputies.factories import logged, method, person
from tests.factories import TermFactory

pytestmark = pytest.mark.django_db
Login = Callable[[User], Client]
ROSTER = "/deputies/"
TODAY = "2026-11-23"
HOSTILE = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7*7 }}", "=1+1", "' OR 1=1 --"]


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(f"{TODAY} 10:00+08:00", tick=False):
        yield


@pytest.fixture
def house(office: User) -> dict[str, Deputy]:
    """Four people on three levels, one of whom left."""
    national = TermFactory(level=Level.NATIONAL, place="全国", number=14)
    cppcc = TermFactory(body=Body.CPPCC, level=Level.CITY, place="江南市")
    town = Area.objects.create(name="甘露镇")
    people = {
        "张晓北": person("张晓北", by=office, term=national, unit="知禾供电服务公司", area=town),
        "单小明": person("单小明", by=office, term=cppcc, unit="知禾电缆"),
        "李敏": person("李敏", by=office, unit="青禾小学"),
        "王芳": person("王芳", by=office, seated=False),
    }
    people["单小明"].fields_of_concern.add(FieldOfConcern.objects.get(name="营商环境"))
    logged(by=office, deputies=[people["张晓北"]])
    logged(by=office, deputies=[people["李敏"]], happened_on=date(2025, 3, 5))
    logged(by=office, deputies=[people["单小明"]], method=method("mail"))
    return people


def names(html: str) -> list[str]:
    return re.findall(r'class="name[^"]*">([^<]+)<', html)


def counted(html: str) -> int:
    return int(re.search(r'data-count="(\d+)"', html)[1])


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["李敏", "单小明", "张晓北"]),
        ("state=all", ["李敏", "单小明", "王芳", "张晓北"]),
        ("state=former", ["王芳"]),
        ("q=张晓", ["张晓北"]),
        ("q=zhangxiaobei", ["张晓北"]),
        ("q=ＺＸＢ", ["张晓北"]),
        ("q=shan", ["单小明"]),
        ("q=danxiaoming", ["单小明"]),
        ("q=知禾", ["单小明", "张晓北"]),
        ("q=知禾 zxb", ["张晓北"]),
        ("q=%25", []),
        ("q=_", []),
        ("body=cppcc", ["单小明"]),
        ("level=national", ["张晓北"]),
        ("body=cppcc&level=national", []),
        ("reached=yes", ["张晓北"]),
        ("reached=yes&year=2025", ["李敏"]),
        ("reached=no&year=2026", ["李敏", "单小明"]),
    ],
)
def test_the_roster_finds(login: Login, office: User, house: dict[str, Deputy], query: str, found: list[str]) -> None:
    html = login(office).get(f"{ROSTER}?{query}").content.decode()
    assert names(html) == found
    assert counted(html) == len(found)


def test_the_roster_finds_by_area_and_field(login: Login, office: User, house: dict[str, Deputy]) -> None:
    area, field = Area.objects.get(), FieldOfConcern.objects.get(name="营商环境")
    assert names(login(office).get(f"{ROSTER}?area={area.pk}").content.decode()) == ["张晓北"]
    assert names(login(office).get(f"{ROSTER}?field={field.pk}").content.decode()) == ["单小明"]


@pytest.mark.parametrize("query", ["", "state=all", "reached=no", "q=知禾", "level=district"])
def test_list_count_and_export_are_the_same_people(login: Login, office: User, house, query: str) -> None:
    html = login(office).get(f"{ROSTER}?{query}").content.decode()
    link = re.search(r'href="(/deputies/export/\?[^"]*)"', html)[1].replace("&amp;", "&")
    sheet = load_workbook(BytesIO(login(office).get(link).content)).worksheets[0]
    exported = [row[2].value for row in sheet.iter_rows(min_row=3) if row[2].value]
    assert exported == names(html)
    assert f"共 {counted(html)} 人" in sheet["A1"].value


@pytest.mark.parametrize(("page", "event"), [("export", "deputy.exported"), ("contacts-export", "contact.exported")])
def test_a_list_that_leaves_the_house_leaves_a_trace(login: Login, office: User, page: str, event: str) -> None:
    login(office).get(reverse(f"deputies:{page}"), {"year": "2026"})
    trace = AuditEvent.objects.get(action=event)
    assert (trace.actor_id, trace.changes["query"]) == (str(office.pk), ["", "year=2026"])


def test_a_broken_filter_is_a_broken_link(login: Login, office: User) -> None:
    assert login(office).get(f"{ROSTER}?level=moon").status_code == 400


def test_a_mailing_is_no_contact(login: Login, office: User, house: dict[str, Deputy]) -> None:
    html = login(office).get(f"{ROSTER}?q=shan").content.decode()
    assert "尚未联络" in html


def test_typing_in_the_filter_moves_the_address_along(login: Login, office: User, house) -> None:
    headers = {"HX-Request": "true", "HX-Trigger": "filters"}
    response = login(office).get(f"{ROSTER}?q=zxb&body=&level=", headers=headers)
    assert response["HX-Push-Url"] == f"{ROSTER}?q=zxb"
    assert "<html" not in response.content.decode()


@pytest.mark.parametrize("url", [ROSTER, "/contacts/", "/deputies/pick/?q=z"])
def test_more_people_need_no_more_queries(login: Login, office: User, house, url: str) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            assert client.get(url).status_code == 200
        return len(caught)

    client = login(office)
    client.get(url)
    few = queries()
    for number in range(20):
        logged(by=office, deputies=[person(f"赵{number}", by=office), house["李敏"]])
    assert queries() == few


def test_a_handler_counts_the_contacts_of_the_own_department(login: Login, handler: User, house) -> None:
    html = login(handler).get(f"{ROSTER}?q=zxb").content.decode()
    assert "本部门上次联络" in html
    assert "尚未联络" in html


# --- the file ---


def test_the_file_shows_one_timeline_with_words_and_things_to_do(login: Login, office: User, house) -> None:
    deputy = house["张晓北"]
    contact = deputy.contacts.get()
    actions.record_opinion(contact=contact, deputy=deputy, words="线路要早改", by=office)
    actions.add_follow_up(contact=contact, what="送改线方案", owner=office, due_on=date(2026, 4, 1), by=office)
    html = login(office).get(f"/deputies/{deputy.pk}/").content.decode()
    for words in ("2026年", "谈到灌溉渠清淤", "线路要早改", "送改线方案", "全国人大代表"):
        assert words in html


def test_a_handler_does_not_see_another_departments_contacts_in_the_file(login: Login, handler: User, house) -> None:
    html = login(handler).get(f"/deputies/{house['张晓北'].pk}/").content.decode()
    assert "谈到灌溉渠清淤" not in html


def test_a_phone_is_masked_until_somebody_asks_and_the_asking_is_kept(login: Login, office: User) -> None:
    deputy = person(by=office, phone="13812345678")
    client = login(office)
    for url in (f"/deputies/{deputy.pk}/", f"/deputies/{deputy.pk}/edit/"):
        html = client.get(url).content.decode()
        assert "13812345678" not in html
        assert "138****5678" in html
    answer = client.post(f"/deputies/{deputy.pk}/phone/", headers={"HX-Request": "true"})
    assert "13812345678" in answer.content.decode()
    assert AuditEvent.objects.filter(action="deputy.phone_revealed", actor_id=str(office.pk)).count() == 1


@pytest.mark.parametrize("pairing", ["nobody", "the leader of the person", "the leader of the area", "the liaison"])
def test_a_number_is_shown_only_to_those_who_are_paired(
    login: Login, office: User, leader: User, handler: User, pairing: str
) -> None:
    area = Area.objects.create(name="甘露镇")
    deputy = person(by=office, phone="13812345678", area=area, born_on=date(1980, 5, 1))
    asking = handler if pairing == "the liaison" else leader
    if pairing != "nobody":
        with_ = deputy if pairing == "the leader of the person" else area
        actions.pair(leader=leader, liaison=handler, with_=with_, from_on=date(2026, 1, 1), by=office)
    answer = login(asking).post(f"/deputies/{deputy.pk}/phone/", headers={"HX-Request": "true"})
    page = login(asking).get(f"/deputies/{deputy.pk}/").content.decode()
    sees = pairing != "nobody"
    assert answer.status_code == (200 if sees else 409)
    assert ("13812345678" in answer.content.decode()) == sees
    assert ("显示号码" in page, "1980年5月生" in page) == (sees, sees)
    assert AuditEvent.objects.filter(action="deputy.phone_revealed").count() == int(sees)


def test_a_pairing_that_has_ended_shows_no_number(login: Login, office: User, leader: User) -> None:
    deputy = person(by=office, phone="13812345678")
    day = date(2026, 1, 1)
    actions.pair(leader=leader, with_=deputy, from_on=day, to_on=date(2026, 11, 22), by=office)
    assert login(leader).post(f"/deputies/{deputy.pk}/phone/").status_code == 409


def test_numbers_leave_only_for_a_stated_reason(login: Login, office: User, house: dict[str, Deputy]) -> None:
    Deputy.objects.filter(pk=house["李敏"].pk).update(phone="13812345678")
    client, url = login(office), "/deputies/export/phones/?q=limin"
    assert "事由" in client.get(url, headers={"HX-Request": "true"}).content.decode()
    for reason in ("", "联系"):
        assert client.post(url, {"reason": reason}).status_code == 422
    assert not AuditEvent.objects.filter(action="deputy_phones.exported").exists()
    answer = client.post(url, {"reason": "检察开放日逐一电话邀请"})
    sheet = load_workbook(BytesIO(answer.content)).worksheets[0]
    assert [(row[2].value, row[11].value) for row in sheet.iter_rows(min_row=3)] == [("李敏", "13812345678")]
    trace = AuditEvent.objects.get(action="deputy_phones.exported")
    assert (trace.reason, trace.changes["query"], trace.changes["rows"]) == (
        "检察开放日逐一电话邀请",
        ["", "q=limin"],
        ["", 1],
    )


def test_the_usual_export_has_no_numbers_and_asks_for_no_reason(login: Login, office: User) -> None:
    person(by=office, phone="13812345678")
    sheet = load_workbook(BytesIO(login(office).get("/deputies/export/").content)).worksheets[0]
    assert "13812345678" not in str(list(sheet.values))


@pytest.mark.parametrize("who", ["chief", "leader", "handler"])
def test_only_the_office_takes_numbers_out(login: Login, request: pytest.FixtureRequest, who: str) -> None:
    answer = login(request.getfixturevalue(who)).post("/deputies/export/phones/", {"reason": "逐一电话邀请"})
    assert answer.status_code == 403


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_text(login: Login, office: User, text: str) -> None:
    deputy = person(text[:60], by=office, unit=text[:80])
    logged(by=office, deputies=[deputy], note=text, place=text[:60])
    client = login(office)
    for url in (
        ROSTER,
        f"/deputies/{deputy.pk}/",
        "/contacts/",
        f"/contacts/{deputy.contacts.get().pk}/",
        "/deputies/pick/",
    ):
        html = client.get(url).content.decode()
        assert "<script>alert" not in html
        assert "<img src=x" not in html


# --- opening and mending a file ---

NEW = {"name": "赵新", "unit": "青禾小学", "post": "校长", "phone": "138 1234 5678"}


def test_a_file_is_opened_with_a_seat(login: Login, office: User) -> None:
    term = TermFactory()
    response = login(office).post(reverse("deputies:new"), NEW | {"term": term.pk, "group": "第三代表团"})
    deputy = Deputy.objects.get(name="赵新")
    assert response.url == f"/deputies/{deputy.pk}/"
    assert deputy.mandates.get().group == "第三代表团"


def test_a_namesake_is_asked_about_and_then_registered(login: Login, office: User) -> None:
    person("赵新", by=office, unit="禾塘镇政府")
    client = login(office)
    asked = client.post(reverse("deputies:new"), NEW)
    assert asked.status_code == 422
    assert "禾塘镇政府" in asked.content.decode()
    assert "青禾小学" in asked.content.decode()
    client.post(reverse("deputies:new"), NEW | {"other_person": "on"})
    assert Deputy.objects.filter(name="赵新").count() == 2


def test_namesakes_carry_their_unit_in_list_and_picker(login: Login, office: User) -> None:
    for unit in ("禾塘镇政府", "青禾小学"):
        person("赵新", by=office, unit=unit)
    person("钱一", by=office, unit="独此一家")
    html = login(office).get("/deputies/pick/?q=zx").content.decode()
    assert 'data-label="赵新（禾塘镇政府）"' in html
    assert 'data-label="赵新（青禾小学）"' in html
    assert 'data-label="钱一"' in login(office).get("/deputies/pick/?q=qy").content.decode()


def test_a_private_use_character_is_refused_with_a_hint(login: Login, office: User) -> None:
    response = login(office).post(reverse("deputies:new"), NEW | {"name": "赵\ue000"})
    assert response.status_code == 422
    assert "自造字" in response.content.decode()


def test_an_empty_phone_leaves_the_number_and_the_box_deletes_it(login: Login, office: User) -> None:
    deputy = person("赵新", by=office, phone="13812345678")
    client, url = login(office), f"/deputies/{deputy.pk}/edit/"
    client.post(url, {"name": "赵新", "version": 1})
    deputy.refresh_from_db()
    assert deputy.phone == "13812345678"
    client.post(url, {"name": "赵新", "version": 2, "clear_phone": "on"})
    deputy.refresh_from_db()
    assert deputy.phone == ""


def test_the_second_of_two_is_told_and_loses_nothing(login: Login, office: User) -> None:
    deputy = person("赵新", by=office, unit="旧单位")
    client, url = login(office), f"/deputies/{deputy.pk}/edit/"
    client.post(url, {"name": "赵新", "unit": "他人写的单位", "version": 1})
    told = client.post(url, {"name": "赵新", "unit": "我写的单位", "post": "校长", "version": 1})
    html = told.content.decode()
    assert told.status_code == 409
    assert "他人写的单位" in html
    assert 'value="我写的单位"' in html
    deputy.refresh_from_db()
    assert deputy.unit == "他人写的单位"
    version = re.search(r'name="version" value="(\d+)"', html)[1]
    assert client.post(url, {"name": "赵新", "unit": "我写的单位", "version": version}).status_code == 302


def test_nobody_is_born_after_today(login: Login, office: User) -> None:
    answer = login(office).post(reverse("deputies:new"), NEW | {"born_on": f"{timezone.localdate().year + 1}-01"})
    assert answer.status_code == 422
    assert "出生年月在今天之后" in answer.content.decode()


def test_an_edit_without_a_version_is_broken(login: Login, office: User) -> None:
    deputy = person("赵新", by=office)
    assert login(office).post(f"/deputies/{deputy.pk}/edit/", {"name": "赵新"}).status_code == 400


def test_extra_fields_in_a_form_change_nothing(login: Login, office: User) -> None:
    deputy = person("赵新", by=office)
    extra = {"search_text": "x", "retired_at": "2026-01-01", "created_at": "2000-01-01", "id": 999, "initials": "qq"}
    login(office).post(f"/deputies/{deputy.pk}/edit/", {"name": "赵新", "version": 1} | extra)
    deputy.refresh_from_db()
    assert (deputy.initials, deputy.retired_at) == ("zx", None)


# --- the picker ---


def options(client: Client, query: str) -> list[str]:
    return re.findall(r"<b>([^<]+)</b>", client.get("/deputies/pick/", {"q": query}).content.decode())


def test_exact_initials_come_first_then_whom_i_met_last(login: Login, handler: User, office: User) -> None:
    people = {name: person(name, by=office) for name in ("张小宝", "张晓北", "张新碧云", "周雪白")}
    logged(by=handler, deputies=[people["周雪白"]])
    assert options(login(handler), "zxb") == ["周雪白", "张小宝", "张晓北", "张新碧云"]
    assert options(login(handler), "zhangxiao") == ["张小宝", "张晓北"]
    assert options(login(handler), "张晓北") == ["张晓北"]


def test_a_whole_reading_comes_before_a_longer_one_whom_i_met(login: Login, handler: User, office: User) -> None:
    people = {name: person(name, by=office) for name in ("张明远", "张敏")}
    logged(by=handler, deputies=[people["张明远"]])
    assert options(login(handler), "zhangmin") == ["张敏", "张明远"]


def test_the_picker_offers_at_most_twelve(login: Login, office: User) -> None:
    for number in range(15):
        person(f"赵{number}", by=office)
    assert len(options(login(office), "赵")) == 12
