"""What each tile says, in figures."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from dashboard.overview import Number, Screen, screen
from staff.models import Department, User
from suggestions.models import Verdict
from tests.dashboard.house import TODAY, busy, heard, met, seated

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def june() -> Iterator[None]:
    with time_machine.travel(f"{TODAY}T09:00+08:00", tick=False):
        yield


@pytest.fixture
def tiles(office: User, department: Department) -> Screen:
    busy(office, department)
    return screen(office, TODAY)


def said(numbers: list[Number]) -> dict[str, str]:
    return {number.label: f"{number.value}{number.unit}" for number in numbers}


def test_reach_tells_who_was_met_and_who_was_not(tiles: Screen) -> None:
    assert said([tiles.reach.reached, tiles.reach.unreached]) == {"已联络": "2人", "尚未联络": "1人"}
    assert [person.name for person in tiles.reach.quiet] == ["赵远"]


def test_levels_stand_in_two_columns_of_the_two_bodies(tiles: Screen) -> None:
    congress, cppcc = tiles.reach.levels

    assert [(row.label, row.serving, row.reached.value) for row in congress] == [("区人大代表", 3, 2)]
    assert cppcc == []


def test_whoever_was_met_longest_ago_stands_before_those_met_lately(office: User) -> None:
    lately, once, never = (seated(office, name) for name in ["甲生", "乙生", "丙生"])
    met(office, lately, on=date(2026, 1, 9))
    met(office, once, on=date(2025, 3, 3))

    assert [person.name for person in screen(office, TODAY).reach.quiet] == [never.name, once.name]


def test_an_overdue_promise_of_a_visit_is_counted_apart(tiles: Screen) -> None:
    assert said(tiles.deadlines.numbers)["后续事项逾期"] == "1项"


def test_coming_activities_are_listed_and_unclosed_ones_called_for(tiles: Screen) -> None:
    assert [(each.title, each.invited) for each in tiles.activities.next] == [("公开听证", 1)]
    assert said([tiles.activities.coming, tiles.activities.to_close]) == {"即将举行": "1场", "已举行待办结": "1场"}


def test_two_returned_forms_give_no_percentage(tiles: Screen) -> None:
    assert tiles.verdicts.returned.value == 2
    assert tiles.verdicts.percent is None


def test_five_returned_forms_give_a_percentage(office: User, department: Department) -> None:
    deputy = seated(office, "王芳")
    for index in range(5):
        heard(office, department, deputy, f"关于第{index}件事的建议", Verdict.MOSTLY if index else Verdict.SATISFIED)

    assert screen(office, TODAY).verdicts.percent == 100


def test_unsatisfied_items_and_open_promises_are_called_for(tiles: Screen) -> None:
    told = said(tiles.verdicts.numbers)

    assert told["不满意待重办"] == "1件"
    assert told["承诺待落实"] == "1件"


def test_the_account_never_mixes_units(tiles: Screen) -> None:
    assert said(tiles.account.numbers) == {
        "联络": "2次",
        "联络到": "2人",
        "当面意见": "1条",
        "活动": "1场",
        "到场": "2人次",
        "代表建议": "4件",
        "政协提案": "0件",
        "审议意见": "1条",
    }


def test_the_account_counts_contacts_by_month(tiles: Screen) -> None:
    assert tiles.account.months == (0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0)


def test_nothing_is_called_urgent_where_nothing_is(office: User) -> None:
    tiles = screen(office, TODAY)

    assert {number.tone for number in [*tiles.deadlines.numbers, *tiles.verdicts.numbers]} == {""}
