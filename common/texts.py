"""Other people's texts on paper: cut to size, without what reads differently from what is stored."""

import re
import unicodedata
from typing import Any

TOWER = re.compile(
    r"([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u20d0-\u20ff]{2})[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u20d0-\u20ff]+"
)

# Neither a spreadsheet nor a letter can hold these: XML has no place for them.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def writable(text: str) -> str:
    return _UNWRITABLE.sub("", text)


def numeral(number: int) -> str:
    """1–99 as 一 … 九十九: how terms and sessions are counted."""
    digits = " 一二三四五六七八九"
    tens, ones = divmod(number, 10)
    return f"{digits[tens].strip() if tens > 1 else ''}{'十' if tens else ''}{digits[ones].strip()}"


def clipped(text: str, most: int) -> str:
    """At most about ``most`` characters, ended at a sentence where there is one."""
    text = text.strip()
    if len(text) <= most:
        return text
    end = max(text.rfind(mark, most // 2, most) for mark in "。！？；")
    return text[: end + 1] if end > 0 else f"{text[: most - 2]}……"


def clean(value: Any) -> Any:
    """Without invisible steering characters (they reorder or hide text) and towers of combining marks."""
    if isinstance(value, dict):
        return {key: clean(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [clean(part) for part in value]
    if not isinstance(value, str):
        return value
    shown = "".join(char for char in value if char == "\n" or unicodedata.category(char) not in {"Cc", "Cf"})
    return TOWER.sub(r"\1", shown)
