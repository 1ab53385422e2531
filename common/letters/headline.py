"""Titles that are wider than a line break where they are read, into lines of nearly the same length (GB/T 9704)."""

from math import ceil

_NOT_FIRST = "，。、；：？！）》〉”’的号届次"
_NOT_LAST = "（《〈“‘第"
_FAR = 3.0  # characters that a bad place may be nearer to the middle and still lose


def em(words: str) -> float:
    """Width in Chinese characters: a digit or letter takes half of one."""
    return sum(0.5 if ord(char) < 0x2E80 and char not in "“”‘’—…" else 1.0 for char in words)


def headline(words: str, most: int) -> list[str]:
    """``words`` in lines of at most ``most`` characters."""
    lines = ceil(em(words) / most)
    if lines < 2:
        return [words]
    wanted = em(words) / lines
    places = [at for at in range(1, len(words)) if em(words[:at]) <= most and _may_break(words, at)]
    if not places:
        return [words]
    at = min(places, key=lambda place: abs(em(words[:place]) - wanted) + _badness(words, place))
    return [words[:at], *headline(words[at:], most)]


def _may_break(words: str, at: int) -> bool:
    before, after = words[at - 1], words[at]
    within_a_number = ord(before) < 0x2E80 and ord(after) < 0x2E80 and before.isalnum() and after.isalnum()
    return after not in _NOT_FIRST and before not in _NOT_LAST and not within_a_number


def _badness(words: str, at: int) -> float:
    """Good places: before 第12号 and an opening quotation mark, after 会议 and 的."""
    is_good = words[at] in "第“《" or words[:at].endswith(("会议", "期间", "的", "”", "》"))
    return 0.0 if is_good else _FAR
