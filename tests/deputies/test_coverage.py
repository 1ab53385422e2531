"""联络覆盖: who is reached and who is not, and each number leads to exactly its rows."""

import re
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from deputies import actions, stats
from deputies.models import AppointmentRole, Area, Body, Deputy, Level, Term
from deputies.stats import By, Coverage, Period
from staff.models import User
from tests.deputies.factories import logged, method, person
from tests.factories import AreaFactory, TermFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
NUMBER = re.compile(r'href="([^"]+)" data-number="(\d+)"')
EVERY_PAGE = ["", "period=2026", "period=2026&by=area", "period=2026&by=group", "period=2026&by=leader", "period=2025"]


@pytest.fixture(autouse=True)
def november() -> Iterator[None]:
    with time_machine.travel(f"{TODAY}T09:00+08:00", tick=False):
        yield


@pytest.fixture
def congress() -> Term:
    return TermFactory()


@pytest.fixture
def cppcc() -> Term:
    return TermFactory(body=Body.CPPCC, level=Level.CITY, place="江南市", starts_on=date(2023, 1, 5))


def rows_behind(client: Client, url: str) -> int:
    """As htmx asks for it: the list without the page around it, which hundreds of links need not draw."""
    response = client.get(url.replace("&amp;", "&"), headers={"HX-Request": "true"})
    found = re.search(r'data-count="(\d+)"', response.content.decode())
    assert found, url
    return int(found[1])


def at_work(office: User, leader: User, congress: Term, cppcc: Term) -> dict[str, Deputy]:
    """甲 sits in both bodies and was visited this year, 乙 came to an activity last year, 丙 only got mail,
    丁 is only appointed, 戊 was visited in this term before this year, 己 has left."""
    area = AreaFactory(name="甘露镇")
    names = "甲乙丙丁戊"
    people = {
        name: actions.register_deputy(
            by=office, name=f"{name}某某", area=area if name in "甲丙" else None, seats=[(congress, f"{name}代表团")]
        )
        for name in names
    }
    actions.give_seat(deputy=people["甲"], term=cppcc, by=office)
    people["己"] = person("己某某", by=office, seated=False)
    logged(by=office, deputies=[people["甲"]])
    logged(by=office, deputies=[people["甲"]], method=method("phone"))
    logged(by=office, deputies=[people["乙"]], method=method("activity"), happened_on=date(2025, 6, 6))
    logged(by=office, deputies=[people["丙"]], method=method("mail"))
    logged(by=office, deputies=[people["戊"]], happened_on=date(2022, 5, 5))
    actions.appoint(deputy=people["丁"], role=AppointmentRole.objects.all()[0], from_on=date(2024, 1, 1), by=office)
    actions.pair(leader=leader, with_=area, from_on=date(2024, 1, 1), by=office)
    actions.pair(leader=office, with_=people["甲"], from_on=date(2024, 1, 1), by=office)
    return people


def said(table: Coverage) -> dict[str, tuple[int, int]]:
    """Label → (reached, unreached)."""
    return {line.label: (line.reached.value, line.unreached.value) for line in table.lines}


def by_way(table: Coverage) -> dict[str, int]:
    return {name: number for name, number in table.total_by_way if number}


def test_this_year_counts_whoever_was_met_and_no_mail_and_no_appointment(
    office: User, leader: User, congress: Term, cppcc: Term
) -> None:
    at_work(office, leader, congress, cppcc)
    table = stats.coverage(Period.of_year(2026), By.LEVEL, user=office, today=TODAY)
    assert said(table) == {"区人大代表": (1, 4), "市政协委员": (1, 0)}
    assert by_way(table) == {"走访": 1, "电话": 1, "聘任": 1}


def test_somebody_with_two_seats_stands_in_two_lines_and_once_in_the_total(
    office: User, leader: User, congress: Term, cppcc: Term
) -> None:
    at_work(office, leader, congress, cppcc)
    table = stats.coverage(Period.of_year(2026), By.LEVEL, user=office, today=TODAY)
    assert sum(line.people.value for line in table.lines) == 6
    assert table.total
    assert (table.total.people.value, table.total.reached.value) == (5, 1)


