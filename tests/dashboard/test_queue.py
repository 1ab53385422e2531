"""「该联络谁」: whom to meet next, and why."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from common.denied import Denied
from dashboard.queue import Queue, queue, scope
from deputies import actions
from deputies.models import Deputy, Level, Pause, QuietTime
from staff.models import AuditEvent, Department, User
from suggestions.models import ResultClass
from tests.dashboard.house import met
from tests.deputies.factories import logged, method, person
from tests.factories import TermFactory
from tests.suggestions import factories as suggestions

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 10)


@pytest.fixture(autouse=True)
def june() -> Iterator[None]:
    with time_machine.travel(f"{TODAY}T09:00+08:00", tick=False):
        yield


def of(user: User, leader: User | None = None) -> Queue:
    return queue(scope(user, leader, TODAY), user, TODAY)


def proposed(user: User, leader: User | None = None) -> dict[str, list[str]]:
    return {line.deputy.name: line.reasons for line in of(user, leader).lines}


def days_ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def young(**fields: Any) -> Deputy:
    """In a term that has just begun: nothing is overdue in it yet."""
    return person(term=TermFactory(number=6, starts_on=date(2026, 1, 10)), **fields)


def test_never_met_comes_before_long_ago(office: User) -> None:
    old, never = person("甲生", by=office), person("乙生", by=office)
    met(office, old, on=days_ago(300))
    assert list(proposed(office)) == [never.name, old.name]
    assert proposed(office)["乙生"] == ["尚无联络记录", "区人大代表任期过半未走访"]
    assert proposed(office)["甲生"] == ["上次联络300天前"]


def test_a_visit_in_a_former_term_is_no_contact_in_this_one(office: User) -> None:
    deputy = person(by=office)
    met(office, deputy, on=date(2021, 5, 5))
    assert proposed(office)[deputy.name][0].startswith("本届尚未联络，上次联络")


def test_half_the_term_gone_without_a_visit_is_a_reason_though_there_were_calls(office: User) -> None:
    deputy = person(by=office)
    logged(by=office, deputies=[deputy], method=method("phone"), happened_on=days_ago(60))
    assert proposed(office)[deputy.name] == ["上次联络60天前", "区人大代表任期过半未走访"]


def test_the_last_activity_is_told_when_it_is_long_ago(office: User) -> None:
    deputy = person(by=office)
    logged(by=office, deputies=[deputy], method=method("activity"), happened_on=days_ago(412))
    met(office, deputy, on=days_ago(200))
    assert "上次参加活动412天前" in proposed(office)[deputy.name]


def test_any_contact_by_anyone_takes_a_person_out_and_undoing_it_brings_the_person_back(
    office: User, handler: User
) -> None:
    deputy = person(by=office)
    contact = met(handler, deputy, on=days_ago(1))
    assert proposed(office) == {}
    actions.withdraw_contact(contact=contact, by=handler)
    assert list(proposed(office)) == [deputy.name]


def test_a_mass_mailing_changes_nothing(office: User) -> None:
    deputy = person(by=office)
    logged(by=office, deputies=[deputy], method=method("mail"), happened_on=days_ago(1))
    assert proposed(office)[deputy.name][0] == "尚无联络记录"


def test_an_answer_on_paper_without_a_visit_since_comes_first(office: User, department: Department) -> None:
    never, answered = person("甲生", by=office), young(name="乙生", by=office)
    met(office, answered, on=date(2026, 3, 20))
    suggestion = suggestions.handling(office, department, lead=answered)
    suggestions.answer(suggestion, office, result_class=ResultClass.objects.get(code="B"))
    told = proposed(office)
    assert told["乙生"][:2] == [f"建议提案{suggestions.REPLIED}答复后未回访", "1件建议提案的承诺待落实"]
    assert list(told) == ["乙生", never.name]


def test_an_overdue_follow_up_is_a_reason(office: User) -> None:
    deputy = young(by=office)
    contact = met(office, deputy, on=days_ago(50))
    actions.add_follow_up(contact=contact, what="送方案", owner=office, due_on=days_ago(20), by=office)
    assert proposed(office)[deputy.name] == ["后续事项已逾期：送方案", "上次联络50天前"]


def test_somebody_met_often_lately_is_left_in_peace_and_it_is_said_why(office: User) -> None:
    deputy = person(by=office)
    for days in (31, 40, 50, 60):
        logged(by=office, deputies=[deputy], method=method("phone"), happened_on=days_ago(days))
    found = of(office)
    assert found.lines == []
    assert found.resting[0].reasons[-1] == "近90天已联络4次"


def test_a_leader_has_the_own_people_only(office: User, leader: User) -> None:
    mine, other = person("甲生", by=office), person("乙生", by=office)
    actions.pair(leader=leader, with_=mine, from_on=days_ago(90), by=office)
    assert list(proposed(office, leader)) == [mine.name]
    assert set(proposed(leader)) == {mine.name, other.name}


def test_a_handler_sees_those_whose_liaison_he_is_and_nobody_else(
    office: User, leader: User, handler: User, other_handler: User, login: Any
) -> None:
    mine = person("甲生", by=office)
    person("乙生", by=office)
    actions.pair(leader=leader, liaison=handler, with_=mine, from_on=days_ago(90), by=office)
    assert list(proposed(handler)) == [mine.name]
    assert proposed(other_handler) == {}
    assert login(handler).get(f"/queue/?leader={leader.pk}").status_code == 400


def test_a_pause_keeps_a_person_out_until_its_day_and_can_be_undone(office: User) -> None:
    deputy = person(by=office)
    pause = actions.pause(deputy=deputy, until=TODAY, reason="出国学习", by=office)
    assert of(office).lines == []
    assert [each.reason for each in of(office).paused] == ["出国学习"]
    tomorrow = TODAY + timedelta(days=1)
    assert [line.deputy for line in queue(scope(office, None, tomorrow), office, tomorrow).lines] == [deputy]
    actions.lift_pause(pause=pause, by=office)
    assert list(proposed(office)) == [deputy.name]
    assert set(AuditEvent.objects.values_list("action", flat=True)) >= {"deputy.paused", "deputy.pause_lifted"}


def test_only_who_set_a_pause_or_the_office_lifts_it(office: User, handler: User, other_handler: User) -> None:
    pause = actions.pause(deputy=person(by=office), until=TODAY, reason="休养", by=handler)
    with pytest.raises(Denied, match="赵联络登记"):
        actions.lift_pause(pause=pause, by=other_handler)
    actions.lift_pause(pause=pause, by=office)
    with pytest.raises(Denied, match="已经取消"):
        actions.lift_pause(pause=pause, by=office)


def test_a_new_pause_replaces_the_old_one(office: User) -> None:
    deputy = person(by=office)
    for days in (5, 9):
        actions.pause(deputy=deputy, until=TODAY + timedelta(days=days), reason="休养", by=office)
    assert [pause.until for pause in Pause.objects.in_force(TODAY)] == [TODAY + timedelta(days=9)]


@pytest.mark.parametrize("wrong", [{"reason": ""}, {"lifted_at": "2026-06-10T09:00+08:00"}, {"second": True}])
def test_the_database_refuses_a_pause_that_makes_no_sense(wrong: dict, office: User) -> None:
    facts = {"deputy": person(by=office), "until": TODAY, "reason": "休养", "set_by": office}
    if wrong.pop("second", False):
        Pause.objects.create(**facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        Pause.objects.create(**facts | wrong)


@pytest.mark.parametrize("wrong", [{"name": ""}, {"last_on": days_ago(9)}, {"level": "street"}])
def test_the_database_refuses_a_quiet_time_that_makes_no_sense(wrong: dict) -> None:
    facts = {"name": "区两会", "first_on": TODAY, "last_on": TODAY}
    with pytest.raises(IntegrityError), transaction.atomic():
        QuietTime.objects.create(**facts | wrong)


def test_during_the_two_sessions_nobody_of_that_level_is_proposed(office: User, login: Any) -> None:
    person("甲生", by=office)
    person("乙生", by=office, term=TermFactory(level=Level.CITY, place="江南市"))
    QuietTime.objects.create(name="区两会", first_on=days_ago(1), last_on=TODAY, level=Level.DISTRICT)
    assert list(proposed(office)) == ["乙生"]
    assert "区两会期间（至2026年6月10日）" in login(office).get("/queue/").content.decode()


def test_pausing_from_the_page_says_so_and_offers_to_undo(office: User, login: Any) -> None:
    deputy, client = person(by=office), login(office)
    facts = {"until": "2026-07-01", "reason": "出国学习"}
    response = client.post(f"/deputies/{deputy.pk}/pause/", facts, headers={"HX-Request": "true"})
    undo = re.search(r'hx-post="([^"]+lift/)"', response.content.decode())
    assert undo
    assert "closeDialog" in response.headers["HX-Trigger"]
    client.post(undo[1], headers={"HX-Request": "true"})
    assert not Pause.objects.in_force(TODAY).exists()


@pytest.mark.parametrize(
    ("until", "why"), [("2026-06-09", "今天或以后"), ("2028-01-01", "最长暂缓一年"), ("", "这个字段是必填项")]
)
def test_a_pause_needs_a_day_ahead(until: str, why: str, office: User, login: Any) -> None:
    response = login(office).post(f"/deputies/{person(by=office).pk}/pause/", {"until": until, "reason": "休养"})
    assert response.status_code == 422
    assert why in response.content.decode()


def test_no_score_is_shown(office: User, login: Any) -> None:
    person(by=office)
    assert not re.search("排名|积分|打分|得分|优先级|权重", login(office).get("/queue/").content.decode())


def test_every_line_leads_to_the_log_to_the_file_and_to_a_pause(office: User, login: Any) -> None:
    pk = person(by=office).pk
    html = login(office).get("/queue/").content.decode()
    assert all(url in html for url in (f"/contacts/quick/?deputy={pk}", f"/deputies/{pk}/", f"/deputies/{pk}/pause/"))


def test_an_empty_queue_says_so(office: User, login: Any) -> None:
    assert "眼下没有需要安排联络的代表委员" in login(office).get("/queue/").content.decode()


def test_the_number_of_queries_does_not_grow_with_people(office: User, leader: User, client: Client) -> None:
    client.force_login(office)

    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert client.get("/queue/").status_code == 200
        return len(caught)

    def more(number: int) -> None:
        for index in range(number):
            met(office, person(f"代表{number}{index}", by=office), on=days_ago(200 + index))

    more(3)
    queries()
    few = queries()
    more(60)
    assert queries() == few <= 22
