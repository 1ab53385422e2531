"""第一任务: the proposal in January, the list, and who decides it."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client

from common.calendar import Arrangement
from deputies import actions as people
from deputies.models import Deputy, Level
from staff.models import AuditEvent, Department, Role, User
from suggestions import actions
from suggestions.models import FirstTask, FirstVisit, How, Kind, ResultClass, VisitState
from tests.deputies.factories import person
from tests.factories import AreaFactory, TermFactory, UserFactory
from tests.suggestions import factories as make
from tests.suggestions import first_task_factories as first_task
from tests.suggestions.conftest import NOW

pytestmark = pytest.mark.django_db
Login = Callable[[User], Client]
PAGE = "/suggestions/first-task/"
JANUARY, DAY = datetime(2026, 1, 20, 10, tzinfo=NOW.tzinfo), datetime(2026, 2, 24, 18, tzinfo=NOW.tzinfo)


@pytest.fixture(autouse=True)
def clock(today: None) -> Iterator[Any]:
    """January 2026: the congress has sat, Spring Festival is ahead."""
    with time_machine.travel(JANUARY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def gu(office: User) -> Deputy:
    return person("顾云舟", by=office)


def read(client: Client, url: str = PAGE) -> str:
    return client.get(url).content.decode()


def said(office: User, lead: Deputy, received_on: date = date(2026, 1, 9), **fields: Any) -> Any:
    facts = {"kind": Kind.DELIBERATION, "title": "加强涉农检察工作力量", "received_on": received_on, **fields}
    return make.registered(office, lead=lead, **facts)


class TestTheDay:
    def test_a_year_not_announced_says_so_and_leads_to_the_holidays(self, login: Login, office: User) -> None:
        page = read(login(office), f"{PAGE}2027/")
        assert "待公布" in page
        assert 'href="/basics/holidays/2027/"' in page

    def test_it_is_the_first_working_day_after_spring_festival(self, login: Login, office: User) -> None:
        assert "2026年2月24日" in read(login(office))

    @pytest.mark.parametrize(
        ("worked", "day"), [((), "2027年2月15日"), ((date(2027, 2, 13),), "2027年2月13日")], ids=["plain", "调休"]
    )
    def test_the_offices_own_holidays_count(
        self, login: Login, office: User, worked: tuple[date, ...], day: str
    ) -> None:
        rows = [Arrangement("春节", date(2027, 2, 5), date(2027, 2, 12), worked)]
        actions.arrange_year(year=2027, rows=rows, source="国办发明电〔2026〕7号", by=office)
        assert day in read(login(office), f"{PAGE}2027/")

    def test_a_typed_year_without_spring_festival_is_not_known(self, login: Login, office: User) -> None:
        rows = [Arrangement("元旦", date(2027, 1, 1), date(2027, 1, 3))]
        actions.arrange_year(year=2027, rows=rows, source="国办发明电〔2026〕7号", by=office)
        assert "待公布" in read(login(office), f"{PAGE}2027/")

    @pytest.mark.parametrize("year", [1999, 2028, 99999])
    def test_a_year_too_far_away_is_no_page(self, login: Login, office: User, year: int) -> None:
        assert login(office).get(f"{PAGE}{year}/").status_code == 404


class TestWhoIsProposed:
    @pytest.fixture(autouse=True)
    def _leaders(self, chief: User, leader: User) -> None:
        """Without leaders nobody could go."""

    def proposed(self, login: Login, office: User) -> str:
        page = read(login(office))
        return page[page.index('id="proposal"') :] if 'id="proposal"' in page else ""

    def test_what_was_said_of_the_report_in_the_last_session(self, login: Login, office: User, gu: Deputy) -> None:
        said(office, gu)
        assert "2026年1月9日的区人大审议意见《加强涉农检察工作力量》，尚未答复" in self.proposed(login, office)

    def test_not_what_was_said_in_the_session_before(self, login: Login, office: User, gu: Deputy) -> None:
        said(office, gu, date(2025, 1, 10), title="去年的话")
        said(office, person("林秋", by=office))
        page = self.proposed(login, office)
        assert ("林秋" in page, "顾云舟" in page) == (True, False)

    def test_an_open_suggestion_of_last_year(self, login: Login, office: User, gu: Deputy) -> None:
        make.registered(office, lead=gu, received_on=date(2025, 11, 3), title="关于修灯的建议")
        assert "区人大代表建议《关于修灯的建议》正在办理" in self.proposed(login, office)

    def test_a_suggestion_answered_on_paper_only(
        self, login: Login, office: User, gu: Deputy, department: Department, chief: User
    ) -> None:
        first_task.answered(office, department, lead=gu, signed_by=chief)
        assert "已于2025年5月20日书面答复，还没有当面答复" in self.proposed(login, office)

    def test_not_one_answered_in_person_with_nothing_left_to_do(
        self, login: Login, office: User, gu: Deputy, department: Department, chief: User
    ) -> None:
        first_task.answered(office, department, lead=gu, signed_by=chief, how=How.IN_PERSON)
        assert "顾云舟" not in self.proposed(login, office)

    def test_not_what_was_spoken_of_at_a_visit(
        self, login: Login, office: User, gu: Deputy, clock: Any, leader: User
    ) -> None:
        made = said(office, gu)
        clock.move_to(DAY)
        visit = first_task.listed(first_task.drawn_up(office), office, deputy=gu, leader=leader, items=[made])
        first_task.met(visit, office)
        clock.move_to(datetime(2027, 1, 5, 10, tzinfo=NOW.tzinfo))
        assert "顾云舟" not in self.proposed(login, office)

    def test_a_promise_that_is_still_open(
        self, login: Login, office: User, gu: Deputy, department: Department, chief: User
    ) -> None:
        planned = ResultClass.objects.get(code="B")
        first_task.answered(office, department, lead=gu, signed_by=chief, how=How.IN_PERSON, result_class=planned)
        assert "承诺待落实" in self.proposed(login, office)

    def test_somebody_not_satisfied_once_with_one_reason(
        self, login: Login, office: User, gu: Deputy, department: Department, chief: User
    ) -> None:
        made = first_task.answered(office, department, lead=gu, signed_by=chief)
        facts = {"result": "unsatisfied", "reason": "灯没有修", "received_on": date(2025, 6, 3)}
        make.verdict(made.replies.get(), office, gu, **facts)
        page = self.proposed(login, office)
        assert "的答复不满意（2025年6月3日）" in page
        assert page.count("关于加强农田灌溉保护的建议") == 1

    def test_not_what_was_withdrawn(self, login: Login, office: User, gu: Deputy) -> None:
        made = make.registered(office, lead=gu, received_on=date(2025, 11, 3))
        actions.withdraw(suggestion=made, reason="本人书面撤回", by=office)
        assert "顾云舟" not in self.proposed(login, office)

    def test_what_presses_comes_first_and_is_ticked(self, login: Login, office: User, gu: Deputy) -> None:
        make.registered(office, lead=person("安心", by=office), received_on=date(2025, 11, 3))
        said(office, gu)
        page = self.proposed(login, office)
        assert page.index("顾云舟") < page.index("安心")
        assert f'value="{gu.pk}" checked' in page
        assert page.count(" checked") == 1

    def test_a_handler_sees_no_proposal(self, login: Login, office: User, handler: User, gu: Deputy) -> None:
        said(office, gu)
        assert "顾云舟" not in read(login(handler))

    def test_no_scores_are_shown(self, login: Login, office: User, gu: Deputy) -> None:
        said(office, gu)
        page = self.proposed(login, office)
        assert not [word for word in ("得分", "评分", "排名", "积分") if word in page]


class TestWhichLeaderIsProposed:
    def leader_of(self, office: User, deputy: Deputy) -> tuple[User, str]:
        said(office, deputy)
        task = actions.draw_up(year=2026, chosen=[deputy.pk], by=office)
        visit = task.visits.get(deputy=deputy)
        return visit.leader, visit.leader_reason

    def test_who_is_paired_with_the_person_before_the_area(
        self, office: User, chief: User, leader: User, gu: Deputy
    ) -> None:
        Deputy.objects.filter(pk=gu.pk).update(area=AreaFactory(name="甘露镇"))
        gu.refresh_from_db()
        people.pair(leader=chief, with_=gu.area, from_on=date(2025, 1, 2), by=office)
        people.pair(leader=leader, with_=gu, from_on=date(2025, 1, 2), by=office)
        assert self.leader_of(office, gu) == (leader, "挂钩领导")

    def test_who_is_paired_with_the_area(self, office: User, chief: User, leader: User, gu: Deputy) -> None:
        Deputy.objects.filter(pk=gu.pk).update(area=AreaFactory(name="甘露镇"))
        gu.refresh_from_db()
        people.pair(leader=leader, with_=gu.area, from_on=date(2025, 1, 2), by=office)
        assert self.leader_of(office, gu) == (leader, "挂钩甘露镇")

    def test_a_pairing_that_is_over_does_not_count(self, office: User, chief: User, leader: User, gu: Deputy) -> None:
        pairing = people.pair(leader=leader, with_=gu, from_on=date(2025, 1, 2), by=office)
        people.end_pairing(pairing=pairing, on=date(2025, 12, 31), by=office)
        assert self.leader_of(office, gu)[1] == "各位领导均衡安排"

    def test_the_leader_of_the_department_that_handles_it(
        self, office: User, chief: User, department: Department, gu: Deputy
    ) -> None:
        own = UserFactory(role=Role.LEADER, department=department)
        made = said(office, gu)
        actions.assign(suggestion=made, department=department, assigned_on=date(2026, 1, 12), by=office)
        task = actions.draw_up(year=2026, chosen=[gu.pk], by=office)
        assert task.visits.get().leader == own

    def test_the_chief_for_the_province_and_the_nation(self, office: User, chief: User, leader: User) -> None:
        high = person("何远", by=office, term=TermFactory(level=Level.PROVINCE, place="江南省", number=14))
        assert self.leader_of(office, high) == (chief, "省人大代表，由检察长走访")

    def test_the_chief_for_who_leads_a_delegation(self, office: User, chief: User, leader: User, gu: Deputy) -> None:
        gu.mandates.update(group="甘露镇代表团", committee_post="团长")
        assert self.leader_of(office, gu)[0] == chief

    def test_the_others_are_spread_evenly(self, office: User, chief: User, leader: User) -> None:
        for number in range(6):
            said(office, person(f"代表{number}", by=office), title=f"第{number}条意见")
        task = actions.draw_up(year=2026, chosen=[], by=office)
        going = list(task.visits.values_list("leader", flat=True))
        assert {going.count(chief.pk), going.count(leader.pk)} == {3}


class TestTheList:
    @pytest.fixture
    def task(self, office: User, chief: User, leader: User, gu: Deputy) -> FirstTask:
        said(office, gu)
        return actions.draw_up(year=2026, chosen=[gu.pk], by=office)

    @pytest.fixture
    def visit(self, task: FirstTask) -> FirstVisit:
        return task.visits.get()

    def test_the_ticked_are_listed_the_others_kept_beside(
        self, login: Login, office: User, chief: User, gu: Deputy
    ) -> None:
        other = person("安心", by=office)
        said(office, gu)
        said(office, other, title="消防通道要盯住")
        client = login(office)
        assert client.post(f"{PAGE}2026/draw-up/", {"deputies": [gu.pk]}).status_code == 302
        states = dict(FirstVisit.objects.values_list("deputy", "state"))
        assert states == {gu.pk: VisitState.PLANNED, other.pk: VisitState.DROPPED}
        assert "没有列入的 1 人" in read(client)

    def test_its_reasons_stay_as_they_were(
        self, office: User, task: FirstTask, visit: FirstVisit, department: Department, chief: User
    ) -> None:
        made = visit.suggestions.get()
        made = actions.assign(suggestion=made, department=department, assigned_on=date(2026, 1, 12), by=office)
        make.answer(made, office, replied_on=date(2026, 1, 19), signed_by=chief)
        visit.refresh_from_db()
        assert visit.reasons == ["2026年1月9日的区人大审议意见《加强涉农检察工作力量》，尚未答复"]

    def test_it_is_drawn_up_once(self, login: Login, office: User, task: FirstTask) -> None:
        answer = login(office).post(f"{PAGE}2026/draw-up/")
        assert answer.status_code == 409
        assert "已拟定2026年的名单" in answer.content.decode()

    def test_not_before_january_of_its_year(self, login: Login, office: User) -> None:
        answer = login(office).post(f"{PAGE}2027/draw-up/")
        assert (answer.status_code, FirstTask.objects.count()) == (409, 0)

    def test_made_up_persons_are_a_broken_form(self, login: Login, office: User) -> None:
        assert login(office).post(f"{PAGE}2026/draw-up/", {"deputies": ["x"]}).status_code == 400

    def test_a_past_year_is_put_on_record_from_empty(self, login: Login, office: User, gu: Deputy) -> None:
        said(office, gu)
        login(office).post(f"{PAGE}2025/draw-up/")
        assert FirstTask.objects.get().visits.count() == 0

    def test_somebody_is_added_with_a_reason(self, login: Login, office: User, task: FirstTask, chief: User) -> None:
        new = person("安心", by=office)
        client, address = login(office), f"{PAGE}2026/add/"
        assert client.post(address, {"deputy": new.pk, "leader": chief.pk}).status_code == 422
        facts = {"deputy": new.pk, "leader": chief.pk, "why": "去年联名提出三件建议"}
        assert client.post(address, facts).status_code == 302
        assert "去年联名提出三件建议" in read(client)
        assert client.post(address, facts).status_code == 409

    def test_who_is_dropped_can_be_put_back(self, login: Login, office: User, visit: FirstVisit) -> None:
        client = login(office)
        client.post(f"/suggestions/first-visits/{visit.pk}/drop/")
        visit.refresh_from_db()
        assert visit.state == VisitState.DROPPED
        client.post(f"/suggestions/first-visits/{visit.pk}/put-back/")
        visit.refresh_from_db()
        assert visit.state == VisitState.PLANNED

    def test_another_leader_time_and_place(
        self, login: Login, office: User, visit: FirstVisit, leader: User, handler: User
    ) -> None:
        actions.plan_visit(
            visit=visit, expected=visit.version, by=office, leader=visit.proposed_leader, company=[], suggestions=[]
        )
        other = leader if visit.leader != leader else UserFactory(role=Role.LEADER)
        facts = {"leader": other.pk, "starts_at": "09:30", "place": "甘露镇", "company": [handler.pk]}
        client = login(office)
        address = f"/suggestions/first-visits/{visit.pk}/plan/"
        assert client.post(address, {**facts, "version": visit.version}).status_code == 302
        page = read(client)
        assert all(word in page for word in ("09:30", "甘露镇", "赵联络陪同", "原建议"))

    def test_two_who_plan_at_once_see_both(self, login: Login, office: User, visit: FirstVisit) -> None:
        facts = {"leader": visit.leader_id, "place": "甘露镇", "version": visit.version}
        client, address = login(office), f"/suggestions/first-visits/{visit.pk}/plan/"
        client.post(address, facts)
        answer = client.post(address, {**facts, "place": "稻香镇"})
        assert answer.status_code == 409
        assert "甘露镇" in answer.content.decode()
        assert client.post(address, {"leader": visit.leader_id}).status_code == 400

    def test_an_empty_list_is_not_fixed(self, login: Login, office: User, visit: FirstVisit) -> None:
        actions.drop(visit=visit, by=office)
        assert login(office).post(f"{PAGE}2026/fix/").status_code == 409

    def test_a_fixed_list_changes_no_more(self, login: Login, office: User, visit: FirstVisit, leader: User) -> None:
        client = login(office)
        client.post(f"{PAGE}2026/fix/")
        assert client.get(f"{PAGE}2026/add/").status_code == 409
        assert client.post(f"/suggestions/first-visits/{visit.pk}/drop/").status_code == 409
        facts = {"leader": UserFactory(role=Role.LEADER).pk, "place": "甘露镇", "version": visit.version}
        assert client.post(f"/suggestions/first-visits/{visit.pk}/plan/", facts).status_code == 302
        now = FirstVisit.objects.get(pk=visit.pk)
        assert (now.place, now.leader) == ("甘露镇", visit.leader)

    def test_the_chief_confirms_with_a_remark(
        self, login: Login, office: User, chief: User, leader: User, task: FirstTask
    ) -> None:
        actions.fix_list(task=task, by=office)
        assert login(leader).post(f"{PAGE}2026/confirm/").status_code == 409
        assert login(chief).post(f"{PAGE}2026/confirm/", {"remark": "同意，把话说透"}).status_code == 302
        task.refresh_from_db()
        assert (task.confirmed_by, task.day) == (chief, date(2026, 2, 24))
        assert "批示：同意，把话说透" in read(login(office))
        assert login(chief).post(f"{PAGE}2026/confirm/").status_code == 409

    def test_nothing_is_confirmed_before_it_is_fixed(self, login: Login, chief: User, task: FirstTask) -> None:
        assert login(chief).post(f"{PAGE}2026/confirm/").status_code == 409

    def test_nothing_is_confirmed_for_a_day_that_nobody_knows(self, login: Login, office: User, chief: User) -> None:
        task = first_task.drawn_up(office)
        first_task.listed(task, office, deputy=person("安心", by=office))
        actions.fix_list(task=task, by=office)
        actions.arrange_year(
            year=2026, rows=[Arrangement("元旦", date(2026, 1, 1), date(2026, 1, 3))], source="文", by=office
        )
        answer = login(chief).post(f"{PAGE}2026/confirm/")
        assert answer.status_code == 409
        assert "走访日待定" in answer.content.decode()

    def test_the_chief_sends_it_back_and_says_why(
        self, login: Login, office: User, chief: User, task: FirstTask
    ) -> None:
        actions.fix_list(task=task, by=office)
        client = login(chief)
        assert client.post(f"{PAGE}2026/send-back/", {"remark": ""}).status_code == 422
        assert client.post(f"{PAGE}2026/send-back/", {"remark": "加上两位村书记"}).status_code == 302
        page = read(login(office))
        assert "退回意见：加上两位村书记" in page
        assert "定稿送审" in page

    def test_a_list_taken_up_again_needs_the_chief_anew(
        self, login: Login, office: User, chief: User, task: FirstTask
    ) -> None:
        actions.confirm_list(task=actions.fix_list(task=task, by=office), by=chief)
        login(office).post(f"{PAGE}2026/reopen/")
        task.refresh_from_db()
        assert (task.fixed_at, task.confirmed_at, task.day) == (None, None, None)

    def test_a_day_that_moved_after_the_approval_is_told(
        self, login: Login, office: User, chief: User, task: FirstTask
    ) -> None:
        actions.confirm_list(task=actions.fix_list(task=task, by=office), by=chief)
        rows = [Arrangement("春节", date(2026, 2, 15), date(2026, 2, 24))]
        actions.arrange_year(year=2026, rows=rows, source="国办补充通知", by=office)
        page = read(login(office))
        assert "春节后首个工作日现为2026年2月25日" in page

    def test_every_step_leaves_a_trace(self, office: User, chief: User, task: FirstTask) -> None:
        actions.confirm_list(task=actions.fix_list(task=task, by=office), by=chief, remark="同意")
        done = AuditEvent.objects.filter(action__startswith="first_task.").order_by("pk")
        assert [each.action for each in done] == ["first_task.drawn_up", "first_task.fixed", "first_task.confirmed"]


class TestTheStartPage:
    @pytest.mark.parametrize(
        ("who", "words"), [("office", "请拟定走访名单"), ("leader", "名单还没有拟定")], ids=["office", "leader"]
    )
    def test_in_january_it_asks_for_the_list(
        self, login: Login, request: pytest.FixtureRequest, who: str, words: str
    ) -> None:
        page = read(login(request.getfixturevalue(who)), "/")
        assert "第一任务" in page
        assert words in page

    def test_it_asks_the_chief_for_the_approval(self, login: Login, office: User, chief: User, gu: Deputy) -> None:
        task = first_task.drawn_up(office)
        first_task.listed(task, office, deputy=gu)
        actions.fix_list(task=task, by=office)
        assert "名单待您审定" in read(login(chief), "/")

    def test_after_the_day_a_leader_is_asked_for_the_own_results(
        self, login: Login, office: User, leader: User, gu: Deputy, clock: Any
    ) -> None:
        task = first_task.drawn_up(office)
        visit = first_task.listed(task, office, deputy=gu, leader=leader)
        actions.fix_list(task=task, by=office)
        clock.move_to(DAY)
        assert "由您待登记结果" in read(login(leader), "/")
        first_task.met(visit, office)
        assert "第一任务" not in read(login(leader), "/")

    def test_in_march_it_is_silent(self, login: Login, office: User, clock: Any) -> None:
        clock.move_to(datetime(2026, 3, 2, 10, tzinfo=NOW.tzinfo))
        assert "第一任务" not in read(login(office), "/")

    def test_the_list_of_suggestions_leads_there(self, login: Login, office: User) -> None:
        assert f'href="{PAGE}"' in read(login(office), "/suggestions/")
