"""The suggestions of the customer's own story, entered from an empty house and closed: the nine answers of a first
working day after what was said of the work report, and the power line that was worked like a case for nine months."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

import pytest
import time_machine
from playwright.sync_api import Locator, Page, expect

from deputies import actions as people
from deputies.models import Contact
from staff.models import Department, Role, User
from suggestions.models import Approval, FirstTask, Suggestion
from suggestions.workflow import SuggestionState
from tests.factories import TermFactory, UserFactory
from tests.suggestions.conftest import NOW

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
SPEAKERS = ["程锦", "杜雨桐", "周稻香", "顾云舟", "何青禾", "陆明远", "沈秋实", "许知行", "袁满仓"]


@contextmanager
def on(page: Page, day: date) -> Iterator[None]:
    """Ten in the morning of ``day``, for the house and for the browser."""
    moment = datetime(day.year, day.month, day.day, 10, tzinfo=NOW.tzinfo)
    with time_machine.travel(moment, tick=True):
        page.clock.set_system_time(moment)
        yield


@pytest.fixture
def page(page: Page) -> Page:
    page.clock.install(time=NOW)
    return page


def dialog(page: Page, link: str) -> Locator:
    page.wait_for_load_state()  # before its scripts run, a link is only a link
    page.get_by_role("link", name=link, exact=True).first.click()
    opened = page.get_by_role("dialog")
    expect(opened).to_be_visible()
    return opened


def press(page: Page, opened: Locator, button: str, said: str) -> None:
    opened.get_by_role("button", name=button, exact=True).click()
    expect(page.locator("#toasts")).to_contain_text(said)


def judge(page: Page, day: date) -> None:
    """满意 in attitude and result, told face to face; then closed."""
    opened = dialog(page, "登记评价")
    opened.get_by_label("收到日期").fill(day.isoformat())
    for question in ("对办理态度", "对办理结果"):
        opened.get_by_role("group", name=question).get_by_label("满意", exact=True).check()
    opened.get_by_role("group", name="收到方式").get_by_label("当面").check()
    press(page, opened, "登记评价", "评价已登记")
    press(page, dialog(page, "办结"), "办结", "已办结")


def test_what_was_said_of_the_work_report_is_answered_at_nine_doors(
    page: Page, enter: Any, office: User, handler: User, chief: User, leader: User, department: Department
) -> None:
    term = TermFactory()
    for name in SPEAKERS:
        deputy = people.register_deputy(by=office, name=name, unit=f"{name}的单位")
        people.give_seat(deputy=deputy, term=term, by=office, group="甘露镇代表团")

    heard, first_day = date(2026, 1, 9), date(2026, 2, 24)
    with on(page, heard):
        enter(office)
        page.goto("/suggestions/hearings/")
        opened = dialog(page, "登记旁听场次")
        opened.get_by_label("届", exact=True).select_option(index=1)
        opened.get_by_label("会议", exact=True).fill("五次会议")
        opened.get_by_label("会议形式").select_option(label="代表团会议")
        opened.get_by_label("代表团").fill("甘露镇代表团")
        opened.get_by_label("日期").fill(heard.isoformat())
        opened.get_by_role("button", name="保存").click()
        page.get_by_role("link", name="记录发言").click()
        expect(page.get_by_role("combobox", name="发言人")).to_be_focused()
        for name in SPEAKERS:
            if page.locator(".capture .chip").count():
                page.keyboard.press("Shift+Tab")
            page.keyboard.type(name)
            page.keyboard.press("Tab")
            page.keyboard.type(f"{name}希望检察院多到村里来")
            page.keyboard.press("Enter")
        expect(page.locator(".said[data-version]:not(.gone)")).to_have_count(9)

        page.goto("/suggestions/hearings/desk/?year=2026")
        for name in SPEAKERS:
            page.get_by_role("checkbox", name=f"选这条：{name}").check()
            page.get_by_label("归纳意见").fill(f"{name}：检察工作多到村里")
            page.get_by_role("group", name="责任部门").get_by_label(str(department)).check()
            page.get_by_label("责任领导").select_option(label=str(leader))
            page.get_by_role("button", name="分解所选发言").click()
            expect(page.get_by_label("归纳意见")).to_have_value("")
        opened = dialog(page, "交办 9 条")
        press(page, opened, "保存", "已交办9条")

    with on(page, first_day):
        enter(office)
        page.goto("/suggestions/first-task/2026/")
        page.get_by_role("button", name="用勾选的拟定名单").click()
        page.get_by_role("button", name="定稿送审").click()
        enter(chief)
        page.goto("/suggestions/first-task/2026/")
        press(page, dialog(page, "审定"), "同意", "")
        enter(office)
        for visit in FirstTask.objects.get().visits.order_by("pk"):
            page.goto("/suggestions/first-task/2026/")
            row = page.locator(f'a[href="/suggestions/first-visits/{visit.pk}/result/"]').first
            page.wait_for_load_state()
            row.click()
            opened = page.get_by_role("dialog")
            opened.get_by_label("已当面答复").check()
            opened.get_by_label("答复了什么").fill("联络点已设到村里。")
            opened.get_by_label("代表委员已签字").check()
            press(page, opened, "保存", "走访结果已登记")
        for suggestion in Suggestion.objects.order_by("pk"):
            page.goto(f"/suggestions/{suggestion.pk}/")
            opened = dialog(page, "登记线下签发的答复")
            opened.get_by_label("答复日期").fill(first_day.isoformat())
            opened.get_by_label("签发/带队领导").select_option(label=chief.name)
            opened.get_by_label("答复要点").fill("联络点已设到村里，每季度到村一次。")
            opened.get_by_label("办理结果").select_option(label="A类 已解决或采纳")
            opened.get_by_label("送达方式").select_option(label="当面")
            press(page, opened, "登记线下签发的答复", "答复已登记")
            judge(page, first_day)
        page.goto("/suggestions/hearings/annex/?year=2026")
        for name in SPEAKERS:
            expect(page.get_by_role("main")).to_contain_text(name)

    assert Suggestion.objects.filter(state=SuggestionState.CLOSED).count() == 9
    assert FirstTask.objects.get().visits.filter(signed=True).count() == 9
    # One touch per door: the visit, which the answer in person does not write again.
    assert Contact.objects.standing().count() == 9


POWER_LINE = [
    (date(2025, 10, 14), "与供电公司会商，调取线路走廊资料"),
    (date(2025, 12, 3), "实地排查鱼塘、工地上方的隐患点"),
    (date(2026, 3, 18), "制发检察建议，推动整改"),
    (date(2026, 6, 20), "公开听证，邀请代表参加"),
]


def test_the_power_line_is_worked_like_a_case_for_nine_months(
    page: Page, enter: Any, office: User, handler: User, chief: User, leader: User, department: Department
) -> None:
    term = TermFactory(level="national", place="全国", number=14)
    national = people.register_deputy(by=office, name="顾云舟", unit="知禾供电服务公司")
    people.give_seat(deputy=national, term=term, by=office, group="江苏代表团")
    head = UserFactory(role=Role.HANDLER, department=department, heads_department=True, name="秦主任")
    received, answered = date(2025, 9, 18), date(2026, 6, 20)

    with on(page, received):
        enter(office)
        page.goto("/suggestions/new/")
        page.get_by_label("类别", exact=True).select_option(label="日常意见")
        page.get_by_label("性质", exact=True).select_option(label="人大")
        page.get_by_label("层级", exact=True).select_option(label="全国")
        page.get_by_label("收到日期").fill(received.isoformat())
        page.get_by_role("combobox", name="领衔代表").fill("gyz")
        page.get_by_role("option", name="顾云舟").click()
        page.get_by_label("标题").fill("关于加强特高压架空输电线路安全监管的意见")
        page.locator("#id_text").fill("线下施工、垂钓、植树的隐患，单靠企业巡线发现得了、制止不了。")
        page.get_by_role("button", name="登记", exact=True).click()
        opened = dialog(page, "受理")
        opened.get_by_label("交办日", exact=True).fill(received.isoformat())
        opened.get_by_label("交办单位另定的期限").fill("2026-06-30")
        opened.get_by_label("另定期限的依据").fill("与代表商定，按案件化方式办理")
        opened.get_by_label("承办部门").select_option(label=department.name)
        opened.get_by_label("分管领导").select_option(label=leader.name)
        press(page, opened, "受理", "已受理")
    address = page.url

    for day, what in POWER_LINE:
        with on(page, day):
            enter(handler)
            page.goto(address)
            opened = dialog(page, "登记办理过程")
            opened.get_by_label("日期").fill(day.isoformat())
            opened.get_by_label("做了什么").fill(what)
            press(page, opened, "登记办理过程", "已登记")

    with on(page, answered):
        enter(handler)
        page.goto(address)
        opened = dialog(page, "登记面商")
        opened.get_by_label("代表委员的要求和意见").fill("希望把几家的责任串起来。")
        press(page, opened, "登记面商", "面商已登记")
        opened = dialog(page, "拟稿")
        opened.get_by_label("办理结果").select_option(label="A类 已解决或采纳")
        opened.get_by_label("答复要点").fill("隐患点位全部销号，建立多部门联合巡护机制。")
        opened.get_by_label("答复正文").fill("您提出的意见收悉。历时九个月，按案件化方式办理，现答复如下。")
        press(page, opened, "保存答复稿", "答复稿已保存")
        press(page, dialog(page, "送审"), "送审", "已送审")
        for reviewer, button, said in (
            (head, "审核同意", "已同意"),
            (office, "审核同意", "已同意"),
            (leader, "签发", "已签发"),
        ):
            enter(reviewer)
            page.goto(address)
            opened = dialog(page, button)
            expect(opened).to_contain_text("历时九个月")
            opened.get_by_label("批示").fill(f"{reviewer.name}：同意")
            press(page, opened, button, said)
        enter(handler)
        page.goto(address)
        opened = dialog(page, "登记送达")
        opened.get_by_label("送达方式").select_option(label="当面")
        opened.get_by_label("当面答复地点").fill("听证会现场")
        press(page, opened, "登记送达", "送达已登记")
        enter(office)
        page.goto(address)
        judge(page, answered)
        expect(page.get_by_text("历时9个多月")).to_be_visible()

    suggestion = Suggestion.objects.get()
    assert suggestion.state == SuggestionState.CLOSED
    assert [each.by for each in Approval.objects.order_by("pk")] == [head, office, leader]
    assert sorted(contact.method.code for contact in Contact.objects.all()) == ["consult", "reply"]
