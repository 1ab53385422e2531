"""Quick log, ledger, mending and taking back, things to do: through HTTP."""

import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from deputies import actions
from deputies.models import Contact, Deputy, FollowUp
from staff.models import AuditEvent, User
from tests.deputies.factories import DAY, logged, method, person

pytestmark = pytest.mark.django_db
Login = Callable[[User], Client]
QUICK = "/contacts/quick/"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def deputy(office: User) -> Deputy:
    return person(by=office)


@pytest.fixture
def typed(deputy: Deputy) -> dict[str, Any]:
    return {
        "deputies": [deputy.pk],
        "method": method().pk,
        "happened_on": "2026-03-05",
        "note": "谈到灌溉渠清淤",
        "idempotency_key": str(uuid4()),
    }


def test_a_contact_is_logged_without_leaving_the_page(login: Login, handler: User, typed: dict) -> None:
    response = login(handler).post(QUICK, typed, headers=HTMX)
    contact = Contact.objects.get()
    assert set(json.loads(response["HX-Trigger"])) == {"contactsChanged", "closeDialog"}
    assert f"/contacts/{contact.pk}/withdraw/" in response.content.decode()
    assert contact.staff.get() == handler


def test_a_double_submit_of_the_dialog_makes_one_row(login: Login, handler: User, typed: dict) -> None:
    client = login(handler)
    for _ in range(5):
        assert client.post(QUICK, typed, headers=HTMX).status_code == 200
    assert Contact.objects.count() == 1


def test_each_drawing_of_the_dialog_has_its_own_key(login: Login, handler: User) -> None:
    client = login(handler)
    keys = {re.search(r'idempotency_key" value="([^"]+)"', client.get(QUICK).content.decode())[1] for _ in range(2)}
    assert len(keys) == 2


def test_the_dialog_is_prefilled_with_the_person_of_the_page(login: Login, handler: User, deputy: Deputy) -> None:
    html = login(handler).get(QUICK, {"deputy": deputy.pk}, headers=HTMX).content.decode()
    assert f'name="deputies" value="{deputy.pk}"' in html


def test_an_invalid_dialog_keeps_everything_that_was_typed(login: Login, handler: User, deputy: Deputy, typed) -> None:
    typed |= {"method": "", "words": "渠要早清", "what": "送方案", "place": "村口"}
    response = login(handler).post(QUICK, typed, headers=HTMX)
    html = response.content.decode()
    assert response.status_code == 422
    for kept in ("谈到灌溉渠清淤", "渠要早清", "送方案", "村口", f'value="{deputy.pk}"', typed["idempotency_key"]):
        assert kept in html
    assert "请选择联络方式" in html
    assert "请填写后续事项的完成期限" in html


@pytest.mark.parametrize("field", ["note", "place", "words", "what"])
def test_a_case_number_is_refused_in_every_free_text(login: Login, handler: User, typed: dict, field: str) -> None:
    response = login(handler).post(QUICK, typed | {field: "（2026）苏0205刑初12号", "due_on": "2026-04-01"})
    assert response.status_code == 422
    assert "12309" in response.content.decode()
    assert not Contact.objects.exists()


def test_a_secret_word_needs_a_second_look(login: Login, handler: User, typed: dict) -> None:
    client = login(handler)
    typed["note"] = "谈商业秘密保护"
    asked = client.post(QUICK, typed, headers=HTMX)
    assert asked.status_code == 422
    assert 'type="checkbox" name="sensitive_ok"' in asked.content.decode()
    assert client.post(QUICK, typed | {"sensitive_ok": "on"}, headers=HTMX).status_code == 200


def test_a_contact_of_tomorrow_is_refused(login: Login, handler: User, typed: dict) -> None:
    typed["happened_on"] = timezone.localdate() + timedelta(days=1)
    response = login(handler).post(QUICK, typed)
    assert response.status_code == 422
    assert "不能晚于今天" in response.content.decode()


