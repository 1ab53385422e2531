"""The office takes an old roster in, sees what became of it, and takes it back; the worker works as in the product."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from deputies.models import Deputy
from staff.models import User
from tests.browser.conftest import PHONE
from tests.factories import DeputyFactory
from tests.intake.books import ROSTER, book

pytestmark = [
    pytest.mark.browser,
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
ROSTER_FILE = Path(__file__).parents[1] / "data" / "代表名册.xlsx"


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def uploaded(page: Page, path: Path) -> None:
    page.goto("/import/")
    page.get_by_label("选择文件").set_input_files(path)
    page.get_by_role("button", name="上传并预览").click()
    expect(page.locator("[data-state=ready]")).to_be_visible(timeout=30_000)


def test_from_the_old_workbook_to_the_files_and_back(page: Page, enter: Any, office: User, worker: None) -> None:
    enter(office)

    uploaded(page, ROSTER_FILE)
    expect(page.locator("#state")).to_contain_text("有内容的 19行 ＝ 导入 6行")
    page.get_by_role("link", name="出错 1").click()
    expect(page.locator("#rows")).to_contain_text("请填写姓名，或删去这一行")
    expect(page.locator("#rows")).not_to_contain_text("秦晓禾")
    with page.expect_download() as saved:
        page.get_by_role("link", name="下载出错的 1 行").click()
    assert saved.value.suggested_filename == "待改正-代表名册.xlsx"
    page.reload()
    page.get_by_role("button", name="确认导入").click()

    expect(page.locator("[data-state=done]")).to_be_visible(timeout=30_000)
    page.get_by_role("link", name="秦晓禾").click()
    expect(page.get_by_role("heading", name="秦晓禾")).to_be_visible()
    page.get_by_role("link", name="导入", exact=True).click()
    page.get_by_role("link", name="代表名册.xlsx").click()
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="整次撤销").click()

    expect(page.locator("[data-state=undone]")).to_be_visible(timeout=30_000)
    assert not Deputy.objects.exists()


def test_who_is_meant_and_what_a_heading_means_is_decided_with_the_keyboard(
    page: Page, enter: Any, office: User, worker: None, tmp_path: Path
) -> None:
    DeputyFactory(name="张三", phone="13800000001", unit="知禾中学")
    path = tmp_path / "区人大.xlsx"
    headings = [*ROSTER, "擅长"]
    book(
        {"知禾区第五届人大代表": [headings, [1, "张三", "男", "知禾小学", "校长", "13800000001", "区", "教育"]]}
    ).save(path)
    enter(office)

    uploaded(page, path)
    meaning = page.get_by_label("擅长")
    meaning.select_option(label="专业背景")
    meaning.press("Enter")
    page.get_by_role("button", name="记住并重新读取").press("Enter")
    expect(page.get_by_label("“张三”是")).to_be_visible(timeout=30_000)
    expect(page.get_by_label("擅长")).to_have_count(0)
    who = page.get_by_label("“张三”是")
    who.select_option(who.locator("option", has_text="知禾中学").get_attribute("value"))
    page.get_by_role("button", name="按认定重新读取").press("Enter")

    expect(page.locator("#rows")).to_contain_text("知禾中学 → 知禾小学", timeout=30_000)
    page.get_by_role("button", name="确认导入 更新 1 行").press("Enter")
    expect(page.locator("[data-state=done]")).to_be_visible(timeout=30_000)
    assert Deputy.objects.get().profession == "教育"


@pytest.mark.parametrize("size", [None, PHONE], ids=["desk", "phone"])
def test_the_pages_are_accessible_and_never_scroll_sideways(
    page: Page, enter: Any, office: User, accessible: Any, size: dict[str, int] | None, worker: None
) -> None:
    enter(office)
    if size:
        page.set_viewport_size(size)
    uploaded(page, ROSTER_FILE)
    page.get_by_text("读到的内容").click()
    for address in (page.url, "/import/", "/import/words/"):
        if address != page.url:
            page.goto(address)
        accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
