"""走访材料: one file per leader, with everything for the visits of the day."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pypdfium2
import pytest
import time_machine
from django.test import Client

from deputies import actions as people
from deputies.models import Deputy
from reports import pack_facts, pdf, views
from staff.models import AuditEvent, Department, User
from suggestions import actions
from suggestions.models import FirstTask, FirstVisit, Kind, ResultClass
from tests.activities.factories import jpeg
from tests.deputies.factories import logged, person
from tests.factories import AreaFactory
from tests.suggestions import factories as make
from tests.suggestions import first_task_factories as first_task

pytestmark = pytest.mark.django_db
Login = Callable[[User], Client]
PHONE = "13912345678"


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-02-23 10:00+08:00", tick=False):
        yield


@pytest.fixture
def gu(office: User, leader: User) -> Deputy:
    known = person("顾云舟", by=office, unit="知禾供电服务公司", phone=PHONE, area=AreaFactory(name="甘露镇"))
    people.pair(leader=leader, with_=known.area, from_on=date(2026, 1, 4), by=office)
    logged(by=office, deputies=[known], note="看了线路走廊", happened_on=date(2026, 2, 3))
    return known


@pytest.fixture
def visit(office: User, chief: User, leader: User, department: Department, gu: Deputy, handler: User) -> FirstVisit:
    """A promise of last year and words on the report, on an approved list."""
    planned = ResultClass.objects.get(code="B")
    facts = {"summary": "已列入今年改造计划。", "result_class": planned, "title": "关于保护线路走廊的建议"}
    promised = first_task.answered(office, department, lead=gu, signed_by=chief, **facts)
    make.verdict(promised.replies.get(), office, gu, received_on=date(2025, 6, 3))
    said = {"kind": Kind.DELIBERATION, "title": "加强涉农检察工作力量", "text": "让农民办事少跑路。"}
    words = make.registered(office, lead=gu, received_on=date(2026, 1, 9), **said)
    task = first_task.drawn_up(office)
    visit = first_task.listed(task, office, deputy=gu, leader=leader, items=[promised, words])
    FirstVisit.objects.filter(pk=visit.pk).update(starts_at="09:30", place="甘露镇供电所")
    visit.company.set([handler])
    actions.confirm_list(task=actions.fix_list(task=task, by=office), by=chief, remark="把话说透")
    return visit


def ask(client: Client, leader: User, status: int = 200) -> Any:
    answer = client.get(f"/reports/visit-pack/2026/{leader.pk}/")
    assert answer.status_code == status
    return answer


def read(data: bytes) -> list[str]:
    """The text of each page, without the blanks of spaced-out headings."""
    document = pypdfium2.PdfDocument(data)
    return ["".join(page.get_textpage().get_text_bounded().split()) for page in document]


def test_it_holds_the_list_the_one_page_the_answers_and_a_sheet_to_sign(
    login: Login, office: User, leader: User, gu: Deputy, visit: FirstVisit
) -> None:
    people.set_photo(deputy=gu, upload=jpeg(size=(300, 400)), by=office)
    answer = ask(login(leader), leader)
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/pdf", "no-store")
    cover, brief, answers, sheet = read(answer.content)
    for words in ("2026年2月24日", "09:30", "顾云舟", "甘露镇供电所", "赵联络陪同", "把话说透", "李副检"):
        assert words in cover, words
    for words in ("联络一页纸", "看了线路走廊", PHONE):
        assert words in brief, words
    for words in (
        "加强涉农检察工作力量", "让农民办事少跑路", "还没有答复", "关于保护线路走廊的建议", "已列入今年改造计划",
        "B类", "承诺待落实", "对办理态度满意",
    ):  # fmt: skip
        assert words in answers, words
    for words in ("面复记录", "代表委员（签字）", "走访领导（签字）", "记录人（签字）", "关于保护线路走廊的建议"):
        assert words in sheet, words


def test_the_number_is_on_it_only_for_those_who_may_see_it(
    login: Login, chief: User, leader: User, visit: FirstVisit
) -> None:
    assert PHONE not in "".join(read(ask(login(chief), leader).content))
    ask(login(leader), leader)
    made = AuditEvent.objects.filter(action="visit_pack.made").order_by("pk")
    assert ["phone" in each.changes for each in made] == [False, True]


def test_who_goes_along_has_the_own_visits_in_it(
    login: Login, office: User, leader: User, handler: User, other_handler: User, visit: FirstVisit
) -> None:
    actions.reopen_list(task=FirstTask.objects.get(), by=office)
    first_task.listed(FirstTask.objects.get(), office, deputy=person("林秋", by=office), leader=leader)
    assert "林秋" not in "".join(read(ask(login(handler), leader).content))
    assert "林秋" in "".join(read(ask(login(office), leader).content))
    ask(login(other_handler), leader, 404)


def test_a_leader_without_visits_has_no_pack(login: Login, chief: User, visit: FirstVisit) -> None:
    ask(login(chief), chief, 404)


def test_whoever_was_dropped_is_not_in_it(login: Login, office: User, leader: User, visit: FirstVisit) -> None:
    actions.reopen_list(task=FirstTask.objects.get(), by=office)
    actions.drop(visit=FirstVisit.objects.get(), by=office)
    ask(login(office), leader, 404)


def test_too_many_for_one_file_are_told(
    login: Login, office: User, leader: User, visit: FirstVisit, monkeypatch
) -> None:
    monkeypatch.setattr(views, "MOST_VISITS", 0)
    assert "请分给几位领导" in ask(login(office), leader, 409).content.decode()


def test_a_character_without_a_shape_is_told(login: Login, office: User, leader: User, visit: FirstVisit) -> None:
    Deputy.objects.filter(pk=visit.deputy_id).update(name="张\U000f0000")
    assert "系统字体缺少" in ask(login(office), leader, 409).content.decode()


def test_long_words_flow_and_the_one_page_stays_one_page(office: User, leader: User, visit: FirstVisit) -> None:
    item = visit.suggestions.first()
    assert item
    item.text = "希望线路走廊早日整治，别让隐患过年。" * 250
    item.save()
    for day in range(1, 20):
        logged(by=office, deputies=[visit.deputy], note="谈到线路走廊的整治。" * 40, happened_on=date(2026, 1, day))
    visits = list(FirstVisit.objects.with_names())
    told = pack_facts.build(visits, office, date(2026, 2, 23))
    pages = read(pdf.make_pack(told, [visit.deputy], identifier="test").data)
    assert len(pages) > 5
    assert sum("联络一页纸" in page for page in pages) == 1
    assert "答复材料" in pages[2]
    assert "面复记录" in pages[-1]
    assert f"{len(pages)}/{len(pages)}" in pages[-1]


def test_somebody_without_items_and_without_a_plan_has_a_pack_too(login: Login, office: User, leader: User) -> None:
    first_task.listed(first_task.drawn_up(office), office, deputy=person("林秋", by=office), leader=leader)
    text = "".join(read(ask(login(office), leader).content))
    assert "待定" in text
    assert "听取对检察工作的意见" in text
