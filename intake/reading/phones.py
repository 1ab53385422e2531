"""Telephone numbers: floats, full-width digits, hyphens. A wrong one is no reason to refuse a person."""

import re
import unicodedata

from intake.reading.cells import Cell, Problem

_NOISE = re.compile(r"[\s\-—–‐‑−_.·()（）]")
_BETWEEN = re.compile(r"[、,，;；/\n或]+")
_MOBILE = re.compile(r"1\d{10}")
_LAND = re.compile(r"0\d{9,11}")
_SHORT = re.compile(r"[2-8]\d{6,7}")
_PREFIX = re.compile(r"^(?:\+?0{0,2}86)(?=1\d{10}$)")


def phone(cell: Cell) -> tuple[str, Problem | None]:
    """(number as digits or "", warning). Of several numbers the first right one counts, and that is told."""
    if cell.is_lost:
        return "", Problem("phone_lost", "电话是没有结果的公式或错误值，已按空白导入，请补填。")
    parts = [part for part in _BETWEEN.split(unicodedata.normalize("NFKC", cell.text)) if part.strip()]
    if not parts:
        return "", None
    found = [number for part in parts for number in _numbers(part)]
    if not found:
        return "", Problem("phone_wrong", "电话号码不对（位数不足、过多或含文字），已按空白导入，请补填。")
    if len(parts) > 1 or len(found) > 1:
        return found[0], Problem("phone_several", "一格里有多个电话，只导入第一个，其余请写入备注。")
    return found[0], None


def _numbers(text: str) -> list[str]:
    """One number, with blanks or without; else those that blanks part."""
    numbers = [_number(text)] if _number(text) else [_number(part) for part in text.split()]
    return [number for number in numbers if number]


def _number(text: str) -> str:
    """Without what stands before a colon, an extension, a word in brackets (办)."""
    bare = re.sub(r"^\D*:|\.0+$|-?(?:转|分机)\d+$|\([^\d()]*\)", "", text.strip())
    digits = _PREFIX.sub("", _NOISE.sub("", bare))
    if digits.startswith("+86"):
        digits = digits[3:]
    return digits if any(form.fullmatch(digits) for form in (_MOBILE, _LAND, _SHORT)) else ""
