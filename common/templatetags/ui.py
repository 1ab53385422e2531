"""The small kit of components that pages are built from; `/gallery/` (DEBUG) shows each of them."""

from datetime import date, datetime
from typing import Any

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.forms import BaseForm, MultipleHiddenInput
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from common import charts
from common.calendar import cn_day
from common.icons import ICONS

register = template.Library()


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A line icon in the colour of the text. Without ``label`` it is decoration and hidden from screen readers."""
    named = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor"'
        ' stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round" focusable="false" {}>{}</svg>',
        named,
        mark_safe(ICONS[name]),
    )


@register.simple_block_tag(end_name="endcard")
def card(content: str, title: str = "", class_name: str = "", id: str = "") -> SafeString:
    """A panel with a heading."""
    heading = format_html('<h2 class="card-title">{}</h2>', title) if title else ""
    anchor = format_html(' id="{}"', id) if id else ""
    return format_html('<section class="card {}"{}>{}{}</section>', class_name, anchor, heading, content)


@register.simple_tag
def pill(text: object, tone: str = "muted") -> SafeString:
    """A state in one word; the tone only repeats what the word says, colour never carries meaning alone."""
    return format_html('<span class="pill pill-{}">{}</span>', tone, text)


@register.simple_tag
def unit(number: object, name: str) -> SafeString:
    """A number with its unit, which is never left out: 件 条 场 人次 人 never look alike."""
    return format_html('<span class="figure"><b>{}</b><i>{}</i></span>', number, name)


@register.simple_tag
def count(number: int, name: str) -> SafeString:
    """「共 N 件」 above a list; tests compare ``data-count`` with the number that linked here."""
    return format_html('<p class="count" data-count="{}">共 <b>{}</b> {}</p>', number, number, name)


@register.inclusion_tag("components/empty_state.html")
def empty_state(sentence: str, url: str = "", label: str = "") -> dict[str, str]:
    """What to say and do where there is nothing yet."""
    return {"sentence": sentence, "url": url, "label": label}


@register.inclusion_tag("components/pager.html", takes_context=True)
def pager(context: template.Context, page: Page, target: str = "") -> dict[str, object]:
    """Previous / next for ``common.http.paginate``; ``target`` makes it an htmx swap of that element."""
    return {"page": page, "request": context.get("request"), "target": target}


@register.inclusion_tag("components/form_errors.html")
def form_errors(form: BaseForm) -> dict[str, object]:
    """Errors that belong to no visible field, and the hidden fields themselves.

    Not those of several values: a person picker draws them, so that a chip taken away is not sent from here.
    """
    hidden = [field for field in form.hidden_fields() if not isinstance(field.field.widget, MultipleHiddenInput)]
    errors = [error for field in hidden for error in field.errors]
    return {"hidden": hidden, "errors": [*form.non_field_errors(), *errors]}


@register.inclusion_tag("components/toast.html")
def toast(text: str, undo_url: str = "", tone: str = "ok") -> dict[str, str]:
    """Append to any htmx answer: the sentence slides in, with 撤销 where ``undo_url`` takes a POST."""
    return {"text": text, "undo_url": undo_url, "tone": tone}


@register.inclusion_tag("components/picker.html")
def person_picker(
    url: str,
    name: str,
    label: str,
    *,
    selected: Any = (),
    multiple: bool = True,
    required: bool = False,
    paste_url: str = "",
) -> dict[str, object]:
    """Choose persons by 汉字, pinyin or initials. ``selected`` = objects with ``pk`` and ``name``.

    ``paste_url`` takes a pasted list of names by POST and answers with [data-add] boxes.
    """
    return {
        "url": url,
        "name": name,
        "label": label,
        "selected": selected,
        "multiple": multiple,
        "required": required,
        "paste_url": paste_url,
    }


@register.inclusion_tag("components/nav_item.html", takes_context=True)
def nav_item(context: template.Context, url_name: str, label: str, icon_name: str) -> dict[str, object]:
    """One place to go; marked as current on each page of the same first path segment."""
    url = reverse(url_name)
    here = context["request"].path if "request" in context else ""
    current = here == url if url == "/" else here.startswith(url)
    return {"url": url, "label": label, "icon": icon_name, "current": current}


@register.simple_tag
def person(deputy: Any) -> SafeString:
    """A name in a column: two characters are set as wide as three. A namesake gets the annotated hint beside it."""
    name = str(deputy.name)
    spread = " name-2" if len(name) == 2 else ""
    hint = getattr(deputy, "namesake_hint", "") or ""
    beside = format_html('<span class="muted name-hint">（{}）</span>', hint) if hint else ""
    return format_html('<span class="name{}">{}</span>{}', spread, name, beside)


def _day(value: date | datetime | None) -> date | None:
    return timezone.localdate(value) if isinstance(value, datetime) and timezone.is_aware(value) else value


@register.filter
def cn_date(value: date | datetime | None) -> str:
    """2026年3月5日, in Beijing time; nothing for nothing."""
    day = _day(value)
    return cn_day(day) if day else ""


@register.filter
def short_date(value: date | datetime | None) -> str:
    """2026-03-05: lines up in columns."""
    day = _day(value)
    return f"{day:%Y-%m-%d}" if day else ""


@register.simple_tag
def embedded() -> bool:
    """Is this the single-machine try-out?"""
    return bool(settings.EMBEDDED)


register.simple_tag(charts.month_strip)
register.simple_tag(charts.bars)
register.simple_tag(charts.ring)
