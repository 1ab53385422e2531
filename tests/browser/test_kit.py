"""The kit in a real browser: dialogs, drafts, toasts, shortcuts, the person picker, and no CSP complaint."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from staff.models import User
from tests.browser.conftest import PHONE

pytestmark = [
    pytest.mark.browser,
    pytest.mark.urls("tests.browser.kit_urls"),
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


@pytest.fixture
def gallery(page: Page) -> Page:
    page.goto("/gallery/")
    return page


def open_dialog(page: Page) -> None:
    page.get_by_role("button", name="打开对话框").click()
    expect(page.get_by_role("dialog", name="登记联络")).to_be_visible()


def fill_dialog(page: Page) -> None:
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("姓名", exact=True).fill("王芳")
    dialog.get_by_label("日期").fill("2026-03-05")
    dialog.get_by_label("走访").check()


def test_the_kit_is_accessible_at_a_desk(gallery: Page, accessible: Any) -> None:
    accessible(gallery)


def test_the_kit_is_accessible_on_a_phone_and_never_scrolls_sideways(gallery: Page, accessible: Any) -> None:
    gallery.set_viewport_size(PHONE)

    accessible(gallery)
    assert gallery.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_the_csp_refuses_inline_script(gallery: Page, complaints: list[str]) -> None:
    """Negative control: the collector of complaints does see a violation."""
    gallery.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.x=1'}))"
    )

    assert any("Content Security Policy" in text for text in complaints)
    complaints.clear()


def test_a_dialog_opens_and_escape_gives_the_focus_back(gallery: Page) -> None:
    open_dialog(gallery)

    gallery.keyboard.press("Escape")

    expect(gallery.get_by_role("dialog")).to_have_count(0)
    expect(gallery.get_by_role("button", name="打开对话框")).to_be_focused()


def test_an_open_dialog_is_accessible(gallery: Page, accessible: Any) -> None:
    open_dialog(gallery)

    accessible(gallery)


def test_a_wrong_form_stays_open_with_what_was_typed(gallery: Page, complaints: list[str]) -> None:
    open_dialog(gallery)
    gallery.get_by_role("dialog").get_by_label("联络内容").fill("谈小流域治理")

    gallery.keyboard.press("Control+Enter")
    gallery.evaluate("document.querySelector('#sample-dialog').noValidate = true")
    gallery.keyboard.press("Control+Enter")

    expect(gallery.get_by_role("dialog").locator(".has-error").first).to_be_visible()
    expect(gallery.get_by_role("dialog").get_by_label("联络内容")).to_have_value("谈小流域治理")
    complaints.clear()  # Chromium logs each 422 as a failed resource


def test_a_saved_form_closes_and_says_so_with_undo(gallery: Page) -> None:
    open_dialog(gallery)
    fill_dialog(gallery)

    gallery.keyboard.press("Control+Enter")

    expect(gallery.get_by_role("dialog")).to_have_count(0)
    expect(gallery.get_by_text("已登记：走访 王芳")).to_be_visible()
    expect(gallery.get_by_role("button", name="撤销")).to_be_visible()


def test_text_survives_an_accidental_close(gallery: Page) -> None:
    open_dialog(gallery)
    gallery.get_by_role("dialog").get_by_label("联络内容").fill("谈小流域治理")
    gallery.keyboard.press("Escape")

    open_dialog(gallery)

    expect(gallery.get_by_role("dialog").get_by_label("联络内容")).to_have_value("谈小流域治理")
    expect(gallery.get_by_text("已恢复您上次没有保存的内容")).to_be_visible()


def test_what_was_typed_survives_a_reload_of_the_page(page: Page, enter: Any, office: User) -> None:
    enter(office)
    page.goto("/gallery/")
    open_dialog(page)
    choose(page, "王")
    page.reload()

    open_dialog(page)

    expect(chips(page)).to_have_text("王芳")


def test_a_draft_is_gone_after_logging_out(page: Page, enter: Any, office: User) -> None:
    enter(office)
    page.goto("/gallery/")
    open_dialog(page)
    choose(page, "王")
    page.keyboard.press("Escape")
    page.locator(".rail .user-menu summary").click()
    page.get_by_role("button", name="退出登录").click()
    page.wait_for_url("**/accounts/login/**")
    enter(office)
    page.goto("/gallery/")

    open_dialog(page)

    expect(chips(page)).to_have_count(0)


def test_a_draft_is_gone_when_somebody_else_signs_in(page: Page, enter: Any, office: User, chief: User) -> None:
    enter(office)
    page.goto("/gallery/")
    open_dialog(page)
    choose(page, "王")
    enter(chief)
    page.reload()
    assert not page.evaluate("Object.keys(sessionStorage).filter((key) => key.startsWith('draft'))")


def test_a_saved_form_opens_empty_the_next_time(gallery: Page) -> None:
    open_dialog(gallery)
    fill_dialog(gallery)
    gallery.keyboard.press("Control+Enter")
    expect(gallery.get_by_role("dialog")).to_have_count(0)

    open_dialog(gallery)

    expect(gallery.get_by_role("dialog").get_by_label("姓名", exact=True)).to_have_value("")


def test_without_network_the_text_is_kept_and_the_user_is_told(gallery: Page, complaints: list[str]) -> None:
    open_dialog(gallery)
    fill_dialog(gallery)
    gallery.context.set_offline(True)

    gallery.keyboard.press("Control+Enter")

    expect(gallery.get_by_text("网络不通，内容已保留，请稍后重试")).to_be_visible()
    expect(gallery.get_by_role("dialog").get_by_label("姓名", exact=True)).to_have_value("王芳")
    complaints.clear()


def test_n_opens_the_quick_log_but_not_while_typing(gallery: Page) -> None:
    gallery.get_by_label("姓名、拼音或单位").press("n")
    expect(gallery.get_by_role("dialog")).to_have_count(0)

    gallery.get_by_label("姓名、拼音或单位").blur()
    gallery.keyboard.press("n")

    expect(gallery.get_by_role("dialog")).to_be_visible()


def test_slash_goes_to_the_filter(gallery: Page) -> None:
    gallery.keyboard.press("/")

    expect(gallery.get_by_label("姓名、拼音或单位")).to_be_focused()
    expect(gallery.get_by_label("姓名、拼音或单位")).to_have_value("")


def choose(page: Page, words: str) -> None:
    box = page.get_by_role("dialog").get_by_role("combobox", name="代表委员")
    box.fill(words)
    expect(options(page).first).to_be_visible()
    box.press("Enter")


def options(page: Page) -> Any:
    return page.get_by_role("dialog").locator(".picker-list:not([hidden]) [role=option]")


def chips(page: Page) -> Any:
    return page.get_by_role("dialog").locator(".chip")


def test_the_picker_works_by_keyboard_alone(gallery: Page) -> None:
    open_dialog(gallery)

    choose(gallery, "王")
    choose(gallery, "李")

    expect(chips(gallery)).to_have_text(["王芳", "李秋实"])
    assert gallery.locator("#sample-dialog input[name=people]").evaluate_all("all => all.map(i => i.value)") == [
        "1",
        "2",
    ]


def test_arrows_move_through_the_options_and_wrap(gallery: Page) -> None:
    open_dialog(gallery)
    box = gallery.get_by_role("dialog").get_by_role("combobox", name="代表委员")
    box.press_sequentially("·")
    expect(options(gallery)).to_have_count(1)

    box.press("ArrowDown")

    selected = gallery.locator(".picker-list [aria-selected=true]")
    assert box.get_attribute("aria-activedescendant") == selected.get_attribute("id")


def test_backspace_takes_the_last_person_back(gallery: Page) -> None:
    open_dialog(gallery)
    choose(gallery, "王")
    choose(gallery, "李")

    gallery.keyboard.press("Backspace")

    expect(chips(gallery)).to_have_text(["王芳"])


def test_a_person_is_chosen_once(gallery: Page) -> None:
    open_dialog(gallery)
    choose(gallery, "王")
    choose(gallery, "王")

    expect(chips(gallery)).to_have_count(1)


def test_escape_closes_the_options_first_and_the_dialog_later(gallery: Page) -> None:
    open_dialog(gallery)
    gallery.get_by_role("dialog").get_by_role("combobox", name="代表委员").fill("王")
    expect(options(gallery).first).to_be_visible()

    gallery.keyboard.press("Escape")

    expect(options(gallery)).to_have_count(0)
    expect(gallery.get_by_role("dialog", name="登记联络")).to_be_visible()
