"""How long ago, in words."""

from datetime import date

from django import template
from django.utils import timezone

register = template.Library()


@register.filter
def ago(day: date | None) -> str:
    """今天, 昨天, 12天前, 3个月前, 2年前; nothing for nothing."""
    if day is None:
        return ""
    days = (timezone.localdate() - day).days
    if days < 2:
        return ("今天", "昨天")[max(days, 0)]
    if days < 31:
        return f"{days}天前"
    return f"{days // 30}个月前" if days < 365 else f"{days // 365}年前"
