"""The office asks for portraits, watches them being made and opens one; the worker works as it does in the product."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from staff.models import User
from tests.browser.conftest import PHONE
from tests.profiles.factories import asked, rich, thin, work

pytestmark = [
    pytest.mark.browser,
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def test_from_the_choice_to_the_booklet_in_the_hand(page: Page, enter: Any, office: User, worker: None) -> None:
    rich(by=office)
    thin("陈\U0002a6a5", by=office)
    enter(office)

    page.goto("/portraits/")
    page.get_by_role("link", name="生成印迹").first.click()
    page.get_by_label("年度").select_option("2026")
    expect(page.locator("#preview")).to_contain_text("将生成 2份")
    page.get_by_role("button", name="开始生成 2 份").click()

    expect(page.locator("[data-finished=yes]")).to_be_visible(timeout=60_000)
    page.reload()
    expect(page.locator("#run-progress")).to_contain_text("已生成 1份")
    expect(page.locator("#run-progress")).to_contain_text("系统字体缺少“\U0002a6a5”字（U+2A6A5），无法印出姓名")
    with page.expect_popup() as opened:
        page.get_by_role("link", name=re.compile("打开.*欧阳禾清")).click()
    assert opened.value.url.endswith("/pdf/")
    with page.expect_download() as saved:
        page.get_by_role("link", name="打包下载").click()
    assert saved.value.suggested_filename == "检察印迹-2026.zip"


def test_persons_are_picked_by_their_initials(page: Page, enter: Any, office: User) -> None:
    thin("张禾", by=office)
    enter(office)

    page.goto("/portraits/new/?year=2026")
    page.get_by_label("指定人员").check()
    page.get_by_role("combobox", name="代表委员").fill("zh")
    page.get_by_role("option", name="张禾").click()

    expect(page.locator("#preview")).to_contain_text("将生成 1份")


def test_a_retry_starts_the_watch_again(page: Page, enter: Any, office: User) -> None:
    deputy = thin("陈\U0002a6a5", by=office)
    run = asked(deputy, by=office)
    work()
    deputy.name = "陈禾"
    deputy.save()
    enter(office)

    page.goto(f"/portraits/runs/{run.pk}/")
    page.get_by_role("button", name="重试").click()
    expect(page.locator("[data-finished=no]")).to_be_visible()
    work()

    expect(page.locator("[data-finished=yes]")).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("打开.*陈禾"))).to_be_visible()


@pytest.mark.parametrize("size", [None, PHONE], ids=["desk", "phone"])
def test_the_pages_are_accessible_and_never_scroll_sideways(
    page: Page, enter: Any, office: User, accessible: Any, size: dict[str, int] | None
) -> None:
    deputy = thin("陈\U0002a6a5", by=office)
    run = asked(deputy, thin("李禾", by=office), by=office)
    work()
    enter(office)
    if size:
        page.set_viewport_size(size)

    for path in ("", "new/", f"runs/{run.pk}/", "verify/?code=zh26"):
        page.goto(f"/portraits/{path}")
        accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
