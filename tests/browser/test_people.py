"""The files of people in a real browser: what is asked before it is done, chips taken away, keyboard alone."""

from typing import Any

import pytest
from playwright.sync_api import Dialog, Page, expect

from deputies.models import Contact, Deputy
from staff.models import User
from tests.deputies.factories import person

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
