"""Working days as the State Council arranged them; each date here was read from the published notices."""

from datetime import date

import pytest

from common.calendar import Arrangement, Calendar, add_months

pytestmark = pytest.mark.once

calendar = Calendar()


@pytest.mark.parametrize(
    "day",
    [date(2024, 2, 4), date(2024, 9, 14), date(2025, 1, 26), date(2025, 10, 11), date(2026, 1, 4), date(2026, 10, 10)],
)
def test_a_weekend_that_is_worked_is_a_working_day(day: date) -> None:
    assert day.weekday() >= 5
    assert calendar.is_workday(day)


@pytest.mark.parametrize(
    "day",
    [date(2024, 2, 16), date(2024, 5, 3), date(2025, 2, 4), date(2025, 10, 8), date(2026, 1, 2), date(2026, 2, 23)],
)
def test_a_weekday_in_a_holiday_is_off(day: date) -> None:
    assert day.weekday() < 5
    assert not calendar.is_workday(day)


def test_an_ordinary_week() -> None:
    week = [date(2026, 11, 16 + n) for n in range(7)]
    assert [calendar.is_workday(day) for day in week] == [True] * 5 + [False] * 2


@pytest.mark.parametrize(
    ("year", "expected"),
    [
        (2020, date(2020, 2, 3)),
        (2023, date(2023, 1, 28)),
        (2024, date(2024, 2, 18)),
        (2025, date(2025, 2, 5)),
        (2026, date(2026, 2, 24)),
        (2031, None),
    ],
)
def test_the_day_of_the_first_task(year: int, expected: date | None) -> None:
    assert calendar.first_workday_after_spring_festival(year) == expected


def test_a_year_counts_as_known_only_with_its_worked_weekends() -> None:
    assert [calendar.known(year) for year in (2007, 2024, 2025, 2026)] == [True] * 4
    assert not calendar.known(2031)


def test_a_worked_weekend_in_december_comes_with_the_next_years_notice() -> None:
    """31 December 2005 was worked for the New Year of 2006; the year 2000 had no arrangement at all."""
    assert not calendar.known(2000)
    assert calendar.is_workday(date(2005, 12, 31))


def test_asking_about_one_year_does_not_change_another() -> None:
    before = calendar.is_workday(date(2026, 1, 4)), calendar.known(2031)
    for year in range(1990, 2050):
        calendar.known(year)
    assert (calendar.is_workday(date(2026, 1, 4)), calendar.known(2031)) == before


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        (date(2025, 11, 30), 3, date(2026, 2, 28)),
        (date(2023, 11, 30), 3, date(2024, 2, 29)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 3, 31), 1, date(2026, 4, 30)),
        (date(2026, 2, 28), 3, date(2026, 5, 28)),
        (date(2026, 10, 15), 3, date(2027, 1, 15)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
    ],
)
def test_months_end_on_the_corresponding_day_or_the_end_of_the_month(start: date, months: int, expected: date) -> None:
    assert add_months(start, months) == expected


def test_a_day_off_has_a_name_for_the_reader() -> None:
    assert calendar.day_off_name(date(2026, 6, 19)) == "端午节"
    assert calendar.day_off_name(date(2026, 11, 28)) == "星期六"
    assert calendar.day_off_name(date(2026, 11, 23)) == ""


def test_what_the_office_typed_comes_before_the_library() -> None:
    """A year that was typed is known; of the others nothing changes."""
    ours = Calendar({2031: [Arrangement("元旦", date(2030, 12, 31), date(2031, 1, 1), (date(2031, 1, 4),))]})
    assert (ours.known(2031), calendar.known(2031)) == (True, False)
    assert not ours.is_workday(date(2030, 12, 31))
    assert ours.is_workday(date(2031, 1, 4))
    assert ours.day_off_name(date(2030, 12, 31)) == "元旦"
    assert [ours.is_workday(date(2026, 1, day)) for day in range(1, 8)] == [
        calendar.is_workday(date(2026, 1, day)) for day in range(1, 8)
    ]


def test_the_spring_festival_of_a_typed_year_gives_the_day_of_the_first_task() -> None:
    ours = Calendar({2031: [Arrangement("春节", date(2031, 1, 22), date(2031, 1, 29), (date(2031, 2, 1),))]})
    assert ours.first_workday_after_spring_festival(2031) == date(2031, 1, 30)
