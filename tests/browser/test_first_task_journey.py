"""第一任务 in a real browser: the office proposes, the chief approves, the result is in the ledger."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
import time_machine
from playwright.sync_api import Page, expect

from deputies.actions import register_deputy
from deputies.models import Contact, Deputy
from staff.models import User
from suggestions.models import FirstTask, Kind
from tests.browser.conftest import PHONE
from tests.suggestions import factories as make
from tests.suggestions.conftest import NOW

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
PAGE = "/suggestions/first-task/"


@pytest.fixture(autouse=True)
def evening() -> Iterator[None]:
    """The day itself: the list can still be drawn up, and the results can be recorded."""
    with time_machine.travel(datetime(2026, 2, 24, 17, tzinfo=NOW.tzinfo), tick=True):
        yield


@pytest.fixture
def gu(office: User, chief: User) -> Deputy:
    known = register_deputy(by=office, name="顾云舟", unit="知禾电缆有限公司")
    facts = {"kind": Kind.DELIBERATION, "title": "加强涉农检察工作力量", "received_on": date(2026, 1, 9)}
    make.registered(office, lead=known, **facts)
    return known


def test_propose_fix_approve_and_record_a_visit(page: Page, enter: Any, office: User, chief: User, gu: Deputy) -> None:
    enter(office)
    page.goto("/suggestions/")
    page.get_by_role("link", name="第一任务").click()
    expect(page.get_by_text("2026年1月9日的区人大审议意见《加强涉农检察工作力量》，尚未答复")).to_be_visible()
    page.get_by_role("button", name="用勾选的拟定名单").click()
    page.get_by_role("button", name="定稿送审").click()
    expect(page.locator("#toasts")).to_contain_text("请检察长审定")

    enter(chief)
    page.goto(PAGE)
    page.get_by_role("link", name="审定", exact=True).click()
    opened = page.get_by_role("dialog")
    opened.get_by_label("批示").fill("同意，把话说透")
    opened.get_by_role("button", name="同意").click()
    expect(page.get_by_text("批示：同意，把话说透")).to_be_visible()

    page.wait_for_load_state()  # before its scripts run, a link is only a link
    page.get_by_role("link", name="登记结果").click()
    opened = page.get_by_role("dialog")
    expect(opened.get_by_label("未能见面的原因")).to_be_hidden()
    opened.get_by_label("未能见面", exact=True).check()
    expect(opened.get_by_label("答复了什么")).to_be_hidden()
    opened.get_by_label("已当面答复").check()
    opened.get_by_label("答复了什么").fill("涉农联络点已设到四个镇。")
    opened.get_by_label("代表意见").fill("希望明年接着来")
    opened.get_by_label("代表委员已签字").check()
    opened.get_by_role("button", name="保存").click()
    expect(page.locator("#toasts")).to_contain_text("走访结果已登记")
    assert list(Contact.objects.get().deputies.all()) == [gu]
    assert FirstTask.objects.get().visits.get().signed


@pytest.mark.parametrize("size", [None, PHONE], ids=["desk", "phone"])
def test_the_pages_are_accessible(
    page: Page, enter: Any, accessible: Any, office: User, gu: Deputy, size: Any
) -> None:
    if size:
        page.set_viewport_size(size)
    enter(office)
    page.goto(PAGE)
    accessible(page)
    page.get_by_role("button", name="用勾选的拟定名单").click()
    expect(page.get_by_role("button", name="定稿送审")).to_be_visible()
    accessible(page)
    page.get_by_role("button", name="定稿送审").click()
    expect(page.get_by_role("link", name="登记结果")).to_be_visible()
    accessible(page)
    page.wait_for_load_state()  # before its scripts run, a link is only a link
    page.get_by_role("link", name="登记结果").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