def test_words_of_one_of_several_need_a_name(login: Login, handler: User, deputy: Deputy, typed: dict) -> None:
    other = person("李敏", by=handler)
    client = login(handler)
    typed |= {"deputies": [deputy.pk, other.pk], "words": "渠要早清"}
    asked = client.post(QUICK, typed, headers=HTMX)
    assert asked.status_code == 422
    assert "谁的原话" in asked.content.decode()
    client.post(QUICK, typed | {"speaker": other.pk}, headers=HTMX)
    assert Contact.objects.get().opinions.get().deputy == other


def test_a_stranger_cannot_be_made_the_speaker(login: Login, handler: User, typed: dict) -> None:
    stranger = person("李敏", by=handler)
    login(handler).post(QUICK, typed | {"words": "渠要早清", "speaker": stranger.pk}, headers=HTMX)
    assert not stranger.opinions.exists()


def test_undo_takes_back_and_offers_to_restore(login: Login, handler: User, deputy: Deputy) -> None:
    contact = logged(by=handler, deputies=[deputy])
    response = login(handler).post(f"/contacts/{contact.pk}/withdraw/", headers=HTMX)
    assert "contactsChanged" in response["HX-Trigger"]
    assert f"/contacts/{contact.pk}/restore/" in response.content.decode()
    assert not Contact.objects.standing().exists()
    login(handler).post(f"/contacts/{contact.pk}/restore/", headers=HTMX)
    assert Contact.objects.standing().exists()


@pytest.mark.parametrize(
    "broken",
    [
        {"deputies": ["9" * 30]},
        {"deputies": ["x", "-1", "²"]},
        {"method": "9" * 30},
        {"speaker": "9" * 30, "words": "x"},
        {"happened_on": "0000-00-00"},
        {"idempotency_key": "zz"},
        {"note": "x" * 100_000},
        {"note": "\x00"},
    ],
)
def test_broken_input_is_refused_and_never_an_error_of_ours(login: Login, handler: User, typed, broken) -> None:
    assert login(handler).post(QUICK, typed | broken, headers=HTMX).status_code == 422


@pytest.mark.parametrize("query", ["q=" + "a+" * 2000, "q=%00", "method=" + "9" * 30, "year=²", "deputy=x"])
def test_a_broken_link_is_400(login: Login, handler: User, query: str) -> None:
    assert login(handler).get(f"/contacts/?{query}").status_code == 400


# --- the ledger ---


@pytest.fixture
def ledger(office: User, handler: User, other_handler: User, deputy: Deputy) -> list[Contact]:
    other = person("李敏", by=office)
    return [
        logged(by=handler, deputies=[deputy]),
        logged(by=other_handler, deputies=[other], happened_on=date(2025, 6, 1), note="谈校园安全"),
        logged(by=office, deputies=[deputy, other], method=method("mail"), note="寄送年报", place="院机关"),
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {0, 1, 2}),
        ("year=2026", {0, 2}),
        ("touch=1", {0, 1}),
        ("mine=1", {2}),
        ("q=校园", {1}),
        ("q=limin", {1, 2}),
        ("q=院机关 年报", {2}),
        ("year=2026&touch=1", {0}),
    ],
)
def test_the_ledger_finds(login: Login, office: User, ledger: list[Contact], query: str, found: set[int]) -> None:
    html = login(office).get(f"/contacts/?{query}").content.decode()
    assert {index for index, each in enumerate(ledger) if f'href="/contacts/{each.pk}/"' in html} == found
    assert f'data-count="{len(found)}"' in html


def test_the_ledger_and_its_export_are_the_same_rows(login: Login, office: User, ledger: list[Contact]) -> None:
    data = login(office).get("/contacts/export/?year=2026").content
    sheet = load_workbook(BytesIO(data)).worksheets[0]
    assert "共 2 次" in sheet["A1"].value
    assert {row[9].value for row in sheet.iter_rows(min_row=3)} == {"谈到灌溉渠清淤", "寄送年报"}


def test_a_handler_sees_the_contacts_of_the_own_department_only(login: Login, handler: User, ledger) -> None:
    client = login(handler)
    assert 'data-count="1"' in client.get("/contacts/").content.decode()
    assert client.get(f"/contacts/{ledger[0].pk}/").status_code == 200
    assert client.get(f"/contacts/{ledger[1].pk}/").status_code == 404


