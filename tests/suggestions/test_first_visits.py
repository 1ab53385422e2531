"""第一任务: what came of the visits, in the ledger and in figures."""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client

from deputies import actions as people
from deputies.models import Contact, Deputy, Opinion, Origin
from staff.models import AuditEvent, Department, Role, User
from suggestions import actions
from suggestions.models import FirstTask, FirstVisit, How, Kind, Suggestion, VisitState
from tests.deputies.factories import person
from tests.factories import UserFactory
from tests.suggestions import factories as make
from tests.suggestions import first_task_factories as first_task
from tests.suggestions.conftest import NOW

pytestmark = pytest.mark.django_db
Login = Callable[[User], Client]
PAGE = "/suggestions/first-task/2026/"
DAY = date(2026, 2, 24)
EVENING = datetime(2026, 2, 24, 18, tzinfo=NOW.tzinfo)


@pytest.fixture(autouse=True)
def clock(today: None) -> Iterator[Any]:
    """The evening of the day, back in the office."""
    with time_machine.travel(EVENING, tick=False) as traveller:
        yield traveller


@pytest.fixture
def gu(office: User) -> Deputy:
    return person("顾云舟", by=office)


@pytest.fixture
def item(office: User, department: Department, gu: Deputy) -> Suggestion:
    """Said of the work report, in the department's hands."""
    facts = {"kind": Kind.DELIBERATION, "title": "加强涉农检察工作力量", "received_on": date(2026, 1, 9)}
    made = make.registered(office, lead=gu, **facts)
    return actions.assign(suggestion=made, department=department, assigned_on=date(2026, 1, 12), by=office)


@pytest.fixture
def visit(office: User, chief: User, leader: User, gu: Deputy, item: Suggestion) -> FirstVisit:
    """On the fixed list, the leader goes."""
    task = first_task.drawn_up(office, chosen=[gu.pk])
    visit = task.visits.get()
    actions.plan_visit(
        visit=visit, expected=visit.version, by=office, leader=leader, company=[], suggestions=[item], place="甘露镇"
    )
    actions.fix_list(task=task, by=office)
    return FirstVisit.objects.get(pk=visit.pk)


def address(visit: FirstVisit, what: str = "result") -> str:
    return f"/suggestions/first-visits/{visit.pk}/{what}/"


def record(client: Client, visit: FirstVisit, **fields: Any) -> Any:
    """The form as it is drawn, filled in."""
    facts = {
        "version": FirstVisit.objects.get(pk=visit.pk).version,
        "outcome": "met",
        "leader": visit.leader_id,
        "visited_on": "2026-02-24",
        "place": "甘露镇",
        "answered": "涉农联络点已设到四个镇。",
        "suggestions": list(visit.suggestions.values_list("pk", flat=True)),
        "company": list(visit.company.values_list("pk", flat=True)),
        **fields,
    }
    return client.post(address(visit), facts)


def standing() -> Any:
    return Contact.objects.standing().filter(origin=Origin.REPLY)


