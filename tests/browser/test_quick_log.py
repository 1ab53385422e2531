"""The journey that has to take twenty seconds: N, initials, Enter, a digit, a note, Ctrl+Enter."""

from collections.abc import Callable

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from deputies.models import Contact, Deputy
from staff.models import User
from tests.browser.conftest import DESK, PHONE
from tests.deputies.factories import person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
Enter = Callable[[User], None]


@pytest.fixture
def deputy(office: User) -> Deputy:
    person("李敏", by=office, unit="青禾小学")
    return person("张晓北", by=office, unit="知禾供电服务公司")


def choose(page: Page, letters: str, name: str) -> None:
    expect(page.locator(".picker-input")).to_be_focused()
    page.keyboard.type(letters)
    expect(page.locator("dialog [role=option]").first).to_contain_text(name)
    page.keyboard.press("Enter")
    expect(page.locator("dialog .chip")).to_contain_text(name)


def test_a_contact_is_logged_with_the_keyboard_alone_and_undone(
    page: Page, enter: Enter, office: User, deputy: Deputy
) -> None:
    enter(office)
    page.set_viewport_size(DESK)
    page.goto("/deputies/")
    page.locator("tr", has_text="张晓北").get_by_text("尚未联络").wait_for()
    page.keyboard.press("n")
    choose(page, "zxb", "张晓北")
    page.keyboard.press("3")
    page.keyboard.press("Tab")
    page.keyboard.type("谈到高压线路改造")
    page.keyboard.press("Control+Enter")
    expect(page.locator("dialog")).to_have_count(0)
    expect(page.locator(".toast")).to_contain_text("已登记联络")
    row = page.locator("tr", has_text="张晓北")
    expect(row).to_contain_text("今天")
    contact = Contact.objects.get()
    assert (contact.method.name, contact.note, contact.deputies.get()) == ("电话", "谈到高压线路改造", deputy)
    page.locator("[data-toast-undo]").click()
    expect(page.locator(".toast")).to_contain_text("已撤回")
    expect(row).to_contain_text("尚未联络")
    assert not Contact.objects.standing().exists()


def test_a_contact_is_logged_with_the_thumb_in_the_lift(
    page: Page, enter: Enter, handler: User, deputy: Deputy
) -> None:
    enter(handler)
    page.set_viewport_size(PHONE)
    page.goto(f"/deputies/{deputy.pk}/")
    page.locator(".tab-plus").click()
    choose(page, "zhangxiao", "张晓北")
    page.get_by_text("走访", exact=True).click()
    page.get_by_label("联络内容").fill("走访供电所")
    page.locator("dialog").get_by_role("button", name="保存").click()
    expect(page.locator(".toast")).to_contain_text("已登记联络")
    expect(page.locator("#timeline")).to_contain_text("走访供电所")
    assert Contact.objects.get().recorded_by == handler


def test_a_refused_note_stays_in_the_dialog(
    page: Page, enter: Enter, office: User, deputy: Deputy, complaints: list[str]
) -> None:
    enter(office)
    page.goto(f"/deputies/{deputy.pk}/")
    page.locator(".page-head").get_by_text("登记联络").click()
    expect(page.locator(".chip", has_text="张晓北")).to_be_visible()
    page.get_by_text("走访", exact=True).click()
    page.get_by_label("联络内容").fill("谈到（2026）苏0205刑初12号")
    page.keyboard.press("Control+Enter")
    expect(page.locator("dialog")).to_contain_text("12309")
    expect(page.get_by_label("联络内容")).to_have_value("谈到（2026）苏0205刑初12号")
    complaints[:] = [each for each in complaints if "422" not in each]


@pytest.mark.parametrize("url", ["/deputies/", "/contacts/", "/follow-ups/", "/deputies/new/", "/contacts/quick/"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_each_page_is_accessible_and_fits(
    page: Page, enter: Enter, office: User, deputy: Deputy, accessible: Callable[[Page], None], url: str, size: dict
) -> None:
    enter(office)
    page.set_viewport_size(size)
    page.goto(url)
    accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("ending", ["too old", "gone"])
def test_a_session_that_ends_while_typing_takes_nothing_along(
    page: Page, enter: Enter, office: User, deputy: Deputy, ending: str
) -> None:
    enter(office)
    page.goto("/deputies/?q=zxb")
    page.keyboard.press("n")
    choose(page, "zxb", "张晓北")
    page.get_by_label("联络内容").fill("谈到高压线路改造")
    end_session(ending)
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/accounts/login/?next=*deputies*zxb")
    enter(office)
    page.goto("/deputies/")
    page.keyboard.press("n")
    expect(page.locator("dialog .chip")).to_contain_text("张晓北")
    expect(page.get_by_label("联络内容")).to_have_value("谈到高压线路改造")


def end_session(ending: str) -> None:
    session = Session.objects.get()
    if ending == "gone":
        session.delete()
        return
    store = SessionStore(session.session_key)
    store["seen_at"] = 0
    store.save()


def test_a_cancelled_log_is_not_offered_again(page: Page, enter: Enter, office: User, deputy: Deputy) -> None:
    enter(office)
    page.goto("/deputies/")
    page.keyboard.press("n")
    page.get_by_label("联络内容").fill("点错了")
    page.locator("dialog").get_by_role("link", name="取消").click()
    page.keyboard.press("n")
    expect(page.get_by_label("联络内容")).to_have_value("")


def test_a_long_form_survives_the_end_of_the_session_and_is_forgotten_once_saved(
    page: Page, enter: Enter, office: User
) -> None:
    enter(office)
    page.goto("/deputies/new/")
    page.get_by_label("姓名").fill("周稻香")
    page.get_by_label("联系电话").fill("100-0000-0001")
    end_session("too old")
    page.get_by_role("button", name="保存").click()
    page.wait_for_url("**/accounts/login/?next=%2Fdeputies%2Fnew%2F")
    enter(office)
    page.goto("/deputies/new/")
    expect(page.get_by_label("姓名")).to_have_value("周稻香")
    expect(page.get_by_label("联系电话")).to_have_value("")  # a telephone number is not left lying about
    page.get_by_role("button", name="保存").click()
    expect(page.locator(".toast")).to_contain_text("已为周稻香建档")
    page.goto("/deputies/new/")
    expect(page.get_by_label("姓名")).to_have_value("")
