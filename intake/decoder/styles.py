"""Which cell styles show a number as a date; serial numbers as dates."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

# Built-in formats, with those that Chinese, Japanese and Korean Excel shows as dates.
_BUILT_IN = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_NOT_LETTERS = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
_FIRST, _LAST = 1, 2_958_465  # 9999-12-31


def is_date_format(code: str) -> bool:
    first = _NOT_LETTERS.sub("", code.split(";")[0]).lower()
    if "general" in first or "通用" in first:
        return False
    return any(letter in first for letter in "ymdhs年月日")


def date_styles(parser: Any) -> Callable[[], frozenset[int]]:
    """The numbers of the cell styles (``s``) whose format is a date."""
    custom: dict[int, str] = {}
    styles: list[int] = []
    inside: list[bool] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        local = tag.rpartition(":")[2]
        if local == "numFmt":
            custom[int(attributes["numFmtId"])] = attributes.get("formatCode", "")
        elif local == "cellXfs":
            inside.append(True)
        elif local == "xf" and inside:
            styles.append(int(attributes.get("numFmtId", 0)))

    def end(tag: str) -> None:
        if tag.rpartition(":")[2] == "cellXfs":
            inside.clear()

    def dates() -> frozenset[int]:
        known = {number for number, code in custom.items() if is_date_format(code)}
        known |= _BUILT_IN - custom.keys()
        return frozenset(place for place, number in enumerate(styles) if number in known)

    parser.StartElementHandler, parser.EndElementHandler = start, end
    return dates


def moment(serial: float, *, epoch_1904: bool) -> tuple[str, str] | None:
    """(kind, ISO text) of a serial number; None if no calendar has it. Excel believes in 29 February 1900."""
    if 0 <= serial < _FIRST:
        seconds = round(serial * 86_400)
        return "t", f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}"
    if not _FIRST <= serial <= _LAST:
        return None
    first = datetime(1904, 1, 1) if epoch_1904 else datetime(1899, 12, 30 if serial >= 60 else 31)  # noqa: DTZ001
    when = first + timedelta(days=int(serial), seconds=round(serial % 1 * 86_400))
    return "d", when.date().isoformat() if not (when.hour or when.minute) else f"{when:%Y-%m-%dT%H:%M}"