class TestTheResult:
    def test_it_is_one_contact_that_counts_as_an_answer_in_person(
        self, login: Login, office: User, leader: User, gu: Deputy, visit: FirstVisit
    ) -> None:
        assert record(login(office), visit).status_code == 302
        contact = standing().get()
        assert (contact.method.code, contact.happened_on, contact.place) == ("reply", DAY, "甘露镇")
        assert list(contact.deputies.all()) == [gu]
        assert list(contact.staff.all()) == [leader]
        assert list(Deputy.objects.reached_in(2026)) == [gu]
        assert "《加强涉农检察工作力量》" in contact.note

    def test_what_was_said_is_an_opinion_in_the_ledger(
        self, login: Login, office: User, gu: Deputy, visit: FirstVisit
    ) -> None:
        record(login(office), visit, voice="希望明年接着来")
        opinion = Opinion.objects.get()
        assert (opinion.words, opinion.deputy, opinion.contact) == ("希望明年接着来", gu, standing().get())

    def test_a_correction_corrects_the_same_contact(self, login: Login, office: User, visit: FirstVisit) -> None:
        client = login(office)
        record(client, visit, voice="希望明年接着来")
        record(client, visit, answered="联络点设到了五个镇。", voice="希望年年来", place="稻香镇")
        assert "五个镇" in standing().get().note
        assert Opinion.objects.get().words == "希望年年来"
        record(client, visit, voice="")
        assert not Opinion.objects.exists()

    def test_an_opinion_that_became_a_suggestion_is_not_emptied(
        self, login: Login, office: User, gu: Deputy, visit: FirstVisit
    ) -> None:
        client = login(office)
        record(client, visit, voice="希望明年接着来")
        make.registered(office, lead=gu, kind=Kind.EVERYDAY, source=Opinion.objects.get(), received_on=DAY)
        assert record(client, visit, voice="").status_code == 409
        assert FirstVisit.objects.get(pk=visit.pk).voice == "希望明年接着来"

    def test_who_was_not_met_is_told_with_the_reason_and_is_no_contact(
        self, login: Login, office: User, visit: FirstVisit
    ) -> None:
        client = login(office)
        assert record(client, visit, outcome="not_met").status_code == 422
        assert record(client, visit, outcome="not_met", why_not="在外地出差").status_code == 302
        assert not standing().exists()
        assert "在外地出差" in client.get(PAGE).content.decode()

    def test_met_after_all(self, login: Login, office: User, visit: FirstVisit, clock: Any) -> None:
        client = login(office)
        record(client, visit, outcome="not_met", why_not="在外地出差")
        clock.move_to(datetime(2026, 2, 27, 10, tzinfo=NOW.tzinfo))
        assert record(login(office), visit, visited_on="2026-02-26").status_code == 302
        assert standing().get().happened_on == date(2026, 2, 26)
        assert FirstVisit.objects.get(pk=visit.pk).why_not == ""

    def test_undo_takes_the_contact_back_and_recording_again_brings_it_back(
        self, login: Login, office: User, visit: FirstVisit
    ) -> None:
        client = login(office)
        record(client, visit, voice="希望明年接着来", signed="on")
        assert client.post(address(visit, "undo")).status_code == 302
        assert (standing().count(), Opinion.objects.count()) == (0, 0)
        assert FirstVisit.objects.get(pk=visit.pk).state == VisitState.PLANNED
        assert client.post(address(visit, "undo")).status_code == 409
        record(client, visit)
        assert (standing().count(), Contact.objects.count()) == (1, 1)

    def test_two_who_record_at_once_see_both(self, login: Login, office: User, visit: FirstVisit) -> None:
        client = login(office)
        record(client, visit, answered="第一个人写的")
        answer = record(client, visit, version=visit.version, answered="第二个人写的")
        assert answer.status_code == 409
        assert "第一个人写的" in answer.content.decode()
        assert record(client, visit, version="").status_code == 400

    @pytest.mark.parametrize(
        ("fields", "status"),
        [
            ({"answered": ""}, 422),
            ({"visited_on": "2026-02-25"}, 409),
            ({"visited_on": "2026-02-23"}, 409),
            ({"answered": "答复了（2026）苏0205刑初12号案"}, 422),
            ({"answered": "谈到案件线索"}, 422),
            ({"outcome": "dropped"}, 422),
            ({"suggestions": ["999999"]}, 422),
        ],
        ids=["no answer", "tomorrow", "before the day", "case number", "secret word", "outcome", "made-up item"],
    )
    def test_what_cannot_be_is_refused_and_nothing_is_written(
        self, login: Login, office: User, visit: FirstVisit, fields: dict[str, Any], status: int
    ) -> None:
        assert record(login(office), visit, **fields).status_code == status
        assert not Contact.objects.exists()

    def test_not_before_the_day(self, login: Login, office: User, visit: FirstVisit, clock: Any) -> None:
        clock.move_to(datetime(2026, 2, 23, 10, tzinfo=NOW.tzinfo))
        answer = record(login(office), visit)
        assert answer.status_code == 409
        assert "走访以后再登记" in answer.content.decode()

    def test_not_before_the_list_is_fixed(self, login: Login, office: User, visit: FirstVisit) -> None:
        actions.reopen_list(task=visit.task, by=office)
        assert record(login(office), visit).status_code == 409

    def test_a_list_with_results_is_not_taken_up_again(self, login: Login, office: User, visit: FirstVisit) -> None:
        first_task.met(visit, office)
        assert login(office).post(f"{PAGE}reopen/").status_code == 409

    def test_who_goes_and_who_goes_along_record_it_others_do_not(
        self, login: Login, office: User, leader: User, handler: User, other_handler: User, visit: FirstVisit
    ) -> None:
        visit.company.set([handler])
        assert record(login(UserFactory(role=Role.LEADER)), visit).status_code == 409
        assert login(other_handler).get(address(visit)).status_code == 404
        assert record(login(leader), visit).status_code == 302
        assert record(login(handler), visit, answered="又补了一句。").status_code == 302

    def test_another_leader_went_in_the_end(self, login: Login, office: User, chief: User, visit: FirstVisit) -> None:
        record(login(office), visit, leader=chief.pk)
        assert list(standing().get().staff.all()) == [chief]

    def test_it_is_told_once_in_the_timeline_of_the_person(
        self, login: Login, office: User, gu: Deputy, visit: FirstVisit
    ) -> None:
        first_task.met(visit, office)
        page = login(office).get(f"/deputies/{gu.pk}/").content.decode()
        assert page.count("涉农联络点已设到四个镇。") == 1

    def test_the_ledger_says_where_it_is_mended(self, login: Login, office: User, visit: FirstVisit) -> None:
        first_task.met(visit, office)
        answer = login(office).post(f"/contacts/{standing().get().pk}/withdraw/")
        assert answer.status_code == 409
        assert "第一任务" in answer.content.decode()


