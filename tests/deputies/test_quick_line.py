"""The line of the quick log through HTTP, and whom the picker offers first."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from activities import actions as activities
from activities.models import Response
from deputies import actions
from deputies.models import Area, Contact, Deputy, Opinion
from staff.models import User
from tests.activities.factories import planned
from tests.deputies.factories import logged, method, person

pytestmark = pytest.mark.django_db
Login = Callable[[User], Client]
QUICK, LINE, PICK = "/contacts/quick/", "/contacts/quick/line/", "/deputies/pick/"
HTMX = {"HX-Request": "true"}
SAID = "zxb 走访 昨天 甘露 希望加强涉农普法"


@pytest.fixture
def deputy(office: User) -> Deputy:
    Area.objects.create(name="甘露镇")
    person("李敏", by=office, unit="青禾小学")
    return person("张晓北", by=office, unit="知禾供电服务公司")


def chips(html: str) -> dict[str, str]:
    found = re.findall(r'data-kind="(\w+)"[^>]*data-value="([^"]*)"', html)
    return {kind: unescape(value) for kind, value in found}


def understood(client: Client, line: str, **data: object) -> dict[str, str]:
    response = client.post(LINE, {"line": line, **data}, headers=HTMX)
    assert response.status_code == 200
    return chips(response.content.decode())


def sent(line: str, **data: object) -> dict[str, object]:
    return {"line": line, "idempotency_key": str(uuid4()), **data}


def test_the_line_is_shown_as_chips_and_the_rest_is_the_note(login: Login, handler: User, deputy: Deputy) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    response = login(handler).post(LINE, {"line": SAID}, headers=HTMX)
    html = response.content.decode()
    assert chips(html) == {
        "who": str(deputy.pk),
        "how": str(method().pk),
        "when": yesterday.isoformat(),
        "where": "甘露镇",
    }
    assert "<output data-note hidden>希望加强涉农普法</output>" in html


def test_initials_of_nobody_are_said_to_be_so(login: Login, handler: User, deputy: Deputy) -> None:
    said = login(handler).post(LINE, {"line": "qqqq 走访 昨天"}, headers=HTMX).content.decode()
    assert "没有找到“qqqq”" in said
    given = login(handler).post(LINE, {"line": "ok 走访", "deputies": deputy.pk}, headers=HTMX).content.decode()
    assert "没有找到" not in given


def test_a_line_alone_is_a_contact(login: Login, handler: User, deputy: Deputy) -> None:
    assert login(handler).post(QUICK, sent(SAID), headers=HTMX).status_code == 200
    contact = Contact.objects.get()
    assert contact.deputies.get() == deputy
    assert (contact.method, contact.place, contact.note) == (method(), "甘露镇", "希望加强涉农普法")
    assert contact.happened_on == timezone.localdate() - timedelta(days=1)


def test_what_is_filled_in_wins_over_the_line(login: Login, handler: User, deputy: Deputy) -> None:
    other = Deputy.objects.get(name="李敏")
    data = sent(SAID, deputies=[other.pk], method=method("phone").pk, note="改过的内容", place="")
    login(handler).post(QUICK, data, headers=HTMX)
    contact = Contact.objects.get()
    assert (contact.method, contact.note, contact.place) == (method("phone"), "改过的内容", "甘露镇")
    assert set(contact.deputies.all()) == {other, deputy}


def test_of_namesakes_nobody_is_guessed_and_nothing_is_lost(login: Login, handler: User, office: User) -> None:
    units = {unit: person("王芳", by=office, unit=unit) for unit in ("区人民医院", "禾塘小学")}
    client = login(handler)
    asked = client.post(LINE, {"line": "王芳 走访 谈体检"}, headers=HTMX).content.decode()
    assert all(unit in asked for unit in units)
    refused = client.post(QUICK, sent("王芳 走访 谈体检"), headers=HTMX)
    html = refused.content.decode()
    assert refused.status_code == 422
    assert "“王芳”不止一位" in html
    assert "谈体检" in html
    chosen = {"pick": {"王芳": units["禾塘小学"].pk}}
    client.post(QUICK, sent("王芳 走访 谈体检", line_choices=json.dumps(chosen)), headers=HTMX)
    assert Contact.objects.get().deputies.get() == units["禾塘小学"]


def test_a_chip_taken_away_is_taken_back(login: Login, handler: User, deputy: Deputy) -> None:
    said = understood(login(handler), SAID, line_choices=json.dumps({"skip": ["甘露"]}))
    assert "where" not in said


@pytest.mark.parametrize(("typed", "code"), [("1", "visit"), ("3", "phone"), ("打电话", "phone"), ("上门", "visit")])
def test_a_method_is_also_a_digit_or_what_people_call_it(
    login: Login, handler: User, deputy: Deputy, typed: str, code: str
) -> None:
    assert understood(login(handler), f"zxb {typed} 谈电价")["how"] == str(method(code).pk)


def test_yesterday_is_the_day_before_it_was_written(login: Login, handler: User, deputy: Deputy) -> None:
    written = timezone.localdate() - timedelta(days=3)
    login(handler).post(QUICK, sent(SAID, written_on=written.isoformat()), headers=HTMX)
    login(handler).post(QUICK, sent("zxb 走访 谈电价", written_on=written.isoformat()), headers=HTMX)
    days = set(Contact.objects.values_list("happened_on", flat=True))
    assert days == {written, written - timedelta(days=1)}


@pytest.mark.parametrize("written_on", ["2001-01-01", "2999-01-01", "x", "明天"])
def test_a_day_of_writing_that_cannot_be_is_today(
    login: Login, handler: User, deputy: Deputy, written_on: str
) -> None:
    login(handler).post(QUICK, sent("zxb 走访 谈", written_on=written_on), headers=HTMX)
    assert Contact.objects.get().happened_on == timezone.localdate()


def test_what_somebody_else_wrote_on_this_device_is_not_sent_in_ones_own_name(
    login: Login, handler: User, office: User, deputy: Deputy
) -> None:
    assert login(office).post(QUICK, sent(SAID, written_by=handler.pk), headers=HTMX).status_code == 403
    assert login(handler).post(QUICK, sent(SAID, written_by=handler.pk), headers=HTMX).status_code == 200
    assert Contact.objects.get().recorded_by == handler


@pytest.mark.parametrize("line", ["zxb 走访 （2026）苏0205刑初12号", "zxb 走访 谈商业秘密保护"])
def test_the_guards_hold_for_the_line(login: Login, handler: User, deputy: Deputy, line: str) -> None:
    response = login(handler).post(QUICK, sent(line), headers=HTMX)
    assert response.status_code == 422
    assert line.split(" ", 2)[2] in response.content.decode()
    assert not Contact.objects.exists()


@pytest.mark.parametrize("choices", ["x", "[]", '{"pick": [1]}', '{"pick": {"a": "x"}}', '{"skip": 3}', "[" * 5000])
def test_broken_choices_are_400(login: Login, handler: User, deputy: Deputy, choices: str) -> None:
    assert login(handler).post(LINE, {"line": SAID, "line_choices": choices}).status_code == 400


@pytest.mark.parametrize("line", ["\x00", "'; drop table", "%", "_ _", "z" * 5000, "😀 走访", "９９９９９９９日"])
def test_odd_lines_are_read_without_an_error(login: Login, handler: User, deputy: Deputy, line: str) -> None:
    assert login(handler).post(LINE, {"line": line}).status_code == 200


# --- whom to offer first ---


def offered(client: Client, query: str) -> list[str]:
    return re.findall(r"<b>([^<]+)</b>", client.get(PICK, {"q": query}).content.decode())


def test_paired_then_expected_today_then_met_then_longest_not_contacted(
    login: Login, leader: User, handler: User, office: User
) -> None:
    names = ["张一一", "张二二", "张三三", "张四四", "张五五", "张六六"]
    people = {name: person(name, by=office) for name in names}
    today = timezone.localdate()
    logged(by=office, deputies=[people["张一一"]], happened_on=today)
    logged(by=office, deputies=[people["张二二"]], happened_on=today - timedelta(days=300))
    logged(by=leader, deputies=[people["张四四"]], happened_on=today - timedelta(days=2))
    event = planned(by=office, held_on=today, deputies=[people["张五五"], people["张一一"]])
    activities.respond(
        attendance=event.attendances.get(deputy=people["张一一"]), response=Response.DECLINED, by=office
    )
    actions.pair(leader=leader, with_=people["张六六"], from_on=today, by=office)
    assert offered(login(leader), "张") == ["张六六", "张五五", "张四四", "张三三", "张二二", "张一一"]
    assert offered(login(handler), "张")[0] == "张五五"


def test_a_pairing_with_an_area_counts_for_those_who_live_there(login: Login, leader: User, office: User) -> None:
    area = Area.objects.create(name="禾塘镇")
    person("张一一", by=office)
    person("张三三", by=office, area=area)
    actions.pair(leader=leader, with_=area, from_on=timezone.localdate(), by=office)
    assert offered(login(leader), "张") == ["张三三", "张一一"]


def test_what_was_typed_comes_before_whom_one_knows(login: Login, leader: User, office: User) -> None:
    person("张敏", by=office)
    actions.pair(leader=leader, with_=person("张明远", by=office), from_on=timezone.localdate(), by=office)
    assert offered(login(leader), "zhangmin") == ["张敏", "张明远"]


@pytest.mark.parametrize(
    ("name", "initials"),
    [("单小明", "sxm"), ("查良玉", "zly"), ("仇一凡", "qyf"), ("解方", "xf"), ("曾云", "zy"), ("尉迟恭", "ycg")],
)
def test_surnames_of_two_readings_are_found_by_the_right_one(
    login: Login, handler: User, office: User, name: str, initials: str
) -> None:
    deputy = person(name, by=office)
    assert understood(login(handler), f"{initials} 走访 谈")["who"] == str(deputy.pk)


def test_a_wrong_reading_is_corrected_on_the_file_and_found_at_once(login: Login, office: User) -> None:
    deputy = person("乐天", by=office)
    client = login(office)
    assert understood(client, "lt 走访 谈") == {"who": str(deputy.pk), "how": str(method().pk)}  # everyday reading
    client.post(f"/deputies/{deputy.pk}/edit/", {"name": "乐天", "pinyin": "luo tian", "version": deputy.version})
    deputy.refresh_from_db()
    assert deputy.initials == "lt"
    assert offered(client, "luotian") == ["乐天"]


# --- after saving ---


def test_the_toast_leads_on_without_another_page(login: Login, handler: User, deputy: Deputy) -> None:
    client = login(handler)
    html = client.post(QUICK, sent(SAID), headers=HTMX).content.decode()
    contact = Contact.objects.get()
    for url in ("withdraw", "follow-up", "opinion"):
        assert f"/contacts/{contact.pk}/{url}/" in html
    data = {"what": "送材料", "owner": handler.pk, "due_on": "2026-12-01"}
    here = HTMX | {"HX-Current-URL": "http://testserver/deputies/"}
    kept = client.post(f"/contacts/{contact.pk}/follow-up/", data, headers=here)
    assert "HX-Redirect" not in kept
    assert "closeDialog" in kept["HX-Trigger"]
    there = HTMX | {"HX-Current-URL": f"http://testserver/contacts/{contact.pk}/"}
    assert client.post(f"/contacts/{contact.pk}/follow-up/", data, headers=there)["HX-Redirect"]


def test_words_become_a_suggestion_with_one_click(login: Login, office: User, handler: User, deputy: Deputy) -> None:
    contact = logged(by=office, deputies=[deputy])
    data = {"deputy": deputy.pk, "words": "渠要早清"}
    html = login(office).post(f"/contacts/{contact.pk}/opinion/", data, headers=HTMX).content.decode()
    link = f"/suggestions/new/?opinion={Opinion.objects.get().pk}"
    assert link in html
    form = login(office).get(link).content.decode()
    assert "渠要早清" in form
    assert f'name="lead" value="{deputy.pk}"' in form


def test_who_may_not_register_suggestions_is_not_led_there(login: Login, handler: User, deputy: Deputy) -> None:
    contact = logged(by=handler, deputies=[deputy])
    data = {"deputy": deputy.pk, "words": "渠要早清"}
    html = login(handler).post(f"/contacts/{contact.pk}/opinion/", data, headers=HTMX).content.decode()
    assert "suggestions/new" not in html


@pytest.mark.parametrize("pk", ["x", "0", "9" * 30, "²"])
def test_words_that_do_not_exist_leave_the_form_empty(login: Login, office: User, pk: str) -> None:
    assert login(office).get(f"/suggestions/new/?opinion={pk}").status_code == 200


def test_the_dialog_knows_whom_up_takes_again(login: Login, handler: User, deputy: Deputy) -> None:
    logged(by=handler, deputies=[deputy])
    html = login(handler).get(QUICK, headers=HTMX).content.decode()
    assert f'<i data-take="{deputy.pk}"' in html