def test_a_term_counts_from_its_first_day(office: User, leader: User, congress: Term, cppcc: Term) -> None:
    at_work(office, leader, congress, cppcc)
    table = stats.coverage(Period.of_term(congress, TODAY), By.LEVEL, user=office, today=TODAY)
    assert said(table) == {"区人大代表": (3, 2)}
    later = TermFactory(number=6, starts_on=date(2026, 6, 1))
    actions.give_seat(deputy=Deputy.objects.get(name="甲某某"), term=later, by=office)
    assert said(stats.coverage(Period.of_term(later, TODAY), By.LEVEL, user=office, today=TODAY)) == {
        "区人大代表": (0, 1)
    }


def test_each_open_term_is_counted_by_its_own_days(office: User, leader: User, congress: Term, cppcc: Term) -> None:
    at_work(office, leader, congress, cppcc)
    table = stats.coverage_of_terms(user=office, today=TODAY)
    assert said(table) == {str(congress): (3, 2), str(cppcc): (1, 0)}
    assert table.total is None


def test_a_term_that_is_over_counts_only_what_happened_in_it(office: User, cppcc: Term) -> None:
    old = TermFactory(number=4, starts_on=date(2017, 1, 9), ends_on=date(2022, 1, 9))
    met, late = person(by=office, term=old), person("李敏", by=office, term=old)
    logged(by=office, deputies=[met], happened_on=date(2019, 3, 3))
    logged(by=office, deputies=[late], happened_on=date(2022, 3, 3))
    table = stats.coverage(Period.of_term(old, TODAY), By.LEVEL, user=office, today=TODAY)
    assert said(table) == {"区人大代表": (1, 1)}


def test_two_leaders_of_one_person_each_have_a_line(office: User, leader: User, congress: Term, cppcc: Term) -> None:
    at_work(office, leader, congress, cppcc)
    table = stats.coverage(Period.of_year(2026), By.LEADER, user=office, today=TODAY)
    assert said(table) == {leader.name: (1, 1), office.name: (1, 0), "未挂钩": (0, 3)}
    assert table.total
    assert table.total.people.value == 5


@pytest.mark.parametrize("query", [*EVERY_PAGE, "term", "term-over"])
def test_every_number_leads_to_exactly_its_rows(
    query: str, office: User, leader: User, congress: Term, cppcc: Term, login: Any
) -> None:
    at_work(office, leader, congress, cppcc)
    over = TermFactory(number=4, starts_on=date(2017, 1, 9), ends_on=date(2022, 1, 9))
    logged(by=office, deputies=[person("庚某某", term=over)], happened_on=date(2019, 3, 3))
    term = {"term": congress, "term-over": over}.get(query)
    queries = [f"period=term-{term.pk}&by={by}" for by in By] if term else [query]
    client = login(office)
    for each in queries:
        html = client.get(f"/coverage/?{each}").content.decode()
        numbers = NUMBER.findall(html)
        assert len(numbers) > 10
        for url, value in numbers:
            assert rows_behind(client, url) == int(value), url


def test_a_handlers_numbers_count_the_own_reach_and_lead_to_it(
    office: User, leader: User, handler: User, congress: Term, cppcc: Term, login: Any
) -> None:
    people = at_work(office, leader, congress, cppcc)
    logged(by=handler, deputies=[people["丙"]], method=method("talk"))
    client = login(handler)
    for query in ["", "period=2026&by=area"]:
        html = client.get(f"/coverage/?{query}").content.decode()
        assert "只统计您看得到的联络" in html
        assert "届满时约余" not in html
        for url, value in NUMBER.findall(html):
            assert rows_behind(client, url) == int(value), url
    table = stats.coverage(Period.of_year(2026), By.LEVEL, user=handler, today=TODAY)
    assert said(table) == {"区人大代表": (1, 4), "市政协委员": (0, 1)}