class TestOneEncounterIsOneContact:
    """A visit and the formal answer of the same day tell of the same meeting."""

    def answer(self, item: Suggestion, office: User, chief: User, **fields: Any) -> Any:
        item.refresh_from_db()
        return make.answer(item, office, replied_on=DAY, how=How.IN_PERSON, signed_by=chief, **fields)

    def test_when_the_answer_was_recorded_first(
        self, office: User, chief: User, item: Suggestion, visit: FirstVisit
    ) -> None:
        self.answer(item, office, chief)
        first_task.met(visit, office, voice="希望明年接着来")
        assert standing().get().origin_key.startswith("reply:")
        assert Opinion.objects.get().contact == standing().get()

    def test_when_the_visit_was_recorded_first(
        self, office: User, chief: User, item: Suggestion, visit: FirstVisit
    ) -> None:
        first_task.met(visit, office)
        self.answer(item, office, chief)
        assert standing().get().origin_key == visit.origin_key

    def test_then_the_visit_is_not_undone_under_the_answer(
        self, login: Login, office: User, chief: User, item: Suggestion, visit: FirstVisit
    ) -> None:
        first_task.met(visit, office)
        self.answer(item, office, chief)
        client = login(office)
        assert client.post(address(visit, "undo")).status_code == 409
        assert record(client, visit, answered="更正了措辞。").status_code == 302
        assert standing().count() == 1

    def test_an_answer_of_another_day_is_another_contact(
        self, office: User, chief: User, item: Suggestion, visit: FirstVisit, clock: Any
    ) -> None:
        first_task.met(visit, office)
        clock.move_to(datetime(2026, 3, 5, 10, tzinfo=NOW.tzinfo))
        item.refresh_from_db()
        make.answer(item, office, replied_on=date(2026, 3, 4), how=How.IN_PERSON, signed_by=chief)
        assert standing().count() == 2


