"""The files of people in a real browser: what is asked before it is done, chips taken away, keyboard alone."""

from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Dialog, Page, expect

from deputies import actions
from deputies.models import AppointmentRole, Contact, Deputy
from staff.models import User
from tests.deputies.factories import person
from tests.factories import TermFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.fixture
def deputy(office: User) -> Deputy:
    return person(by=office, seated=False)


@pytest.fixture
def file(page: Page, enter: Any, office: User, deputy: Deputy) -> Page:
    enter(office)
    page.goto(f"/deputies/{deputy.pk}/")
    return page


def test_closing_a_file_asks_first_and_no_changes_nothing(file: Page, deputy: Deputy) -> None:
    asked: list[str] = []

    def refuse(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    file.once("dialog", refuse)
    file.get_by_role("button", name="停用档案").click()
    assert asked[0].startswith("停用张晓北的档案？")
    deputy.refresh_from_db()
    assert deputy.retired_at is None

    file.once("dialog", lambda dialog: dialog.accept())
    file.get_by_role("button", name="停用档案").click()
    expect(file.get_by_text("档案已停用，历史记录保留。")).to_be_visible()


def test_who_is_taken_out_of_the_quick_log_is_not_logged(file: Page, office: User, deputy: Deputy) -> None:
    other = person("单小明", by=office)
    file.locator(".page-head").get_by_role("link", name="登记联络").click()
    dialog = file.get_by_role("dialog")
    dialog.get_by_role("button", name="移除 张晓北").click()
    dialog.locator(".picker-input").press_sequentially(other.initials)
    file.get_by_role("option", name="单小明").click()
    dialog.get_by_text("走访", exact=True).click()
    dialog.get_by_label("内容").fill("谈到灌溉渠")
    dialog.get_by_role("button", name="保存").click()
    expect(dialog).to_have_count(0)
    assert [met.name for met in Contact.objects.get().deputies.all()] == ["单小明"]


def test_two_files_are_told_apart_and_the_toast_takes_it_back(page: Page, enter: Any, office: User) -> None:
    for _ in range(2):
        person("张敏", by=office, unit="青禾小学", seated=False)
    enter(office)
    page.goto("/deputies/duplicates/")
    page.get_by_role("button", name="不是同一人").click()
    expect(page.get_by_role("heading", name="已确认不是同一人")).to_be_visible()
    expect(page.get_by_text("没有发现可能重复的档案")).to_be_visible()
    page.get_by_role("button", name="撤销", exact=True).click()
    expect(page.get_by_role("link", name="核对合并")).to_be_visible()


def test_the_pages_of_people_are_accessible(
    page: Page, enter: Any, office: User, leader: User, deputy: Deputy, accessible: Any
) -> None:
    twin, term = person(by=office, seated=False, sex="female"), TermFactory()
    actions.give_seat(deputy=deputy, term=term, by=office)
    actions.pair(leader=leader, with_=deputy, from_on=date(2026, 1, 5), by=office)
    role = AppointmentRole.objects.all()[0]
    actions.appoint(deputy=deputy, role=role, from_on=date(2026, 1, 5), to_on=date(2099, 1, 4), by=office)
    enter(office)
    merge, change = f"/deputies/{deputy.pk}/merge/{twin.pk}/", f"/terms/{term.pk}/change/"
    for address in [f"/deputies/{deputy.pk}/", "/deputies/duplicates/", "/pairings/", "/appointments/", merge, change]:
        page.goto(address)
        accessible(page)
    page.get_by_label("新一届名单").fill("张晓北\n赵新")
    page.get_by_role("button", name="预览").click()
    expect(page.get_by_role("button", name="确认换届")).to_be_visible()
    accessible(page)