def test_the_ledger_and_the_last_contacts_give_the_same_table(
    office: User, leader: User, congress: Term, cppcc: Term
) -> None:
    """For a period up to today the last contacts answer, for one that ended the ledger: they must agree."""
    at_work(office, leader, congress, cppcc)
    open_end = Period(date(2025, 1, 1), date.max, "", {})
    closed = Period(date(2025, 1, 1), date(2026, 11, 22), "", {})
    for by in By:
        ours, theirs = (stats.coverage(each, by, user=office, today=TODAY) for each in (open_end, closed))
        assert said(ours) == said(theirs)
        assert ours.total == theirs.total


def test_at_this_pace_some_stay_unreached_when_the_term_ends(office: User) -> None:
    term = TermFactory(starts_on=date(2024, 11, 23), ends_on=date(2027, 11, 23))
    people = [person(f"代表{number}", by=office, term=term) for number in range(10)]
    for deputy in people[:4]:
        logged(by=office, deputies=[deputy])
    total = stats.coverage(Period.of_term(term, TODAY), By.LEVEL, user=office, today=TODAY).total
    assert total
    assert total.unreached_at_end == 4
    assert total.needed_a_month == 1


def test_where_the_end_of_the_term_is_unknown_the_page_says_what_it_assumes(
    office: User, congress: Term, login: Any
) -> None:
    person(by=office, term=congress)
    html = login(office).get(f"/coverage/?period=term-{congress.pk}").content.decode()
    assert "届满日未定" in html
    assert "暂按法定五年推算为2027年1月10日" in html


def test_a_term_beyond_its_five_years_has_no_forecast(office: User, login: Any) -> None:
    term = TermFactory(starts_on=date(2021, 1, 10))
    person(by=office, term=term)
    html = login(office).get(f"/coverage/?period=term-{term.pk}").content.decode()
    assert "尚未登记换届" in html
    assert "照本届至今的速度" not in html


def test_the_page_says_that_an_appointment_is_not_a_meeting(office: User, congress: Term, login: Any) -> None:
    person(by=office, term=congress)
    html = login(office).get("/coverage/").content.decode()
    assert "不因此算作“已联络”" in html
    assert "群发寄送不计入" in html


def test_a_new_office_finds_no_table(office: User, login: Any) -> None:
    assert "没有在任的代表委员" in login(office).get("/coverage/").content.decode()


@pytest.mark.parametrize("query", ["period=1066", "period=term-0", "by=rank", "period=term-x"])
def test_a_broken_link_is_refused(query: str, office: User, login: Any) -> None:
    assert login(office).get(f"/coverage/?{query}").status_code == 400


def test_the_spreadsheet_says_the_same_and_leaves_a_trace(office: User, congress: Term, login: Any) -> None:
    logged(by=office, deputies=[person(by=office, term=congress)])
    response = login(office).get("/coverage/export/?period=2026&by=level")
    sheet = load_workbook(BytesIO(response.content)).active
    assert sheet
    assert "2026年，按层级" in str(sheet["A1"].value)
    assert [cell.value for cell in sheet[3]][:4] == ["区人大代表", 1, 0, 1]


def test_the_number_of_queries_does_not_grow_with_people_or_contacts(office: User, congress: Term, login: Any) -> None:
    client = login(office)

    def queries(path: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            assert client.get(path).status_code == 200
        return len(caught)

    def more() -> None:
        for number in range(6):
            deputy = person(
                f"代表{number}", by=office, term=congress, area=Area.objects.get_or_create(name="甘露镇")[0]
            )
            logged(by=office, deputies=[deputy])

    paths = ["/coverage/", "/coverage/?period=2026&by=group", "/coverage/?period=2026&by=leader"]
    more()
    client.get("/")  # the session writes down when it was last seen
    small = [queries(path) for path in paths]
    more()
    more()
    assert [queries(path) for path in paths] == small
    assert max(small) <= 12
