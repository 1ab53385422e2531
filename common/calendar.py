"""Working days in mainland China: statutory holidays and 调休.

The State Council announces a year's arrangement in the November before. The office types it in
(``suggestions.models.Holiday``) and passes it on as a :class:`Calendar`; years that it has not typed come from the
``holidays`` library. Until either knows a year (``known(year)`` is False) weekends and statutory holidays are known
but no 调休, so a date in that year is an estimate and callers say so.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import holidays

DAY = timedelta(days=1)
SPRING_FESTIVAL = "春节"
_WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True)
class Arrangement:
    """One holiday of a notice: off from ``first`` to ``last``, for which the weekend days ``worked`` are worked."""

    name: str
    first: date
    last: date
    worked: tuple[date, ...] = ()

    def days(self) -> Iterator[date]:
        day = self.first
        while day <= self.last:
            yield day
            day += DAY


@dataclass(frozen=True)
class _Year:
    off: dict[date, str]
    worked_weekends: frozenset[date]


@lru_cache(maxsize=64)
def _from_library(year: int) -> _Year:
    # The library grows its tables when asked about other years, so each year is copied out once.
    china = holidays.country_holidays("CN", years=year, language="zh_CN")
    return _Year(
        off={day: name for day, name in china.items() if day.year == year},
        worked_weekends=frozenset(day for day in china.weekend_workdays if day.year == year),
    )


class Calendar:
    """What is known of working days; ``notices`` are the arrangements of whole years, by year."""

    def __init__(self, notices: dict[int, list[Arrangement]] | None = None) -> None:
        self._typed = notices or {}
        # By day, not by year: the notice of a year may begin in the last days of the year before (元旦).
        rows = [row for each in self._typed.values() for row in each]
        self._typed_off = {day: row.name for row in rows for day in row.days()}
        self._typed_worked = {day for row in rows for day in row.worked}

    def known(self, year: int) -> bool:
        """Is the arrangement of ``year`` known? In the library December days do not count: they come with the next
        year's notice."""
        return year in self._typed or any(day.month < 12 for day in _from_library(year).worked_weekends)

    def is_workday(self, day: date) -> bool:
        """A working day as far as is known; in a year that is not :meth:`known` 调休 may still move it."""
        return self._works_by_exception(day) or (day.weekday() < 5 and not self._off(day))

    def day_off_name(self, day: date) -> str:
        """Why nobody works on ``day``: 「端午节」, 「星期六」; empty on a working day."""
        return "" if self.is_workday(day) else self._off(day) or weekday_name(day)

    def next_workday(self, day: date) -> date:
        """``day`` itself if it is a working day, else the first one after it."""
        while not self.is_workday(day):
            day += DAY
        return day

    def add_workdays(self, day: date, number: int) -> date:
        """The ``number``-th working day after ``day``, which itself is not counted."""
        for _ in range(number):
            day = self.next_workday(day + DAY)
        return day

    def first_workday_after_spring_festival(self, year: int) -> date | None:
        """The day of the 「第一任务」 visits; None (待公布) while no Spring Festival of ``year`` is known."""
        if not self.known(year):
            return None
        from_january = (date(year, 1, 15) + number * DAY for number in range(60))  # the festival begins by 20 February
        first = next((day for day in from_january if self._off(day).startswith(SPRING_FESTIVAL)), None)
        return self.next_workday(first) if first else None

    def _off(self, day: date) -> str:
        known = "" if day.year in self._typed else _from_library(day.year).off.get(day, "")
        return self._typed_off.get(day, known)

    def _works_by_exception(self, day: date) -> bool:
        untyped = day.year not in self._typed
        return day in self._typed_worked or (untyped and day in _from_library(day.year).worked_weekends)


def weekday_name(day: date) -> str:
    return f"星期{_WEEKDAYS[day.weekday()]}"


def cn_day(day: date) -> str:
    """2026年3月5日."""
    return f"{day.year}年{day.month}月{day.day}日"


def add_months(day: date, months: int) -> date:
    """The corresponding day ``months`` later; where that month has no such day, its last day (民法典 202)."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
