"""In the gallery of a session: fifty an hour without the mouse, with or without network; then the decomposition."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, Route, expect

from deputies import actions as deputies
from deputies.models import Deputy
from staff.models import Department, User
from suggestions.models import Hearing, Point, Suggestion, Utterance
from tests.browser.conftest import DESK, PHONE
from tests.deputies.factories import person
from tests.factories import TermFactory
from tests.suggestions.hearings import hearing, said

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
Enter = Callable[[User], None]
# initials, name
DELEGATION = [("cj", "程锦"), ("dyt", "杜雨桐"), ("zdx", "周稻香")]


@pytest.fixture
def meeting(office: User, handler: User) -> Hearing:
    term = TermFactory()
    for _, name in DELEGATION:
        deputy = deputies.register_deputy(by=office, name=name, unit="知禾电缆有限公司")
        deputies.give_seat(deputy=deputy, term=term, by=office, group="甘露镇代表团")
    return hearing(office, listeners=[handler], held_on=timezone.localdate())


@pytest.fixture
def gallery(page: Page, enter: Enter, handler: User, meeting: Hearing) -> Page:
    enter(handler)
    page.goto(f"/suggestions/hearings/{meeting.pk}/capture/")
    expect(page.get_by_role("combobox", name="发言人")).to_be_focused()
    return page


@pytest.fixture
def forgive(complaints: list[str]) -> Callable[[], None]:
    """A request without network, or one that is refused, is an error in the console."""

    def _forgive() -> None:
        complaints[:] = [
            each for each in complaints if not any(word in each for word in ("ERR_", "422", "409", "htmx:"))
        ]

    return _forgive


def speak(page: Page, initials: str, words: str) -> None:
    """Somebody new speaks: back to the speaker, initials, Tab, words, Enter."""
    if page.locator(".capture .chip").count():
        page.keyboard.press("Shift+Tab")
    page.keyboard.type(initials)
    page.keyboard.press("Tab")
    page.keyboard.type(words)
    page.keyboard.press("Enter")


def saved(page: Page, number: int) -> None:
    """So many rows, each as the server has it."""
    expect(page.locator(".said[data-version]:not(.gone)")).to_have_count(number)
    expect(page.locator("[data-count]")).to_have_text(str(number))


def test_ten_are_taken_down_by_keyboard_alone(gallery: Page, meeting: Hearing, handler: User) -> None:
    for round_ in range(3):
        for initials, name in DELEGATION:
            speak(gallery, initials, f"{name}第{round_}次发言")
    gallery.keyboard.type("还有一句")  # the speaker stays
    gallery.keyboard.press("Enter")
    saved(gallery, 10)
    expect(gallery.get_by_label("原话")).to_be_focused()
    expect(gallery.locator(".said").last).to_be_in_viewport()
    rows = list(Utterance.objects.order_by("said_at").select_related("speaker"))
    assert [row.by_whom for row in rows] == [name for _, name in DELEGATION] * 3 + ["周稻香"]
    assert rows[-1].words == "还有一句"
    assert {row.recorded_by for row in rows} == {handler}


def test_an_input_method_that_confirms_with_enter_saves_nothing(gallery: Page) -> None:
    speak(gallery, "cj", "第一条")
    saved(gallery, 1)
    gallery.get_by_label("原话").fill("nihao")
    gallery.evaluate(
        "document.getElementById('capture-words').dispatchEvent("
        "new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true, cancelable: true }))"
    )
    expect(gallery.get_by_label("原话")).to_have_value("nihao")
    assert Utterance.objects.count() == 1


def test_somebody_nobody_knows_is_taken_down_as_heard(gallery: Page) -> None:
    gallery.keyboard.type("后排女代表")
    expect(gallery.locator(".picker-note")).to_contain_text("以后再认定")
    gallery.keyboard.press("Tab")
    gallery.keyboard.type("烟花售卖点离学校太近")
    gallery.keyboard.press("Enter")
    saved(gallery, 1)
    one = Utterance.objects.get()
    assert (one.speaker, one.heard_as) == (None, "后排女代表")


def test_somebody_of_another_house_is_found_on_the_server(gallery: Page, office: User) -> None:
    guest = person("顾云舟", by=office, term=TermFactory(level="city", place="禾城市", number=17))
    gallery.keyboard.type("gyz")
    gallery.get_by_role("option", name="顾云舟").wait_for()
    gallery.keyboard.press("Tab")
    gallery.keyboard.type("列席的话")
    gallery.keyboard.press("Enter")
    saved(gallery, 1)
    assert Utterance.objects.get().speaker == guest


def test_the_last_one_is_corrected_removed_and_brought_back_without_the_mouse(gallery: Page) -> None:
    speak(gallery, "cj", "第一条")
    speak(gallery, "dyt", "第二条，说错了")
    saved(gallery, 2)
    gallery.keyboard.press("ArrowUp")
    expect(gallery.locator("[data-mode]")).to_contain_text("杜雨桐")
    gallery.keyboard.press("Control+A")
    gallery.keyboard.type("第二条")
    gallery.keyboard.press("Enter")
    expect(gallery.locator(".said[data-version='2']")).to_contain_text("第二条")
    for _ in range(2):
        gallery.keyboard.press("ArrowUp")
    expect(gallery.locator("[data-mode]")).to_contain_text("程锦")
    gallery.keyboard.press("Control+A")
    gallery.keyboard.press("Delete")
    gallery.keyboard.press("Enter")
    expect(gallery.locator(".said.gone[data-version='2']")).to_contain_text("第一条")
    saved(gallery, 1)
    assert [row.words for row in Utterance.objects.filter(withdrawn_at=None)] == ["第二条"]
    gallery.keyboard.press("Control+z")
    expect(gallery.locator(".said[data-version='3']")).to_contain_text("第一条")
    saved(gallery, 2)
    assert Utterance.objects.filter(withdrawn_at=None).count() == 2
    expect(gallery.locator(".capture .chip")).to_contain_text("杜雨桐")  # who spoke last speaks on


def test_what_is_said_without_network_waits_and_is_sent_once(
    gallery: Page, context: BrowserContext, forgive: Callable[[], None]
) -> None:
    context.set_offline(True)
    speak(gallery, "cj", "断网时的话")
    speak(gallery, "zdx", "断网时的第二句")
    expect(gallery.locator("[data-waiting]")).to_have_text("待发送 2 条")
    gallery.keyboard.press("ArrowUp")
    gallery.keyboard.type("，更正过")
    gallery.keyboard.press("Enter")
    gallery.keyboard.type("写了一半")
    assert not Utterance.objects.exists()
    context.set_offline(False)
    saved(gallery, 2)
    expect(gallery.locator("[data-waiting]")).to_be_hidden()
    assert [row.words for row in Utterance.objects.order_by("said_at")] == ["断网时的话", "断网时的第二句，更正过"]
    gallery.reload()
    saved(gallery, 2)
    expect(gallery.get_by_label("原话")).to_have_value("写了一半")
    expect(gallery.locator(".capture .chip")).to_contain_text("周稻香")
    assert Utterance.objects.count() == 2
    forgive()


def test_an_answer_that_was_lost_does_not_make_a_second_row(gallery: Page, forgive: Callable[[], None]) -> None:
    def lose_answer(route: Route) -> None:
        route.fetch()
        route.abort("connectionreset")

    gallery.route("**/say/", lose_answer)
    speak(gallery, "cj", "只有一条")
    expect(gallery.locator("[data-waiting]")).to_have_text("待发送 1 条")
    gallery.unroute("**/say/")
    gallery.reload()
    saved(gallery, 1)
    assert Utterance.objects.count() == 1
    forgive()


def test_a_correction_typed_while_the_first_words_are_on_their_way_follows_them(gallery: Page) -> None:
    held: list[Route] = []
    gallery.route("**/say/", lambda route: held.append(route))
    speak(gallery, "cj", "初稿")
    gallery.wait_for_timeout(200)
    gallery.keyboard.press("ArrowUp")
    gallery.keyboard.type("，已更正")
    gallery.keyboard.press("Enter")
    held[0].continue_()
    expect(gallery.locator(".said[data-version='2']")).to_contain_text("初稿，已更正")
    assert Utterance.objects.get().words == "初稿，已更正"


def test_what_is_refused_says_why_and_is_mended(gallery: Page, forgive: Callable[[], None]) -> None:
    speak(gallery, "cj", "商业秘密保护要加强")
    row = gallery.locator(".said.refused")
    expect(row).to_contain_text("请确认不涉及国家秘密")
    row.get_by_role("button", name="打开修改").click()
    dialog = gallery.get_by_role("dialog")
    dialog.get_by_label("已确认不涉及").check()
    dialog.get_by_role("button", name="保存").click()
    saved(gallery, 1)
    expect(gallery.locator(".refused")).to_have_count(0)
    assert Utterance.objects.get().words == "商业秘密保护要加强"
    forgive()


def test_with_a_thumb_on_the_phone(gallery: Page) -> None:
    gallery.set_viewport_size(PHONE)
    gallery.get_by_role("combobox", name="发言人").fill("zdx")
    gallery.get_by_role("option", name="周稻香").click()
    gallery.get_by_label("原话").fill("在手机上记的")
    gallery.get_by_role("button", name="保存").click()
    saved(gallery, 1)
    gallery.locator(".said").click()
    gallery.get_by_role("button", name="删除这条").click()
    expect(gallery.locator(".said.gone[data-version='2']")).to_have_count(1)
    saved(gallery, 0)
    gallery.get_by_role("button", name="恢复").click()
    saved(gallery, 1)
    assert gallery.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_what_was_said_is_decomposed_and_assigned(
    page: Page, enter: Enter, office: User, leader: User, department: Department, meeting: Hearing
) -> None:
    for number, (_, name) in enumerate(DELEGATION):
        said(meeting, office, f"第{number}句话", Deputy.objects.get(name=name))
    said(meeting, office, "办得好", heard_as="后排女代表")
    enter(office)
    page.goto("/suggestions/")
    page.get_by_role("link", name="审议旁听").click()
    page.get_by_role("link", name="甘露镇代表团").first.click()
    page.get_by_role("checkbox", name="选这条：程锦").check()
    page.get_by_role("checkbox", name="选这条：杜雨桐").check()
    expect(page.locator("[data-ticked]")).to_have_text("已选 2 条")
    page.get_by_label("归纳意见").fill("联络点延伸到村")
    page.get_by_role("group", name="责任部门").get_by_label(str(department)).check()
    page.get_by_label("责任领导").select_option(label=str(leader))
    page.get_by_role("button", name="分解所选发言").click()
    expect(page.locator("#toasts")).to_contain_text("已分解")
    expect(page.get_by_label("归纳意见")).to_have_value("")

    page.get_by_role("checkbox", name="选这条：后排女代表").check()
    page.get_by_text("所选发言不需办理").click()
    page.get_by_label("不需办理的理由").fill("肯定工作")
    page.get_by_role("button", name="列为不需办理").click()
    expect(page.locator(".meter")).to_contain_text("1 条 待分解")

    page.wait_for_load_state()  # before its scripts run, a link is only a link
    page.get_by_role("link", name="交办 1 条").click()
    page.get_by_role("dialog").get_by_role("button", name="保存").click()
    expect(page.locator("#toasts")).to_contain_text("已交办1条")
    assert Point.objects.get().voices.count() == 2
    assert Suggestion.objects.get().department == department


def test_a_speaker_is_recognised_in_the_dialog_and_the_ticks_stay(
    page: Page, enter: Enter, office: User, meeting: Hearing
) -> None:
    said(meeting, office, "第一句", Deputy.objects.get(name="程锦"))
    unknown = said(meeting, office, "第二句", heard_as="后排女代表")
    enter(office)
    page.goto(f"/suggestions/hearings/desk/?hearing={meeting.pk}")
    page.get_by_role("checkbox", name="选这条：程锦").check()
    page.get_by_role("link", name="认定发言人").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("combobox").fill("zdx")
    dialog.get_by_role("option", name="周稻香").click()
    dialog.get_by_role("button", name="保存").click()
    expect(page.locator(".desk-list")).not_to_contain_text("待认定")
    expect(page.get_by_role("checkbox", name="选这条：程锦")).to_be_checked()
    unknown.refresh_from_db()
    assert unknown.by_whom == "周稻香"


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_each_page_is_accessible_and_fits(
    page: Page, enter: Enter, office: User, meeting: Hearing, accessible: Callable[[Page], None], size: Any
) -> None:
    said(meeting, office, "第一句", Deputy.objects.get(name="程锦"))
    said(meeting, office, "第二句", heard_as="后排女代表")
    enter(office)
    page.set_viewport_size(size)
    for path in ("", "new/", "desk/", "annex/", f"{meeting.pk}/capture/"):
        page.goto(f"/suggestions/hearings/{path}")
        accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
