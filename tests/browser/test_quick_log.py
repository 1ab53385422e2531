"""The journey that has to take twenty seconds: N, initials, Enter, a digit, a note, Ctrl+Enter."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import Page, expect

from deputies.models import Contact, Deputy
from staff.models import User
from tests.browser.conftest import DESK, PHONE
from tests.common.pictures import data
from tests.deputies.factories import logged, person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
Enter = Callable[[User], None]


@pytest.fixture
def deputy(office: User) -> Deputy:
    person("李敏", by=office, unit="青禾小学")
    return person("张晓北", by=office, unit="知禾供电服务公司")


def choose(page: Page, letters: str, name: str) -> None:
    page.locator(".picker-input").click()
    page.keyboard.type(letters)
    expect(page.locator("dialog [role=option]").first).to_contain_text(name)
    page.keyboard.press("Enter")
    expect(page.locator("dialog .picker .chip")).to_contain_text(name)


def say(page: Page, words: str) -> None:
    expect(page.get_by_label("一句话")).to_be_focused()
    page.keyboard.type(words)


def test_a_line_is_logged_with_the_keyboard_alone_and_undone(
    page: Page, enter: Enter, office: User, deputy: Deputy
) -> None:
    enter(office)
    page.set_viewport_size(DESK)
    page.goto("/deputies/")
    page.locator("tr", has_text="张晓北").get_by_text("尚未联络").wait_for()
    page.keyboard.press("n")
    say(page, "zxb 3 今天 谈到高压线路改造")
    for chip in ("张晓北", "电话"):
        expect(page.locator(".line-read .chip", has_text=chip)).to_be_visible()
    expect(page.get_by_label("联络内容")).to_have_value("谈到高压线路改造")
    page.keyboard.press("Control+Enter")
    expect(page.locator("dialog")).to_have_count(0)
    expect(page.locator(".toast")).to_contain_text("已登记联络")
    row = page.locator("tr", has_text="张晓北")
    expect(row).to_contain_text("今天")
    contact = Contact.objects.get()
    assert (contact.method.name, contact.note, contact.deputies.get()) == ("电话", "谈到高压线路改造", deputy)
    page.keyboard.press("z")
    expect(page.locator(".toast")).to_contain_text("已撤回")
    expect(row).to_contain_text("尚未联络")
    assert not Contact.objects.standing().exists()


def test_saving_before_the_line_is_answered_reads_all_of_it(
    page: Page, enter: Enter, office: User, deputy: Deputy
) -> None:
    enter(office)
    page.goto("/deputies/")
    page.keyboard.press("n")
    say(page, "zxb 走访")
    expect(page.locator(".line-read .chip")).to_have_count(2)
    page.keyboard.insert_text(" 昨天 谈到高压线路改造")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".toast")).to_contain_text("已登记联络")
    contact = Contact.objects.get()
    assert (contact.note, contact.deputies.get()) == ("谈到高压线路改造", deputy)
    assert contact.happened_on == timezone.localdate() - timedelta(days=1)


def test_a_namesake_is_asked_about_and_chosen_by_keyboard(page: Page, enter: Enter, office: User) -> None:
    units = {unit: person("王芳", by=office, unit=unit) for unit in ("区人民医院", "禾塘小学")}
    enter(office)
    page.goto("/deputies/")
    page.keyboard.press("n")
    say(page, "wf 走访 谈体检")
    expect(page.locator("[data-ask]")).to_contain_text("禾塘小学")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".toast")).to_contain_text("请先选定")
    expect(page.locator("[data-pick]").first).to_be_focused()
    while units["禾塘小学"].unit not in page.evaluate("document.activeElement.textContent"):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator(".line-read .chip", has_text="王芳（禾塘小学）")).to_be_visible()
    page.keyboard.press("Control+Enter")
    expect(page.locator("dialog")).to_have_count(0)
    assert Contact.objects.get().deputies.get() == units["禾塘小学"]


def test_chips_are_taken_back_and_fields_corrected_by_keyboard(
    page: Page, enter: Enter, office: User, deputy: Deputy
) -> None:
    enter(office)
    page.goto("/deputies/")
    page.keyboard.press("n")
    say(page, "zxb 走访 昨天 谈电价")
    expect(page.locator(".line-read .chip")).to_have_count(3)
    for key in ("ArrowDown", "ArrowRight", "Delete"):
        page.keyboard.press(key)
    expect(page.locator(".line-read .chip")).to_have_count(2)
    expect(page.get_by_label("联络内容")).to_have_value("走访 谈电价")
    expect(page.get_by_label("一句话")).to_be_focused()
    page.keyboard.press("Alt+3")
    page.keyboard.type("和线路")
    expect(page.get_by_label("联络内容")).to_have_value("走访 谈电价和线路")
    page.keyboard.press("Control+Enter")
    expect(page.locator("dialog")).to_have_count(0)
    assert Contact.objects.get().method.name == "电话"


def test_up_takes_the_last_people_again(page: Page, enter: Enter, office: User, deputy: Deputy) -> None:
    logged(by=office, deputies=[deputy, Deputy.objects.get(name="李敏")])
    enter(office)
    page.goto("/deputies/")
    page.keyboard.press("n")
    expect(page.get_by_label("一句话")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator("dialog .picker .chip")).to_have_count(2)
    say(page, "电话 补充谈线路")
    page.keyboard.press("Control+Enter")
    expect(page.locator("dialog")).to_have_count(0)
    assert Contact.objects.order_by("-pk")[0].deputies.count() == 2


def just_logged(page: Page) -> None:
    """The keys of the next steps wait in a toast on the page where the line was written."""
    page.goto("/deputies/?q=zxb")
    page.keyboard.press("n")
    say(page, "zxb 走访 谈电价")
    page.keyboard.press("Control+Enter")
    expect(page.locator("dialog")).to_have_count(0)
    page.locator("[data-ticking] [data-key]").first.wait_for()


def test_after_saving_one_key_each_leads_on_without_another_page(
    page: Page, enter: Enter, office: User, deputy: Deputy
) -> None:
    enter(office)
    just_logged(page)
    page.keyboard.press("y")
    expect(page.get_by_label("原话")).to_be_focused()
    page.keyboard.type("渠要早清")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".toast", has_text="已登记意见")).to_be_visible()
    expect(page.locator("dialog")).to_have_count(0)
    assert page.url.endswith("/deputies/?q=zxb")
    page.keyboard.press("t")
    page.locator("[name=what]").fill("送清淤方案")
    page.locator("[name=due_on]").fill((timezone.localdate() + timedelta(days=30)).isoformat())
    page.keyboard.press("Control+Enter")
    expect(page.locator(".toast", has_text="已登记后续事项")).to_be_visible()
    expect(page.locator("dialog")).to_have_count(0)
    contact = Contact.objects.get()
    assert (contact.opinions.count(), contact.follow_ups.count()) == (1, 1)
    page.keyboard.press("j")
    page.wait_for_url("**/suggestions/new/?opinion=*")
    expect(page.locator("[name=text]")).to_have_value("渠要早清")


def test_after_saving_one_key_leads_to_a_photo_and_back(
    page: Page, enter: Enter, office: User, deputy: Deputy
) -> None:
    enter(office)
    just_logged(page)
    page.keyboard.press("p")
    page.locator("#photo-input").set_input_files({"name": "IMG.jpg", "mimeType": "image/jpeg", "buffer": data()})
    expect(page.locator("dialog .photo-grid img")).to_have_count(1)
    page.get_by_role("button", name="完成").click()
    expect(page.locator("dialog")).to_have_count(0)
    assert page.url.endswith("/deputies/?q=zxb")
    assert Contact.objects.get().photos.count() == 1


def test_a_contact_is_logged_with_the_thumb_in_the_lift(
    page: Page, enter: Enter, handler: User, deputy: Deputy
) -> None:
    enter(handler)
    page.set_viewport_size(PHONE)
    page.goto(f"/deputies/{deputy.pk}/")
    page.locator(".tab-plus").click()
    page.locator("[data-take]", has_text="张晓北").click()
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


def test_the_page_of_its_own_is_typed_into_at_once_and_survives_a_reload(
    page: Page, enter: Enter, office: User, deputy: Deputy
) -> None:
    enter(office)
    page.goto("/contacts/quick/")
    say(page, "zxb 走访 谈电价")
    expect(page.get_by_label("联络内容")).to_have_value("谈电价")
    page.reload()
    expect(page.get_by_label("一句话")).to_have_value("zxb 走访 谈电价")
    expect(page.locator(".picker .chip")).to_contain_text("张晓北")
    page.get_by_label("一句话").press("Control+Enter")
    expect(page.locator(".toast")).to_contain_text("已登记联络")
    page.goto("/contacts/quick/")
    expect(page.get_by_label("一句话")).to_have_value("")
    assert Contact.objects.get().deputies.get() == deputy


def test_a_reload_and_a_key_pressed_twice_cost_and_add_nothing(
    page: Page, enter: Enter, office: User, deputy: Deputy
) -> None:
    enter(office)
    page.goto("/deputies/")
    page.keyboard.press("n")
    say(page, "zxb 走访 谈电价")
    expect(page.locator(".line-read .chip")).to_have_count(2)
    page.reload()
    page.keyboard.press("n")
    expect(page.get_by_label("一句话")).to_have_value("zxb 走访 谈电价")
    expect(page.locator("dialog .picker .chip")).to_contain_text("张晓北")
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)
    page.keyboard.press("n")
    expect(page.get_by_label("联络内容")).to_have_value("谈电价")
    page.get_by_label("一句话").press("Control+Enter")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".toast[data-ticking]")).to_contain_text("已登记联络")
    page.keyboard.press("z")
    expect(page.locator(".toast")).to_contain_text("已撤回")
    page.keyboard.press("z")
    assert Contact.objects.count() == 1
    assert not Contact.objects.standing().exists()


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
    page.wait_for_load_state("networkidle")  # a request still on its way would write the session back
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


def test_a_pasted_list_is_looked_over_and_picked(page: Page, enter: Enter, office: User, deputy: Deputy) -> None:
    enter(office)
    page.goto("/deputies/")
    page.keyboard.press("n")
    page.get_by_text("粘贴名单").click()
    page.get_by_label("名单或群里的回复").fill("1. 张晓北 收到，参加\n李敏：出差，请假\n赵明明")
    page.get_by_role("button", name="识别").click()
    expect(page.locator(".matched")).to_contain_text("“赵明明”不在名册中")
    page.get_by_role("button", name="加入所选").click()
    expect(page.locator("dialog .picker .chip")).to_have_count(1)
    expect(page.locator("dialog .picker .chip")).to_contain_text("张晓北")
