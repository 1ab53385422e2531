"""The lift has no network: what was typed is kept on the phone and sent once."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from deputies.models import Contact, Deputy
from staff.models import User
from tests.browser.conftest import PHONE
from tests.deputies.factories import person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
Enter = Callable[[User], None]
BADGE = ".queue-badge"


@pytest.fixture
def deputy(office: User) -> Deputy:
    return person("张晓北", by=office, unit="知禾供电服务公司")


@pytest.fixture
def phone(page: Page, enter: Enter, handler: User, deputy: Deputy) -> Page:
    """In the hand, and the form was open once."""
    enter(handler)
    page.set_viewport_size(PHONE)
    page.goto("/deputies/")
    page.locator(".tab-plus").click()
    page.get_by_label("一句话").wait_for()
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)
    return page


@pytest.fixture
def forgive(complaints: list[str]) -> Callable[[], None]:
    """A request without network is an error in the console."""

    def _forgive() -> None:
        complaints[:] = [each for each in complaints if not any(word in each for word in ("ERR_", "422", "htmx:"))]

    return _forgive


def log_without_network(phone: Page, context: BrowserContext, line: str) -> None:
    context.set_offline(True)
    phone.locator(".tab-plus").click()
    phone.get_by_label("一句话").fill(line)
    phone.locator("dialog").get_by_role("button", name="保存").click()
    expect(phone.locator("dialog")).to_have_count(0)


def test_a_contact_of_the_lift_is_sent_once_when_the_network_is_back(
    phone: Page, context: BrowserContext, deputy: Deputy, forgive: Callable[[], None]
) -> None:
    log_without_network(phone, context, "zxb 走访 今天 谈到高压线路改造")
    expect(phone.locator(BADGE)).to_have_text("待发送 1 条")
    phone.locator(BADGE).click()
    expect(phone.locator("dialog")).to_contain_text("谈到高压线路改造")
    phone.get_by_role("button", name="关闭", exact=True).click()
    assert not Contact.objects.exists()
    context.set_offline(False)
    expect(phone.locator(BADGE)).to_be_hidden()
    contact = Contact.objects.get()
    assert (contact.note, contact.deputies.get(), contact.happened_on) == (
        "谈到高压线路改造",
        deputy,
        timezone.localdate(),
    )
    phone.reload()
    phone.wait_for_load_state("networkidle")
    assert Contact.objects.count() == 1
    forgive()


def test_an_answer_that_was_lost_does_not_make_a_second_row(
    phone: Page, context: BrowserContext, forgive: Callable[[], None]
) -> None:
    """The server saved it, the network went before its answer came."""

    def lose_answer(route: Route) -> None:
        if route.request.method == "POST":
            route.fetch()
            route.abort("connectionreset")
        else:
            route.continue_()

    phone.locator(".tab-plus").click()
    phone.get_by_label("一句话").fill("zxb 走访 谈到高压线路改造")
    phone.route("**/contacts/quick/", lose_answer)
    phone.locator("dialog").get_by_role("button", name="保存").click()
    expect(phone.locator(BADGE)).to_have_text("待发送 1 条")
    assert Contact.objects.count() == 1
    phone.unroute("**/contacts/quick/")
    phone.reload()
    expect(phone.locator(BADGE)).to_be_hidden()
    assert Contact.objects.count() == 1
    forgive()


def test_what_is_refused_stays_says_why_and_can_be_mended(
    phone: Page, context: BrowserContext, deputy: Deputy, forgive: Callable[[], None]
) -> None:
    log_without_network(phone, context, "zxb 走访 谈商业秘密保护")
    context.set_offline(False)
    expect(phone.locator(BADGE)).to_have_text("未被接受 1 条")
    phone.locator(BADGE).click()
    expect(phone.locator("dialog")).to_contain_text("请确认不涉及国家秘密")
    phone.get_by_role("button", name="打开修改").click()
    expect(phone.get_by_label("联络内容")).to_have_value("谈商业秘密保护")
    phone.get_by_label("已确认不涉及").check()
    phone.locator("dialog").get_by_role("button", name="保存").click()
    expect(phone.locator(BADGE)).to_be_hidden()
    assert Contact.objects.get().deputies.get() == deputy
    forgive()


def test_a_waiting_entry_can_be_discarded(phone: Page, context: BrowserContext, forgive: Callable[[], None]) -> None:
    log_without_network(phone, context, "zxb 走访 写错了")
    phone.locator(BADGE).click()
    phone.once("dialog", lambda question: question.accept())
    phone.get_by_role("button", name="丢弃").click()
    expect(phone.locator(BADGE)).to_be_hidden()
    context.set_offline(False)
    phone.reload()
    assert not Contact.objects.exists()
    forgive()


def test_a_log_out_warns_of_what_was_not_sent_and_then_drops_it(
    phone: Page, context: BrowserContext, forgive: Callable[[], None]
) -> None:
    log_without_network(phone, context, "zxb 走访 谈商业秘密保护")
    context.set_offline(False)
    expect(phone.locator(BADGE)).to_have_text("未被接受 1 条")
    asked: list[str] = []
    phone.once("dialog", lambda question: (asked.append(question.message), question.dismiss()))
    phone.locator(".topbar summary").click()
    phone.get_by_role("button", name="退出登录").click()
    expect(phone.locator(BADGE)).to_be_visible()
    phone.once("dialog", lambda question: question.accept())
    phone.get_by_role("button", name="退出登录").click()
    phone.wait_for_url("**/accounts/**")
    assert "还有 1 条联络没有发送" in asked[0]
    assert phone.evaluate("Object.keys(localStorage).length") == 0
    forgive()


def test_somebody_else_on_the_same_device_sees_nothing_of_it(
    phone: Page, context: BrowserContext, enter: Enter, office: User, forgive: Callable[[], None]
) -> None:
    log_without_network(phone, context, "zxb 走访 谈到高压线路改造")
    enter(office)
    phone.unroute_all()
    with phone.expect_response("**/deputies/"):
        context.set_offline(False)
        phone.goto("/deputies/")
    assert "queue:" not in phone.evaluate("Object.keys(localStorage).join()")
    forgive()


def test_every_target_of_the_dialog_is_wide_enough_for_a_thumb(phone: Page) -> None:
    phone.locator(".tab-plus").click()
    phone.get_by_label("一句话").fill("zxb 走访 谈电价")
    expect(phone.locator(".line-read .chip")).to_have_count(2)
    small = phone.evaluate(
        """[...document.querySelectorAll("dialog button, dialog label.choice, dialog .btn, dialog summary")]
        .filter((e) => e.getClientRects().length && e.getBoundingClientRect().height < 40).map((e) => e.outerHTML)"""
    )
    assert not small
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_thumb_is_not_met_by_the_keyboard_and_picks_with_taps(
    browser: Browser, base_url: str, handler: User, deputy: Deputy
) -> None:
    """A touch screen: nothing to type has the focus; only the note is typed."""
    client = Client()
    client.force_login(handler)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True, base_url=base_url)
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": base_url}])
    page = context.new_page()
    page.goto("/deputies/")
    page.locator(".tab-plus").tap()
    expect(page.locator("dialog")).to_be_focused()
    page.locator("[data-take]", has_text="张晓北").tap()
    page.get_by_text("走访", exact=True).tap()
    page.get_by_label("联络内容").fill("谈到高压线路改造")
    page.locator("dialog").get_by_role("button", name="保存").tap()
    expect(page.locator(".toast")).to_contain_text("已登记联络")
    context.close()
    assert Contact.objects.get().deputies.get() == deputy
