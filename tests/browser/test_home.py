"""The chief's screen in a real browser."""

from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from staff.models import Department, User
from tests.browser.conftest import PHONE
from tests.dashboard.house import met, seated

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.fixture
def screen(page: Page, enter: Any, chief: User, office: User, department: Department) -> Page:
    met(office, seated(office, "王芳"), on=date(2026, 1, 5))
    seated(office, "李秋实")
    enter(chief)
    page.goto("/")
    return page


def test_the_five_tiles_need_no_scrolling_at_a_desk(screen: Page) -> None:
    assert screen.locator(".tile").count() == 5
    assert screen.evaluate("document.documentElement.scrollHeight") <= 768


def test_the_five_tiles_are_accessible_and_never_scroll_sideways_on_a_phone(screen: Page, accessible: Any) -> None:
    accessible(screen)
    screen.set_viewport_size(PHONE)

    accessible(screen)
    assert screen.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_the_key_n_opens_the_real_quick_log(screen: Page) -> None:
    screen.keyboard.press("n")

    expect(screen.get_by_role("dialog")).to_be_visible()


def test_the_user_menu_closes_when_clicking_elsewhere(screen: Page) -> None:
    menu = screen.locator(".rail details[data-menu]")
    menu.locator("summary").click()
    expect(menu.get_by_role("button", name="退出登录")).to_be_visible()

    screen.locator("h1").click()

    expect(menu.get_by_role("button", name="退出登录")).to_be_hidden()
