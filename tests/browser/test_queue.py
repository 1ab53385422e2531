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
        complaints[:] = [
            each for each in complaints if not any(word in each for word in ("ERR_", "422", "403", "htmx:"))
        ]

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
    assert "还有 1 条没有发送" in asked[0]
    assert phone.evaluate("Object.keys(localStorage).length") == 0
    forgive()


def test_somebody_else_on_the_same_device_neither_sees_nor_sends_it_and_it_waits_for_its_writer(
    phone: Page, context: BrowserContext, enter: Enter, office: User, handler: User, forgive: Callable[[], None]
) -> None:
    log_without_network(phone, context, "zxb 走访 谈到高压线路改造")
    enter(office)
    context.set_offline(False)
    phone.goto("/deputies/")
    phone.wait_for_load_state("networkidle")
    expect(phone.locator(BADGE)).to_be_hidden()
    assert "quick-form:" not in phone.evaluate(
        f"Object.keys(localStorage).filter((k) => k.endsWith(':{handler.pk}')).join()"
    )
    assert not Contact.objects.exists()
    enter(handler)
    phone.goto("/deputies/")
    expect(phone.locator(".toast")).to_contain_text("已发送 1 条")
    assert Contact.objects.get().recorded_by == handler
    forgive()


def test_two_windows_send_an_entry_once(phone: Page, context: BrowserContext, forgive: Callable[[], None]) -> None:
    other = context.new_page()
    other.goto("/deputies/")
    log_without_network(phone, context, "zxb 走访 谈到高压线路改造")
    expect(other.locator(BADGE)).to_have_text("待发送 1 条")
    context.set_offline(False)
    expect(phone.locator(BADGE)).to_be_hidden()
    expect(other.locator(BADGE)).to_be_hidden()
    assert Contact.objects.count() == 1
    forgive()


@pytest.mark.parametrize("status", [500, 503])
def test_a_server_that_is_down_takes_nothing_away(phone: Page, status: int, complaints: list[str]) -> None:
    phone.locator(".tab-plus").click()
    phone.get_by_label("一句话").fill("zxb 走访 谈到高压线路改造")
    expect(phone.locator(".line-read .chip")).to_have_count(2)
    phone.route("**/contacts/quick/", lambda route: route.fulfill(status=status, body="down"))
    phone.locator("dialog").get_by_role("button", name="保存").click()
    expect(phone.locator(".toast")).to_contain_text("内容已保留")
    expect(phone.get_by_label("联络内容")).to_have_value("谈到高压线路改造")
    phone.unroute("**/contacts/quick/")
    phone.locator("dialog").get_by_role("button", name="保存").click()
    expect(phone.locator("dialog")).to_have_count(0)
    assert Contact.objects.count() == 1
    complaints[:] = [each for each in complaints if str(status) not in each]


# --- a page that was closed opens without network ---


@pytest.fixture
def closed(phone: Page, context: BrowserContext) -> Page:
    """The browser was closed; the network is gone; the address is opened."""
    phone.evaluate("navigator.serviceWorker.ready.then(() => true)")
    context.set_offline(True)
    phone.goto("/deputies/")
    expect(phone.get_by_role("heading", name="没有网络")).to_be_visible()
    return phone


def test_a_page_that_was_closed_opens_without_network_and_takes_a_contact_down(
    closed: Page,
    context: BrowserContext,
    deputy: Deputy,
    forgive: Callable[[], None],
    accessible: Callable[[Page], None],
) -> None:
    closed.get_by_label("先记下这次联络").fill("张晓北 走访 昨天 谈到高压线路")
    closed.reload()  # a draft never vanishes
    closed.get_by_label("先记下这次联络").press("End")
    closed.keyboard.type("改造")
    closed.keyboard.press("Control+Enter")
    expect(closed.locator("#offline-waiting")).to_contain_text("有 1 条待发送")
    expect(closed.get_by_label("先记下这次联络")).to_have_value("")
    assert "高压线路" not in closed.locator("body").inner_text()  # nobody is signed in here
    accessible(closed)
    context.set_offline(False)
    expect(closed.locator(".toast")).to_contain_text("已发送 1 条")
    contact = Contact.objects.get()
    assert (contact.deputies.get(), contact.note) == (deputy, "谈到高压线路改造")
    forgive()


def test_whom_the_line_names_unclearly_is_asked_for_when_the_network_is_back(
    closed: Page, context: BrowserContext, office: User, forgive: Callable[[], None]
) -> None:
    units = {unit: person("王芳", by=office, unit=unit) for unit in ("区人民医院", "禾塘小学")}
    for line in ("王芳 走访 谈体检", "赵明明 走访 谈普法"):
        closed.get_by_label("先记下这次联络").fill(line)
        closed.get_by_role("button", name="存在这台设备上").click()
    context.set_offline(False)
    expect(closed.locator(BADGE)).to_have_text("未被接受 2 条")
    closed.locator(BADGE).click()
    expect(closed.locator("dialog")).to_contain_text("“王芳”不止一位")
    closed.get_by_role("button", name="打开修改").first.click()
    expect(closed.get_by_label("联络内容")).to_have_value("谈体检")
    closed.locator("dialog [data-take]", has_text="禾塘小学").click()
    closed.locator("dialog").get_by_role("button", name="保存").click()
    expect(closed.locator(BADGE)).to_have_text("未被接受 1 条")
    assert Contact.objects.get().deputies.get() == units["禾塘小学"]
    forgive()


def test_who_never_signed_in_here_can_take_nothing_down(
    closed: Page, context: BrowserContext, forgive: Callable[[], None]
) -> None:
    closed.evaluate("localStorage.clear()")
    closed.reload()
    expect(closed.get_by_text("联网登录后才能登记联络")).to_be_visible()
    expect(closed.get_by_label("先记下这次联络")).to_be_hidden()
    forgive()


def test_the_browser_keeps_the_shell_and_nothing_of_anybody(
    closed: Page, deputy: Deputy, forgive: Callable[[], None]
) -> None:
    kept = closed.evaluate(
        """(async () => {
          const answers = [];
          for (const name of await caches.keys()) {
            const cache = await caches.open(name);
            for (const key of await cache.keys()) {
              answers.push([new URL(key.url).pathname, await (await cache.match(key)).text()]);
            }
          }
          return answers;
        })()"""
    )
    files = dict(kept)
    assert sorted(path for path in files if not path.startswith("/static/")) == ["/offline/"]
    assert not [path for path, text in files.items() if deputy.name in text or "csrfmiddlewaretoken" in text]
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
