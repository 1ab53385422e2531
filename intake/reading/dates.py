"""Dates in every written form. What may mean two days is refused, never guessed."""

import re
import unicodedata
from datetime import date, timedelta

from intake.reading.cells import Cell, Refusal, without_blanks

_EPOCH = date(1899, 12, 30)
_SERIALS = range(18_264, 73_051)  # 1950 … 2099
_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_SEP = r"[-./年\\]"
_YEAR, _MONTH, _DAY = r"(?P<y>\d{4}|\d{2})", r"(?P<m>\d{1,2})", r"(?P<d>\d{1,2})"
_FULL = re.compile(rf"{_YEAR}{_SEP}{_MONTH}[-./月\\]{_DAY}[日号]?")
_SOLID = re.compile(r"(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})")
_YEAR_MONTH = re.compile(r"(?P<y>\d{4}|\d{2})(?:[-./\\](?P<m>\d{1,2})|年(?P<n>\d{1,2})月?份?)")
_SOLID_MONTH = re.compile(r"(?P<y>(?:19|20)\d{2})(?P<m>0[1-9]|1[0-2])")
_MONTH_DAY = re.compile(r"(?P<m>\d{1,2})(?:月(?P<d>\d{1,2})[日号]?|[-./](?P<e>\d{1,2}))")
_TAIL = re.compile(
    r"(?:[(（]?(?:星期|周|礼拜)[一二三四五六日天末1-7][)）]?|[上中下]午|早上|晚上|凌晨)*"
    r"(?:[T ]?\d{1,2}[:：时点]\d{0,2}(?:分|:\d{2}(?:\.\d+)?)?(?:半|整)?)?"
    r"(?:[-—–~～至到]+[上下中]?午?\d{1,2}[:：时点]\d{0,2}分?)?$"
)
_BEFORE_TIME = re.compile(r"(?<=\d)\s+(?=\d{1,2}[:时点])")
_HAN_NUMBER = re.compile("[〇零○一二三四五六七八九十]+")
_YEAR_IN_TITLE = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_ASK = "请写成“2026年3月5日”的样子。"


def year_of(title: str) -> int | None:
    """The one year that a title or a sheet's name speaks of (2026年联络台账); two different years are none."""
    text = _arabic(unicodedata.normalize("NFKC", title))
    years = {int(year) for year in _YEAR_IN_TITLE.findall(text)}
    return years.pop() if len(years) == 1 else None


def day(cell: Cell, *, today: date, year: int | None = None) -> date:
    """The day that the cell says; ``year`` completes 3月5日. At most a year ahead of ``today``."""
    found = _day(cell, today, year)
    if found > today + timedelta(days=365):
        raise Refusal("far_future", f"{found:%Y-%m-%d} 比今天晚一年以上，请核对年份。")
    if found.year < 1949:
        raise Refusal("too_old", f"{found:%Y-%m-%d} 太早，请核对年份。")
    return found


def month(cell: Cell, *, today: date) -> date:
    """The first day of the month (出生年月). The tail of 1985.1 may have been a 0: refused as a number."""
    text = _text(cell)
    match = _YEAR_MONTH.fullmatch(text) or _SOLID_MONTH.fullmatch(text)
    if match and cell.kind == "n" and "." in text and text.endswith(".1"):
        raise Refusal("ambiguous_month", "分不清是1月还是10月（数字末尾的0会丢失）。请写成“1985年10月”。")
    if match:
        found = _made(_four(match["y"], today), int(match["m"] or match.groupdict().get("n") or 0), 1)
    else:
        found = _day(cell, today, None).replace(day=1)
    if not 1900 <= found.year <= today.year:
        raise Refusal("impossible_birth", "出生年月不可能，请核对。")
    return found


def _day(cell: Cell, today: date, year: int | None) -> date:
    if cell.is_lost:
        raise Refusal("no_value", f"日期是没有结果的公式或错误值。{_ASK}")
    if cell.kind == "d":
        return date.fromisoformat(cell.value[:10])
    text = _text(cell)
    if (serial := _serial(text)) is not None:
        return serial
    if cell.kind == "n" and "." in text:
        raise Refusal("number_not_date", f"这一格是小数，分不清日期（3.1 也可能是3月10日）。{_ASK}")
    match = _match(text)
    if match is None:
        raise _refusal(text, cell.text)
    parts = match.groupdict()
    if "y" not in parts:
        if year is None:
            raise Refusal("no_year", "日期没有年份，工作表名和标题里也没有写年份。请写成“2026年3月5日”。")
        return _made(year, int(parts["m"]), int(parts["d"] or parts["e"]))
    return _made(_four(parts["y"], today), int(parts["m"]), int(parts["d"]))


def _match(text: str) -> re.Match[str] | None:
    """The form whose rest is only a weekday or a time of day."""
    for form in (_SOLID, _FULL, _MONTH_DAY):
        match = form.match(text)
        if match and _TAIL.fullmatch(text[match.end() :]):
            return match
    return None


def _refusal(text: str, written: str) -> Refusal:
    if _YEAR_MONTH.fullmatch(text) or _SOLID_MONTH.fullmatch(text):
        return Refusal("no_day", f"只有年月，没有日。{_ASK}")
    if re.fullmatch(r"(19|20)\d{2}年?度?", text):
        return Refusal("no_day", f"只有年份。{_ASK}")
    if len(re.findall(r"\d{1,2}[日号]|\d[-./]\d", text)) > 1 or re.search(r"[~～至到—]", text):
        return Refusal("date_range", "写了一段日期。请只写开始的那一天，其余写入内容。")
    return Refusal("not_a_date", f"“{written.strip()[:20]}”不是日期。{_ASK}")


def _text(cell: Cell) -> str:
    """Without blanks; the one before a time of day (2026/3/5 9:30) is a mark."""
    text = _BEFORE_TIME.sub("T", unicodedata.normalize("NFKC", cell.text).strip(" '’‘`"))
    text = _arabic(without_blanks(text)).rstrip("。.")
    return re.sub(r"(?<=\d)[。,、](?=\d)", ".", text)


def _serial(text: str) -> date | None:
    """45000 and 45000.5, as a number or as text."""
    if not re.fullmatch(r"\d{5}(\.\d+)?", text) or int(float(text)) not in _SERIALS:
        return None
    return _EPOCH + timedelta(days=int(float(text)))


def _arabic(text: str) -> str:
    """二〇二六年三月十五日 → 2026年3月15日. Other words are left alone."""
    return _HAN_NUMBER.sub(lambda match: _han(match), text) if re.search("[年月]", text) else text


def _han(match: re.Match[str]) -> str:
    run = match[0]
    if match.string[: match.start()].endswith(("周", "星期", "礼拜")):
        return run
    if "十" not in run:
        return run.translate(_DIGITS)
    tens, _, ones = run.partition("十")
    return str(int(tens.translate(_DIGITS) or 1) * 10 + int(ones.translate(_DIGITS) or 0))


def _four(year: str, today: date) -> int:
    """26 → 2026, 85 → 1985."""
    if len(year) == 4:
        return int(year)
    return 2000 + int(year) if int(year) <= today.year % 100 + 1 else 1900 + int(year)


def _made(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise Refusal("impossible_date", f"{year}年{month}月{day}日不存在，请核对。") from None
