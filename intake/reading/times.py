"""A time of day, alone or behind a day."""

import re
import unicodedata
from datetime import time

from intake.reading.cells import Cell, Refusal, without_blanks

_CLOCK = re.compile(
    r"(?P<half>上午|下午|晚上|中午)?(?P<h>\d{1,2})(?:[:：时点](?P<m>\d{1,2})?分?(?::\d{2})?|(?P<n>半))(?P<o>半)?$"
)
_UNTIL = re.compile(r"\s*[-—–~～至到]+\s*(?=(?:[上下中]午|晚上)?\d{1,2}[:：时点])")
_DAY_ONLY = re.compile(r"[\d年月日号./\-\\]+")


def clock(cell: Cell) -> time | None:
    """None where only a day is written; the first of 9:30-11:00."""
    text = unicodedata.normalize("NFKC", cell.text).replace("T", " ").strip()
    if cell.kind in ("t", "d"):
        return _of_iso(cell.value)
    if cell.kind == "n" and 0 <= float(cell.value) < 1:
        minutes = round(float(cell.value) * 24 * 60)
        return time(minutes // 60 % 24, minutes % 60)
    text = _UNTIL.split(text)[0]
    match = _CLOCK.search(text) or _CLOCK.search(text := without_blanks(text))
    if match is None:
        if _DAY_ONLY.fullmatch(text):
            return None
        raise Refusal("not_a_time", f"“{cell.text.strip()[:20]}”不是时间。请写成“9:30”的样子。")
    hour, minute = int(match["h"]), 30 if match["n"] or match["o"] else int(match["m"] or 0)
    if match["half"] in ("下午", "晚上") and hour < 12:
        hour += 12
    if hour > 23 or minute > 59:
        raise Refusal("not_a_time", f"“{cell.text.strip()[:20]}”不是时间。请写成“9:30”的样子。")
    return time(hour, minute)


def _of_iso(value: str) -> time | None:
    clock_part = value.partition("T")[2] if "T" in value else value
    return time.fromisoformat(clock_part) if ":" in clock_part else None