class TestFigures:
    @pytest.fixture
    def year(self, office: User, chief: User, item: Suggestion, visit: FirstVisit) -> FirstTask:
        """One met and satisfied, one not at home, one still to be visited."""
        task = FirstTask.objects.get()
        actions.reopen_list(task=task, by=office)
        away = first_task.listed(task, office, deputy=person("林秋", by=office), leader=chief)
        first_task.listed(task, office, deputy=person("安心", by=office), leader=chief)
        first_task.met(visit, office, voice="希望明年接着来", signed=True)
        first_task.met(away, office, outcome=VisitState.NOT_MET, why_not="在外地出差", answered="")
        item.refresh_from_db()
        reply = make.answer(item, office, replied_on=DAY, how=How.IN_PERSON, signed_by=chief)
        make.verdict(reply, office, received_on=DAY)
        return task

    def test_every_number_leads_to_exactly_its_rows(self, login: Login, office: User, year: FirstTask) -> None:
        client = login(office)
        page = client.get(PAGE).content.decode()
        numbers = re.findall(r'href="([^"]+)" data-number="(\d+)"', page)
        assert len(numbers) > 12
        for url, number in numbers:
            behind = client.get(url.replace("&amp;", "&")).content.decode()
            assert re.search(rf'data-count="{number}"', behind) or self.is_of_leaders(page, url, number), url

    def is_of_leaders(self, page: str, url: str, number: str) -> bool:
        """The number of leaders leads to the whole list, which is told leader by leader."""
        return url == PAGE and page.count('class="leader-visits"') == int(number)

    def test_satisfaction_comes_from_evaluations_only(
        self, login: Login, office: User, year: FirstTask, visit: FirstVisit
    ) -> None:
        page = login(office).get(PAGE).content.decode()
        table = page[page.index("years-title") :]
        assert re.search(r"已反馈.*<b>1</b><i>条</i>.*满意或基本满意.*<b>1</b><i>条</i>", table)
        FirstVisit.objects.get(pk=visit.pk).suggestions.clear()
        assert "尚无评价反馈" in login(office).get(PAGE).content.decode()

    def test_the_years_stand_side_by_side(self, login: Login, office: User, year: FirstTask) -> None:
        first_task.met(
            first_task.listed(first_task.drawn_up(office, year=2025), office, deputy=person("何田", by=office)),
            office,
            visited_on=date(2025, 2, 5),
        )
        page = login(office).get(PAGE).content.decode()
        assert page.index("2026-02-24") < page.index("2025-02-05")

    def test_the_export_has_the_rows_of_the_filter(self, login: Login, office: User, year: FirstTask) -> None:
        answer = login(office).get(f"{PAGE}export/?state=met")
        assert answer.status_code == 200
        told = AuditEvent.objects.get(action="first_task.exported")
        assert told.changes["rows"][1] == 1

    def test_a_filter_of_one_leader_shows_the_own_visits(
        self, login: Login, office: User, leader: User, year: FirstTask
    ) -> None:
        page = login(office).get(f"{PAGE}?leader={leader.pk}").content.decode()
        assert 'data-count="1"' in page
        assert login(office).get(f"{PAGE}?leader={office.pk}").status_code == 400
        assert login(office).get(f"{PAGE}?state=dropped").status_code == 400

    def test_a_handler_sees_the_visits_he_goes_along_to(
        self, login: Login, handler: User, visit: FirstVisit, year: FirstTask
    ) -> None:
        client = login(handler)
        assert client.get(f"{PAGE}export/").status_code == 404
        visit.company.set([handler])
        page = client.get(PAGE).content.decode()
        assert ("顾云舟" in page, "林秋" in page) == (True, False)

    def test_a_longer_list_takes_no_more_queries(
        self, login: Login, office: User, year: FirstTask, django_assert_max_num_queries: Any
    ) -> None:
        client = login(office)
        with django_assert_max_num_queries(200) as few:
            client.get(PAGE)
        for number in range(5):
            extra = FirstVisit.objects.create(
                task=year, deputy=person(f"代表{number}", by=office), leader=UserFactory(role=Role.LEADER)
            )
            assert extra.pk
        with django_assert_max_num_queries(len(few)):
            client.get(PAGE)


def test_two_files_of_one_person_become_one_visit(office: User, gu: Deputy, visit: FirstVisit) -> None:
    kept = person("顾云舟", by=office)
    people.merge_deputies(kept=kept, lost=gu, take=[], by=office)
    assert FirstVisit.objects.get(pk=visit.pk).deputy == kept


@pytest.mark.parametrize(
    "broken",
    [
        {"state": "gone"},
        {"state": VisitState.MET, "visited_on": None},
        {"state": VisitState.PLANNED, "answered": "x"},
        {"state": VisitState.NOT_MET, "why_not": ""},
        {"state": VisitState.PLANNED, "why_not": "x"},
        {"recorded_by": None},
    ],
)
def test_the_database_refuses_half_a_result(office: User, visit: FirstVisit, broken: dict[str, Any]) -> None:
    first_task.met(visit, office)
    with pytest.raises(IntegrityError), transaction.atomic():
        FirstVisit.objects.filter(pk=visit.pk).update(**broken)


def test_the_database_refuses_a_person_twice_and_a_year_twice(office: User, visit: FirstVisit) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        FirstVisit.objects.create(task=visit.task, deputy=visit.deputy, leader=visit.leader)
    with pytest.raises(IntegrityError), transaction.atomic():
        FirstTask.objects.create(year=2026, drawn_up_by=office)


@pytest.mark.parametrize(
    "broken", [{"confirmed_at": EVENING}, {"day": DAY}, {"fixed_at": None}], ids=["no chief", "a day alone", "unfixed"]
)
def test_the_database_refuses_half_an_approval(office: User, visit: FirstVisit, broken: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        FirstTask.objects.update(**broken)
