"""One suggestion from its registration to its end, in a real browser, as the office and a handler work it."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from deputies.actions import register_deputy
from deputies.models import Contact, Deputy
from staff.models import Department, User
from suggestions.models import How, Suggestion
from suggestions.workflow import SuggestionState
from tests.browser.conftest import PHONE
from tests.suggestions import factories as make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def ago(days: int) -> str:
    return (timezone.localdate() - timedelta(days=days)).isoformat()


@pytest.fixture
def gu(office: User) -> Deputy:
    return register_deputy(by=office, name="顾云舟", unit="知禾电缆有限公司")


def register(page: Page) -> None:
    page.goto("/suggestions/")
    page.get_by_role("link", name="登记", exact=True).click()
    page.get_by_label("类别", exact=True).select_option(label="代表建议")
    page.get_by_label("性质", exact=True).select_option(label="人大")
    page.get_by_label("层级", exact=True).select_option(label="全国")
    page.get_by_label("收到日期").fill(ago(60))
    page.get_by_role("combobox", name="领衔代表").fill("gyz")
    page.get_by_role("option", name="顾云舟").click()
    page.get_by_label("标题").fill("关于加强特高压线路安全监管的建议")
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.get_by_role("heading", name="关于加强特高压线路安全监管的建议")).to_be_visible()


def dialog(page: Page, button: str) -> Any:
    page.wait_for_load_state()  # before its scripts run, a link is only a link
    page.locator(".toolbar").get_by_role("link", name=button, exact=True).click()
    opened = page.get_by_role("dialog")
    expect(opened).to_be_visible()
    return opened


def send(page: Page, opened: Any, button: str, said: str) -> None:
    opened.get_by_role("button", name=button, exact=True).click()
    expect(page.locator("#toasts")).to_contain_text(said)


def test_register_assign_step_reply_in_person_evaluate_and_close(
    page: Page, enter: Any, office: User, handler: User, chief: User, department: Department, gu: Deputy
) -> None:
    enter(office)
    register(page)

    opened = dialog(page, "受理")
    opened.get_by_label("承办部门").select_option(label=department.name)
    opened.get_by_label("交办日", exact=True).fill(ago(58))
    send(page, opened, "受理", "已受理")
    expect(page.get_by_text("为什么是这一天")).to_be_visible()
    expect(page.get_by_text("《代表法》第五十一条")).to_be_visible()

    enter(handler)
    page.reload()
    opened = dialog(page, "登记办理过程")
    opened.get_by_label("日期").fill(ago(40))
    opened.get_by_label("做了什么").fill("走访供电公司，现场查看线路走廊")
    send(page, opened, "登记办理过程", "已登记")

    enter(office)
    page.reload()
    opened = dialog(page, "登记线下签发的答复")
    opened.get_by_label("答复日期").fill(ago(5))
    opened.get_by_label("办理结果").select_option(label="A类 已解决或采纳")
    opened.get_by_label("签发/带队领导").select_option(label=chief.name)
    opened.get_by_label("答复要点").fill("已与供电公司建立联合巡护机制。")
    opened.get_by_label("送达方式").select_option(label="当面")
    send(page, opened, "登记线下签发的答复", "答复已登记")

    opened = dialog(page, "登记评价")
    opened.get_by_label("收到日期").fill(ago(2))
    for question in ("对办理态度", "对办理结果"):
        opened.get_by_role("group", name=question).get_by_label("满意", exact=True).check()
    opened.get_by_role("group", name="收到方式").get_by_label("当面").check()
    send(page, opened, "登记评价", "评价已登记")

    send(page, dialog(page, "办结"), "办结", "已办结")
    suggestion = Suggestion.objects.get()
    assert suggestion.state == SuggestionState.CLOSED
    contact = Contact.objects.get()
    assert contact.origin_key == f"reply:{suggestion.replies.get().pk}"
    assert list(contact.deputies.all()) == [gu]


def test_a_refusal_keeps_what_was_typed_in_the_dialog(
    page: Page, enter: Any, office: User, department: Department, gu: Deputy, complaints: list[str]
) -> None:
    suggestion = make.registered(office, lead=gu)
    enter(office)
    page.goto(f"/suggestions/{suggestion.pk}/")
    opened = dialog(page, "受理")
    opened.get_by_label("承办部门").select_option(label=department.name)
    opened.get_by_label("交办日", exact=True).fill("2026-02-01")
    opened.get_by_role("button", name="受理", exact=True).click()
    expect(opened.get_by_role("alert")).to_contain_text("不能早于收到日期")
    expect(opened.get_by_label("交办日", exact=True)).to_have_value("2026-02-01")
    complaints.clear()  # the browser reports the 409


@pytest.mark.parametrize("size", [None, PHONE], ids=["desk", "phone"])
def test_the_pages_are_accessible(
    page: Page, enter: Any, accessible: Any, office: User, department: Department, size: Any
) -> None:
    suggestion = make.handling(office, department)
    make.verdict(make.answer(suggestion, office, how=How.IN_PERSON), office)
    if size:
        page.set_viewport_size(size)
    enter(office)
    for path in ("", "new/", f"{suggestion.pk}/", f"{suggestion.pk}/edit/", f"{suggestion.pk}/close/"):
        page.goto(f"/suggestions/{path}")
        accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path