def test_a_withdrawn_contact_is_in_no_list_but_can_be_looked_at(login: Login, handler: User, ledger) -> None:
    actions.withdraw_contact(contact=ledger[0], by=handler)
    client = login(handler)
    assert 'data-count="0"' in client.get("/contacts/").content.decode()
    assert "撤回" in client.get(f"/contacts/{ledger[0].pk}/").content.decode()


def test_a_colleague_who_may_look_is_told_why_he_may_not_edit(login: Login, leader: User, ledger) -> None:
    response = login(leader).get(f"/contacts/{ledger[0].pk}/edit/")
    assert response.status_code == 409
    assert "只有登记人和办公室" in response.content.decode()


# --- two people mend one record ---


def _edit(contact: Contact, **changed: Any) -> dict[str, Any]:
    people = {"deputies": [each.pk for each in contact.deputies.all()], "staff": [contact.recorded_by_id]}
    facts = {"method": contact.method_id, "happened_on": "2026-03-05", "note": contact.note, "version": 1}
    return people | facts | changed


def test_the_second_of_two_sees_both_and_saves_again(login: Login, handler: User, office: User, ledger) -> None:
    contact, url = ledger[0], f"/contacts/{ledger[0].pk}/edit/"
    actions.edit_contact(contact=contact, expected=1, by=office, note="办公室改的内容")
    client = login(handler)
    told = client.post(url, _edit(contact, note="我改的内容", place="村委会"))
    html = told.content.decode()
    assert told.status_code == 409
    assert "办公室改的内容" in html
    assert "我改的内容" in html
    assert "村委会" in html
    contact.refresh_from_db()
    assert contact.note == "办公室改的内容"
    assert client.post(url, _edit(contact, note="我改的内容", version=2)).status_code == 302
    contact.refresh_from_db()
    assert contact.note == "我改的内容"


def test_a_form_without_version_is_400(login: Login, handler: User, ledger: list[Contact]) -> None:
    typed = _edit(ledger[0])
    del typed["version"]
    assert login(handler).post(f"/contacts/{ledger[0].pk}/edit/", typed).status_code == 400


def test_an_invalid_edit_keeps_what_was_typed(login: Login, handler: User, ledger: list[Contact]) -> None:
    response = login(handler).post(f"/contacts/{ledger[0].pk}/edit/", _edit(ledger[0], note="", place="村委会"))
    assert response.status_code == 422
    assert "村委会" in response.content.decode()


# --- words and things to do ---


def test_words_are_recorded_at_the_contact(login: Login, handler: User, deputy: Deputy, ledger) -> None:
    url = f"/contacts/{ledger[0].pk}/opinion/"
    assert "<dialog" in login(handler).get(url, headers=HTMX).content.decode()
    login(handler).post(url, {"deputy": deputy.pk, "words": "渠要早清", "outcome": "已清"}, headers=HTMX)
    assert ledger[0].opinions.get().outcome == "已清"


def test_things_to_do_are_listed_until_done(login: Login, handler: User, other_handler: User, ledger) -> None:
    client = login(handler)
    client.post(
        f"/contacts/{ledger[0].pk}/follow-up/", {"what": "送方案", "owner": handler.pk, "due_on": "2026-03-20"}
    )
    thing = FollowUp.objects.get()
    assert "送方案" in client.get("/follow-ups/").content.decode()
    assert "送方案" in client.get("/follow-ups/?state=overdue&mine=1").content.decode()
    assert "送方案" not in login(other_handler).get("/follow-ups/").content.decode()
    login(handler).post(f"/follow-ups/{thing.pk}/finish/")
    assert "送方案" not in login(handler).get("/follow-ups/").content.decode()
    assert "送方案" in login(handler).get("/follow-ups/?state=done").content.decode()


def test_the_day_of_a_thing_to_do_may_lie_ahead(login: Login, handler: User, ledger) -> None:
    data = {"what": "送方案", "owner": handler.pk, "due_on": DAY + timedelta(days=3000)}
    assert login(handler).post(f"/contacts/{ledger[0].pk}/follow-up/", data).status_code == 302


