"""Other people's texts on paper: cut to size, without what reads differently from what is stored."""

import re
import unicodedata
from typing import Any

TOWER = re.compile(
    r"([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u20d0-\u20ff]{2})[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u20d0-\u20ff]+"
)


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
