"""Working days in mainland China: statutory holidays and 调休, seeded from the ``holidays`` library.

The State Council announces a year's arrangement in the November before. Until then (``official(year)``
is False) weekends and statutory holidays are known but no 调休, so a date in that year is an estimate
and callers say so (「预计，国务院通知未发布」). This is the only module that knows where the days come from.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import holidays

_DAY = timedelta(days=1)
_WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True)
class _Year:
    off: dict[date, str]
    worked_weekends: frozenset[date]


@lru_cache(maxsize=64)
def _year(year: int) -> _Year:
    # The library grows its tables when asked about other years, so each year is copied out once.
    china = holidays.country_holidays("CN", years=year, language="zh_CN")
    return _Year(
        off={day: name for day, name in china.items() if day.year == year},
        worked_weekends=frozenset(day for day in china.weekend_workdays if day.year == year),
    )


def official(year: int) -> bool:
    """Is the arrangement of ``year`` known? December days do not count: they come with the next year's notice."""
    return any(day.month < 12 for day in _year(year).worked_weekends)


def is_workday(day: date) -> bool:
    """A working day as far as is known; in a year that is not :func:`official` 调休 may still move it."""
    known = _year(day.year)
    return day in known.worked_weekends or (day.weekday() < 5 and day not in known.off)


def day_off_name(day: date) -> str:
    """Why nobody works on ``day``: 「端午节」, 「星期六」; empty on a working day."""
    if is_workday(day):
        return ""
    return _year(day.year).off.get(day, weekday_name(day))


def weekday_name(day: date) -> str:
    return f"星期{_WEEKDAYS[day.weekday()]}"


def next_workday(day: date) -> date:
    """``day`` itself if it is a working day, else the first one after it."""
    while not is_workday(day):
        day += _DAY
    return day


def add_months(day: date, months: int) -> date:
    """The corresponding day ``months`` later; where that month has no such day, its last day (民法典 202)."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def first_workday_after_spring_festival(year: int) -> date | None:
    """The day of the 「第一任务」 visits; None (待公布) while the arrangement of ``year`` is not known."""
    if not official(year):
        return None
    festival = min(day for day, name in _year(year).off.items() if name.startswith("春节"))
    return next_workday(festival)