@pytest.mark.parametrize("url", ["/contacts/quick/?deputy={deputy}", "/contacts/{contact}/edit/"])
def test_who_is_picked_stands_in_the_form_once_so_that_who_is_taken_away_is_not_sent(
    login: Login, handler: User, deputy: Deputy, url: str
) -> None:
    contact = logged(by=handler, deputies=[deputy])
    html = login(handler).get(url.format(deputy=deputy.pk, contact=contact.pk)).content.decode()
    assert html.count(' name="deputies"') == 1


# --- 后续事项 ---


def promised(contact: Contact, owner: User, what: str = "送方案", due_on: date = DAY) -> FollowUp:
    return actions.add_follow_up(contact=contact, what=what, owner=owner, due_on=due_on, by=owner)


def test_the_list_of_follow_ups_and_its_export_are_the_same_rows(
    login: Login, office: User, handler: User, deputy: Deputy
) -> None:
    contact = logged(by=handler, deputies=[deputy])
    promised(contact, handler, "=送方案")
    actions.finish_follow_up(follow_up=promised(contact, handler, "已送达"), by=handler)
    client = login(office)
    data = client.get("/follow-ups/export/?mine=").content
    sheet = load_workbook(BytesIO(data)).worksheets[0]
    assert sheet["A1"].value.startswith("筛选：状态：未完成　共 1 项")
    assert [sheet["B3"].value, sheet["B3"].data_type, sheet["C3"].value] == ["=送方案", "s", deputy.name]
    assert sheet["G3"].value == "已逾期"
    done = load_workbook(BytesIO(client.get("/follow-ups/export/?state=done").content)).worksheets[0]
    assert [done["B3"].value, done["G3"].value, done["I3"].value] == ["已送达", "已完成", handler.name]
    traces = AuditEvent.objects.filter(action="follow_up.exported").order_by("pk")
    assert [event.changes["rows"][1] for event in traces] == [1, 1]


def test_the_button_to_finish_is_there_for_whoever_may(
    login: Login, office: User, handler: User, leader: User, deputy: Deputy
) -> None:
    promised(logged(by=handler, deputies=[deputy]), handler)
    buttons = {
        user: "/finish/" in login(user).get("/follow-ups/").content.decode() for user in (office, handler, leader)
    }
    assert buttons == {office: True, handler: True, leader: False}


def test_what_was_promised_at_a_contact_taken_back_is_in_no_list(login: Login, handler: User, deputy: Deputy) -> None:
    contact = logged(by=handler, deputies=[deputy])
    promised(contact, handler)
    actions.withdraw_contact(contact=contact, by=handler)
    assert "送方案" not in login(handler).get("/follow-ups/?state=all").content.decode()


def test_nothing_is_promised_at_a_contact_that_was_just_taken_back(
    login: Login, handler: User, deputy: Deputy
) -> None:
    """In another window: the promise would be in no list."""
    contact = logged(by=handler, deputies=[deputy])
    client = login(handler)
    client.post(f"/contacts/{contact.pk}/withdraw/")
    data = {"what": "送方案", "owner": handler.pk, "due_on": "2026-12-01"}
    refused = client.post(f"/contacts/{contact.pk}/follow-up/", data, headers=HTMX)
    assert refused.status_code == 409
    assert "已撤回，请先恢复" in refused.content.decode()
    assert client.post(f"/contacts/{contact.pk}/opinion/", {"deputy": deputy.pk, "words": "好"}).status_code == 409
    assert not FollowUp.objects.exists()


def test_a_promise_to_somebody_who_left_is_kept(login: Login, office: User, handler: User) -> None:
    deputy = person("周先", by=office, seated=False)
    contact = logged(by=handler, deputies=[deputy])
    actions.retire_deputy(deputy=deputy, today=timezone.localdate(), by=office)
    data = {"what": "送方案", "owner": handler.pk, "due_on": "2026-12-01"}
    assert login(handler).post(f"/contacts/{contact.pk}/follow-up/", data).status_code == 302
    assert deputy.name in login(handler).get("/follow-ups/").content.decode()
