"""A State Council notice on holidays (国务院办公厅关于××年部分节假日安排的通知), read and written.

The office pastes the notice as it was published, one line for each holiday:
「二、春节：2月15日（…周日）至23日（…周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。」
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from common.calendar import Arrangement, cn_day

_LINE = re.compile(r"^(?:[一二三四五六七八九十]+[、.．])?(?P<name>[一-龥、·]{2,12})[::](?P<rest>.*放假.*)$")
_DAY = re.compile(r"(?:(?P<year>20\d\d)年)?(?:(?P<month>\d{1,2})月)?(?P<day>\d{1,2})日")
_COUNT = re.compile(r"共(\d+)天")
_BRACKETS = re.compile(r"\([^()]*\)")
LONGEST = 15
SATURDAY = 5


class NoticeRefused(ValueError):
    """The text says what could not be read and what to do."""


def read_notice(text: str, year: int) -> list[Arrangement]:
    """The holidays of ``year``. Raises :class:`NoticeRefused`: a wrong day would move deadlines."""
    found = [_arrangement(name, rest, year) for name, rest in _lines(text)]
    if not found:
        raise NoticeRefused(
            "没有读到放假安排。请粘贴通知全文，每个节日一行，如“一、元旦：1月1日至3日放假，1月4日上班”。"
        )
    _check(found, year)
    return sorted(found, key=lambda each: each.first)


def write_notice(rows: Iterable[Arrangement]) -> str:
    """The lines that :func:`read_notice` reads back as the same."""
    return "\n".join(_line(row) for row in rows)


def _lines(text: str) -> Iterator[tuple[str, str]]:
    for line in unicodedata.normalize("NFKC", text).splitlines():
        # Brackets hold the weekday and the lunar date, in which there are numbers and 日 too.
        plain = _BRACKETS.sub("", re.sub(r"\s", "", line))
        if found := _LINE.match(plain):
            yield found["name"], found["rest"]


def _arrangement(name: str, rest: str, year: int) -> Arrangement:
    off, _, after = rest.partition("放假")
    days = list(_days(off, year, name))
    if not days or len(days) > 2:
        raise NoticeRefused(f"“{name}”的放假日期没有读懂，请写成“{name}：1月1日至3日放假”。")
    first, last = days[0], days[-1]
    count = _COUNT.search(after)
    if count and int(count[1]) != (last - first).days + 1:
        raise NoticeRefused(f"“{name}”写明共{count[1]}天，读到的是{cn_day(first)}至{cn_day(last)}，请核对。")
    worked = tuple(sorted(_days(after.rpartition("上班")[0], year, name, near=first)))
    return Arrangement(name, first, last, worked)


def _days(text: str, year: int, name: str, near: date | None = None) -> Iterator[date]:
    """「2月15日至23日」: a day without its month is in the month of the day before it."""
    month, written_year = (near.month if near else 0), 0
    for found in _DAY.finditer(text):
        written_year = int(found["year"] or written_year)
        month = int(found["month"] or month)
        # 元旦 may begin on the last days of December before.
        old_year = month == 12 and name.startswith("元旦") and not written_year
        try:
            yield date(written_year or (year - 1 if old_year else year), month, int(found["day"]))
        except ValueError:
            raise NoticeRefused(f"“{name}”中的{found[0]}不是一个日期，请核对。") from None


def _check(rows: list[Arrangement], year: int) -> None:
    off: dict[date, str] = {}
    for row in rows:
        _check_length(row, year)
        for day in row.days():
            if day in off:
                raise NoticeRefused(f"{cn_day(day)}同时属于{off[day]}和{row.name}，请合并为一行。")
            off[day] = row.name
    if len({row.name for row in rows}) < len(rows):
        raise NoticeRefused("同一个节日写了两行，请合并为一行。")
    for day in (day for row in rows for day in row.worked):
        _check_worked(day, off)


def _check_length(row: Arrangement, year: int) -> None:
    if not timedelta(0) <= row.last - row.first < timedelta(days=LONGEST):
        raise NoticeRefused(f"“{row.name}”从{cn_day(row.first)}放到{cn_day(row.last)}，请核对。")
    if year not in (row.first.year, row.last.year):
        raise NoticeRefused(f"“{row.name}”不在{year}年，请核对年份。")


def _check_worked(day: date, off: dict[date, str]) -> None:
    if day in off:
        raise NoticeRefused(f"{cn_day(day)}既放假又上班，请核对。")
    if day.weekday() < SATURDAY:
        raise NoticeRefused(f"{cn_day(day)}不是周末，不需要调休上班，请核对。")


def _line(row: Arrangement) -> str:
    until = f"至{cn_day(row.last)}" if row.last != row.first else ""
    worked = "、".join(map(cn_day, row.worked))
    return f"{row.name}：{cn_day(row.first)}{until}放假" + (f"，{worked}上班。" if worked else "。")
