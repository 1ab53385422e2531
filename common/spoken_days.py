"""Days as people say and write them: 昨天下午, 上周五, 3月5日, 11.20. Only days that have come: ``today`` is the last.

A day without a year is the latest such day. What could be meant for the future (明天; in November 12月3日) or for no
day (上周) is nothing.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, timedelta

_PART = "(?:清晨|早上|上午|中午|下午|傍晚|晚上|早|晚)?"
# So near ahead a day without a year is rather an appointment than a day of last year.
_SOON = timedelta(60)
_AGO = {"今": 0, "昨": 1, "前": 2, "大前": 3}
_DIGITS = {digit: number for number, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_WEEKDAYS = {name: number for number, names in enumerate(("一1", "二2", "三3", "四4", "五5", "六6", "日天7"))
             for name in names}  # fmt: skip
_HAN = "[零〇一二两三四五六七八九十]{1,3}"
_N = rf"(?:\d{{1,2}}|{_HAN})"

_NAMED = re.compile(rf"(?P<ago>大前|前|昨|今)(?:天|日|儿个?)?{_PART}")
_NOW = re.compile("(?:刚才|刚刚|上午|中午|下午|早上|晚上)")
_DAYS_AGO = re.compile(rf"(?P<n>{_N})天(?:以)?前")
_WEEKDAY = re.compile(rf"(?P<week>上上|上|本|这)?(?:个)?(?:周|星期|礼拜)(?P<day>[一二三四五六日天1-7]){_PART}")
_FULL = re.compile(rf"(?P<y>(?:19|20)\d{{2}})[-./年](?P<m>{_N})[-./月](?P<d>{_N})[日号]?{_PART}")
_COMPACT = re.compile(r"(?P<y>20\d{2})(?P<m>\d{2})(?P<d>\d{2})")
_MONTH_DAY = re.compile(rf"(?P<m>{_N})(?:月(?P<d>{_N})[日号]?|[-./](?P<d2>\d{{1,2}})){_PART}")
_DAY = re.compile(rf"(?P<last>上个?月)?(?P<d>{_N})[日号]{_PART}")


def spoken_day(word: str, today: date) -> date | None:
    """The day that ``word`` as a whole names, or None."""
    plain = unicodedata.normalize("NFKC", word)
    for pattern, read in _READERS:
        if found := pattern.fullmatch(plain):
            day = read(found, today)
            return day if day and day <= today else None
    return None


def _named(found: re.Match[str], today: date) -> date | None:
    """今天, 昨晚, 大前天; 前 and 今 alone are no days."""
    return today - timedelta(_AGO[found["ago"]]) if len(found[0]) > len(found["ago"]) else None


def _now(found: re.Match[str], today: date) -> date:
    return today


def _days_ago(found: re.Match[str], today: date) -> date:
    return today - timedelta(_number(found["n"]))


def _weekday(found: re.Match[str], today: date) -> date:
    """周五 is the latest Friday, 本周五 that of this week, 上周五 that of the week before."""
    monday, day = today - timedelta(today.weekday()), _WEEKDAYS[found["day"]]
    if found["week"]:
        return monday + timedelta(day - 7 * found["week"].count("上"))
    return today - timedelta((today.weekday() - day) % 7)


def _full(found: re.Match[str], today: date) -> date | None:
    return _day(int(found["y"]), _number(found["m"]), _number(found["d"]))


def _month_day(found: re.Match[str], today: date) -> date | None:
    month, day = _number(found["m"]), _number(found["d"] or found["d2"])
    ahead = _day(today.year, month, day) or today
    if today < ahead <= today + _SOON:
        return None
    years = range(today.year, today.year - 9, -1)  # 29 February is found in a leap year
    return _latest((_day(year, month, day) for year in years), today)


def _day_of_month(found: re.Match[str], today: date) -> date | None:
    """5号 is the latest fifth, 上月5号 that of the month before."""
    backs = (1,) if found["last"] else (0, 1, 2)
    months = [divmod(today.year * 12 + today.month - 1 - back, 12) for back in backs]
    return _latest((_day(year, month + 1, _number(found["d"])) for year, month in months), today)


def _latest(days: Iterable[date | None], today: date) -> date | None:
    return next((day for day in days if day and day <= today), None)


def _number(text: str) -> int:
    """12, 十二, 二十一; three digits in a row are none (0, which no month has)."""
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.partition("十")
    if not ten:
        return _DIGITS[text] if len(text) == 1 else 0
    return (_DIGITS.get(tens, 1) if tens else 1) * 10 + (_DIGITS.get(ones, 0) if ones else 0)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


_READERS = [
    (_NAMED, _named),
    (_NOW, _now),
    (_DAYS_AGO, _days_ago),
    (_WEEKDAY, _weekday),
    (_FULL, _full),
    (_COMPACT, _full),
    (_MONTH_DAY, _month_day),
    (_DAY, _day_of_month),
]
