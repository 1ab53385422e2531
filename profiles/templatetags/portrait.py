"""Years, days and the size of a name, as the portrait writes them."""

from datetime import date

from django import template

from common.calendar import cn_day

register = template.Library()


@register.filter
def name_size(name: str) -> str:
    """The longer the name the smaller it is set on the cover."""
    steps = {4: "", 8: "long", 14: "longer"}
    return next((size for most, size in steps.items() if len(name) <= most), "longest")


@register.filter
def cn_year(year: int) -> str:
    """2026 → 二〇二六年."""
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(year)) + "年"


@register.filter
def day(iso: str) -> str:
    """2026-03-05 → 2026年3月5日. The facts are JSON: dates in them are text."""
    return cn_day(date.fromisoformat(iso))


@register.filter
def when(iso: str, year: int) -> str:
    """3月5日 in the year of the booklet, 2025.9.4 in another one: the column is narrow."""
    value = date.fromisoformat(iso)
    return month_day(iso) if value.year == year else f"{value.year}.{value.month}.{value.day}"


@register.filter
def month_day(iso: str) -> str:
    """2026-03-05 → 3月5日."""
    value = date.fromisoformat(iso)
    return f"{value.month}月{value.day}日"
