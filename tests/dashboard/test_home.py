"""The start page of each role, through HTTP."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client

from deputies import actions
from staff.models import Department, User
from tests.activities import factories as activities
from tests.dashboard.house import TODAY, busy, met, seated
from tests.suggestions import factories as suggestions

pytestmark = pytest.mark.django_db
NUMBER = re.compile(r'href="([^"]+)" data-number="(\d+)"')
MONTH = re.compile(r'<a href="([^"]+)"><g><title>\d+月：(\d+)次')


@pytest.fixture(autouse=True)
def june() -> Iterator[None]:
    with time_machine.travel(f"{TODAY}T09:00+08:00", tick=False):
        yield


def page(client: Client, url: str = "/") -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    return response.content.decode()


def rows_behind(client: Client, url: str) -> int:
    found = re.search(r'data-count="(\d+)"', page(client, url.replace("&amp;", "&")))
    assert found, f"{url} says no count"
    return int(found[1])


@pytest.fixture
def chiefs_page(office: User, department: Department, chief: User, login: Any) -> tuple[Client, str]:
    busy(office, department)
    client = login(chief)
    return client, page(client)


def test_every_number_leads_to_exactly_its_rows(chiefs_page: tuple[Client, str]) -> None:
    client, html = chiefs_page
    numbers = NUMBER.findall(html)

    assert len(numbers) >= 20
    assert [(url, rows_behind(client, url)) for url, _ in numbers] == [(url, int(said)) for url, said in numbers]


def test_every_month_leads_to_exactly_its_contacts(chiefs_page: tuple[Client, str]) -> None:
    client, html = chiefs_page
    months = MONTH.findall(html)

    assert len(months) == 12
    assert [rows_behind(client, url) for url, _ in months] == [int(said) for _, said in months]


def test_a_withdrawn_contact_leaves_number_and_rows_alike(
    office: User, department: Department, chief: User, login: Any
) -> None:
    busy(office, department)
    actions.withdraw_contact(contact=met(office, seated(office, "孙禾")), by=office)
    client = login(chief)

    for url, said in NUMBER.findall(page(client)):
        assert rows_behind(client, url) == int(said), url


def test_a_new_office_is_told_where_to_begin(office: User, login: Any) -> None:
    html = page(login(office))

    assert "名册还是空的，先为代表委员建档" in html
    assert "近期没有安排活动" in html
    assert "没有待答复的建议提案" in html
    assert "尚无评价反馈" in html


def test_in_a_new_office_every_number_is_a_link_too(office: User, login: Any) -> None:
    client = login(office)

    for url, said in NUMBER.findall(page(client)):
        assert rows_behind(client, url) == int(said) == 0, url


def test_the_chief_reads_five_tiles(chiefs_page: tuple[Client, str]) -> None:
    _, html = chiefs_page

    headings = re.findall(r'<h2 id="tile-\w+">(\S+)', html)
    assert headings == ["联络覆盖", "期限", "近期活动", "评价与承诺", "本年账本"]


def test_nobody_is_ranked(chiefs_page: tuple[Client, str]) -> None:
    _, html = chiefs_page

    assert not re.search("排名|积分|打分|得分|客户|跟进", html)


def test_the_chiefs_page_asks_the_same_number_of_questions_however_many_deputies(
    office: User, department: Department, chief: User, login: Any, django_assert_max_num_queries: Any
) -> None:
    busy(office, department)
    for index in range(30):
        met(office, seated(office, f"代表{index}"))
    client = login(chief)

    with django_assert_max_num_queries(110):
        page(client)


def test_a_handler_sees_the_own_departments_suggestions_and_not_anothers(
    office: User, department: Department, other_department: Department, handler: User, login: Any
) -> None:
    suggestions.handling(office, department, title="关于校园周边治理的建议")
    suggestions.handling(office, other_department, title="关于河道清淤的建议")

    html = page(login(handler))

    assert "关于校园周边治理的建议" in html
    assert "关于河道清淤的建议" not in html


def test_a_handlers_numbers_lead_to_exactly_their_rows(
    office: User, department: Department, handler: User, other_handler: User, login: Any
) -> None:
    people = busy(office, department)
    met(handler, people["赵远"])
    met(other_handler, people["王芳"], note="谈别的事")
    activities.planned(by=office, host=department, held_on=date(2026, 7, 1), title="普法宣讲")
    client = login(handler)

    html = page(client)

    assert "谈别的事" not in html
    for url, said in NUMBER.findall(html):
        assert rows_behind(client, url) == int(said), url
    assert "普法宣讲" in html


def test_a_handler_never_sees_the_chiefs_tiles(handler: User, login: Any) -> None:
    assert "联络覆盖" not in page(login(handler))


@pytest.mark.parametrize("who", ["sysadmin", "secadmin", "auditor"])
def test_an_administrator_starts_at_the_own_links_and_meets_no_deputy(
    who: str, request: pytest.FixtureRequest, office: User, department: Department, login: Any
) -> None:
    busy(office, department)

    html = page(login(request.getfixturevalue(who)))

    assert "管理员不接触代表委员的信息" in html
    assert "王芳" not in html
    assert "/deputies/" not in html


def test_a_handler_reads_only_the_opinions_told_to_the_own_department(
    office: User, handler: User, login: Any, department: Department
) -> None:
    busy(office, department)

    assert rows_behind(login(handler), "/opinions/?year=2026") == 0


@pytest.mark.parametrize("year", ["abc", "0", "-1", "99999", "２０２６", ""])
def test_a_broken_year_is_refused(year: str, office: User, login: Any) -> None:
    assert login(office).get("/opinions/", {"year": year}).status_code == 400


def test_an_unknown_page_says_so_in_chinese(office: User, login: Any) -> None:
    response = login(office).get("/nowhere/")

    assert response.status_code == 404
    assert "没有找到" in response.content.decode()


def test_a_page_of_another_role_says_whom_to_ask(auditor: User, login: Any) -> None:
    response = login(auditor).get("/opinions/")

    assert response.status_code == 403
    assert "请联系安全管理员" in response.content.decode()


def test_the_navigation_offers_only_what_the_role_may_open(auditor: User, handler: User, client: Client) -> None:
    client.force_login(auditor)
    nav = page(client).split("<main")[0]
    assert "操作记录" in nav
    assert "代表委员" not in nav

    client.force_login(handler)
    nav = page(client).split("<main")[0]
    assert "代表委员" in nav
    assert "检察印迹" not in nav
