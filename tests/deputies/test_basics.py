"""基础资料: the lists that the office keeps, through HTTP."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from activities.models import ActivityKind
from common.denied import Denied
from deputies import actions
from deputies.models import AppointmentRole, Area, ContactMethod, FieldOfConcern, SeatGroup, Term
from staff.models import AuditEvent, User
from suggestions.models import DeadlineRule, ResultClass
from tests.activities.factories import planned
from tests.deputies.factories import DAY, logged, method, person
from tests.factories import AreaFactory, TermFactory

pytestmark = pytest.mark.django_db
Login = Callable[[User], Client]
TERM = {"body": "congress", "level": "district", "place": "知禾区", "number": 5, "starts_on": "2022-01-10"}
NEW: list[tuple[str, type[Model], dict[str, Any]]] = [
    ("deputies:basics-terms", Term, TERM),
    ("deputies:basics-areas", Area, {"name": "禾塘镇", "order": 1}),
    ("deputies:basics-fields", FieldOfConcern, {"name": "乡村振兴", "order": 11}),
    ("deputies:basics-methods", ContactMethod, {"name": "视频会议", "is_touch": "on", "order": 10}),
    ("deputies:basics-roles", AppointmentRole, {"name": "社区矫正监督员", "order": 6, "remind_days": 60}),
    (
        "deputies:basics-groups",
        SeatGroup,
        {"body": "congress", "level": "district", "name": "甘露镇代表团", "order": 1},
    ),
    ("activities:basics-kinds", ActivityKind, {"name": "模拟法庭", "order": 12}),
    ("suggestions:basics-results", ResultClass, {"code": "E", "name": "转有关部门", "order": 5}),
    (
        "suggestions:basics-rules",
        DeadlineRule,
        {
            "purpose": "reply",
            "kind": "proposal",
            "level": "city",
            "amount": 5,
            "unit": "months",
            "source": "市政协提案办理办法",
            "valid_from": "2026-01-01",
        },
    ),
]
each_list = pytest.mark.parametrize(("page", "model", "facts"), NEW, ids=[name for name, _, _ in NEW])


def added(client: Client, page: str, model: type[Model], facts: dict[str, Any]) -> Model:
    assert client.post(reverse(f"{page}-new"), facts).status_code == 302
    return model._default_manager.order_by("-pk")[0]


def choices(html: str, name: str) -> str:
    """The field ``name`` of a page, options and all."""
    return html.split(f'name="{name}"', 1)[1].split('class="field', 1)[0]


# --- every list ---


@each_list
def test_the_office_adds_a_row_and_finds_it_in_the_list(
    login: Login, office: User, page: str, model: type[Model], facts: dict[str, Any]
) -> None:
    client = login(office)
    row = added(client, page, model, facts)
    assert str(row) in client.get(reverse(page)).content.decode()
    event = AuditEvent.objects.get(action="basics.added")
    assert (event.actor_id, event.target_label) == (str(office.pk), str(row))


@each_list
def test_a_row_is_edited_over_the_version_that_was_drawn(
    login: Login, office: User, page: str, model: type[Model], facts: dict[str, Any]
) -> None:
    client = login(office)
    row = added(client, page, model, facts)
    url = reverse(f"{page}-edit", args=[row.pk])
    assert client.post(url, facts).status_code == 400
    assert client.post(url, facts | {"version": 1}).status_code == 302
    told = client.post(url, facts | {"version": 1})
    assert told.status_code == 409
    assert "已被他人修改" in told.content.decode()
    assert AuditEvent.objects.filter(action="basics.edited").count() == 1


@each_list
def test_a_row_is_taken_out_of_use_and_back_and_never_deleted(
    login: Login, office: User, page: str, model: type[Model], facts: dict[str, Any]
) -> None:
    client = login(office)
    row = added(client, page, model, facts)
    for _ in range(2):  # a double click is one click
        client.post(reverse(f"{page}-retire", args=[row.pk]))
    assert "已停用" in client.get(reverse(page)).content.decode()
    client.post(reverse(f"{page}-restore", args=[row.pk]))
    assert "已停用" not in client.get(reverse(page)).content.decode()
    events = AuditEvent.objects.filter(action__in=["basics.retired", "basics.restored"]).order_by("pk")
    assert [event.action for event in events] == ["basics.retired", "basics.restored"]


@each_list
def test_the_same_row_twice_is_refused_in_words(
    login: Login, office: User, page: str, model: type[Model], facts: dict[str, Any]
) -> None:
    client = login(office)
    added(client, page, model, facts)
    again = client.post(reverse(f"{page}-new"), facts)
    assert again.status_code == 422
    assert "列表中已有这一项" in again.content.decode()


@each_list
def test_the_lists_are_one_page_with_tabs(
    login: Login, office: User, page: str, model: type[Model], facts: dict[str, Any]
) -> None:
    html = login(office).get(reverse(page)).content.decode()
    for other, _, _ in NEW:
        assert f'href="{reverse(other)}"' in html
    assert f'href="{reverse(page)}" aria-current="page"' in html


def test_only_the_office_is_shown_the_way(login: Login, office: User, chief: User, handler: User) -> None:
    link = f'href="{reverse("deputies:basics")}"'
    assert link in login(office).get("/").content.decode()
    assert link not in login(chief).get("/").content.decode()
    assert link not in login(handler).get("/").content.decode()


def test_nobody_else_keeps_the_lists_even_past_the_pages(chief: User) -> None:
    area = AreaFactory()
    with pytest.raises(Denied, match="办公室"):
        actions.add_choice(model=Area, by=chief, name="甘露镇")
    with pytest.raises(Denied, match="办公室"):
        actions.retire_choice(row=area, on=DAY, by=chief)


@pytest.mark.parametrize("order", ["-1", "1000", "99999", "x", ""])
def test_an_order_that_is_no_place_is_refused(login: Login, office: User, order: str) -> None:
    response = login(office).post(reverse("deputies:basics-areas-new"), {"name": "禾塘镇", "order": order})
    assert response.status_code == 422


def test_a_new_row_comes_last(login: Login, office: User) -> None:
    html = login(office).get(reverse("deputies:basics-fields-new")).content.decode()
    assert 'value="11"' in choices(html, "order")


def test_a_case_number_is_no_name(login: Login, office: User) -> None:
    facts = {"name": "（2026）苏0205刑初12号", "order": 1}
    assert login(office).post(reverse("deputies:basics-areas-new"), facts).status_code == 422


# --- 届 ---


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"body": "cppcc", "level": "town"}, "乡镇不设政协"),
        ({"ends_on": "2021-01-10"}, "结束日期不能早于开始日期"),
        ({"number": 0}, "1"),
        ({"number": 100}, "99"),
        ({"body": "army"}, "army"),
    ],
)
def test_a_term_that_cannot_be_is_refused_in_words(login: Login, office: User, wrong: dict, sentence: str) -> None:
    response = login(office).post(reverse("deputies:basics-terms-new"), TERM | wrong)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Term.objects.exists()


# --- what the program relies on ---


@pytest.mark.parametrize("code", ["activity", "reply"])
def test_a_method_that_the_program_writes_is_renamed_but_not_taken_away(login: Login, office: User, code: str) -> None:
    client, row = login(office), method(code)
    url = reverse("deputies:basics-methods-edit", args=[row.pk])
    assert client.post(url, {"name": "新名字", "is_touch": "on", "order": 1, "version": 1}).status_code == 302
    refused = client.post(reverse("deputies:basics-methods-retire", args=[row.pk]))
    assert refused.status_code == 409
    assert "可以改名，不能停用" in refused.content.decode()
    row.refresh_from_db()
    assert (row.name, row.code, row.retired_on) == ("新名字", code, None)
    html = client.get(reverse("deputies:basics-methods")).content.decode()
    assert reverse("deputies:basics-methods-retire", args=[row.pk]) not in html


def test_the_letter_of_a_result_class_stays(login: Login, office: User) -> None:
    row = ResultClass.objects.get(code="B")
    url = reverse("suggestions:basics-results-edit", args=[row.pk])
    login(office).post(url, {"code": "Z", "name": "正在办理", "promises": "on", "order": 2, "version": 1})
    row.refresh_from_db()
    assert (row.code, row.name) == ("B", "正在办理")


# --- what forms offer ---


def test_a_new_method_can_be_chosen_and_a_retired_one_cannot(login: Login, office: User) -> None:
    client = login(office)
    added(client, "deputies:basics-methods", ContactMethod, {"name": "视频会议", "is_touch": "on", "order": 10})
    actions.retire_choice(row=method("wechat"), on=DAY, by=office)
    html = client.get(reverse("deputies:quick-log")).content.decode()
    assert "视频会议" in html
    assert "微信" not in html
    assert "参加活动" not in html
    facts = {"deputies": person(by=office).pk, "happened_on": DAY, "note": "谈到灌溉", "method": method("wechat").pk}
    refused = client.post(reverse("deputies:quick-log"), facts)
    assert refused.status_code == 422


def test_an_old_record_keeps_its_retired_row(login: Login, office: User) -> None:
    """Without this an edit of the place would force another method on a contact of last year."""
    contact = logged(by=office, method=method("wechat"))
    actions.retire_choice(row=method("wechat"), on=DAY, by=office)
    url = reverse("deputies:contact-edit", args=[contact.pk])
    client = login(office)
    assert "微信" in client.get(url).content.decode()
    facts = {
        "deputies": contact.deputies.get().pk,
        "method": contact.method_id,
        "happened_on": DAY.isoformat(),
        "note": "谈到灌溉渠",
        "staff": office.pk,
        "version": contact.version,
    }
    assert client.post(url, facts).status_code == 302


def test_the_file_offers_areas_and_fields_in_use_and_its_own(login: Login, office: User) -> None:
    kept, gone = AreaFactory(name="禾塘镇"), AreaFactory(name="旧城街道")
    field, other = FieldOfConcern.objects.all()[:2]
    deputy = person(by=office, area=kept, fields_of_concern=[field])
    for row in (kept, gone, field, other):
        actions.retire_choice(row=row, on=DAY, by=office)
    client = login(office)
    new = client.get(reverse("deputies:new")).content.decode()
    own = client.get(reverse("deputies:edit", args=[deputy.pk])).content.decode()
    assert [word in new for word in ("禾塘镇", "旧城街道", str(field), str(other))] == [False] * 4
    assert [word in own for word in ("禾塘镇", "旧城街道", str(field), str(other))] == [True, False, True, False]


def test_retired_terms_and_roles_are_not_offered(login: Login, office: User) -> None:
    term, role = TermFactory(), AppointmentRole.objects.all()[0]
    deputy = person(by=office, seated=False)
    for row in (term, role):
        actions.retire_choice(row=row, on=DAY, by=office)
    client = login(office)
    assert str(term) not in client.get(reverse("deputies:seat", args=[deputy.pk])).content.decode()
    assert str(role) not in client.get(reverse("deputies:appoint", args=[deputy.pk])).content.decode()


def test_an_activity_keeps_its_retired_kind(login: Login, office: User) -> None:
    activity = planned(by=office)
    actions.retire_choice(row=activity.kind, on=DAY, by=office)
    client = login(office)
    new = client.get(reverse("activities:new")).content.decode()
    own = client.get(reverse("activities:edit", args=[activity.pk])).content.decode()
    assert f">{activity.kind}<" not in choices(new, "kind")
    assert f">{activity.kind}<" in choices(own, "kind")


def test_lists_still_find_what_was_recorded_under_a_retired_row(login: Login, office: User) -> None:
    logged(by=office, method=method("wechat"))
    actions.retire_choice(row=method("wechat"), on=DAY, by=office)
    html = login(office).get(f"/contacts/?method={method('wechat').pk}").content.decode()
    assert re.search(r'data-count="1"', html)
