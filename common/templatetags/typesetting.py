"""How a paper sets Chinese. Everything is escaped here: the text is somebody's note."""

from collections.abc import Iterable
from itertools import groupby

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from common.glyphs import advance
from common.typeset import Line, Piece, pieces_of, set_lines

register = template.Library()


@register.filter
def even(name: str) -> str:
    """A name of two characters is set as wide as one of three."""
    return f"{name[0]}\u3000{name[1]}" if len(name) == 2 else name


@register.filter
def squeeze(text: object) -> SafeString:
    """A short text on one line or in a cell: punctuation squeezed, air round digits, lines broken by the engine."""
    return _run(pieces_of(str(text), advance))


@register.filter
def lines(text: object, measure: float) -> SafeString:
    """A text in lines of ``measure`` em with both edges flush; each of its own lines is a paragraph of 2 em indent."""
    paragraphs = [part for part in str(text).splitlines() if part.strip()]
    return format_html_join(
        "", '<p class="set">{}</p>', ((_paragraph(part, float(measure), 2.0),) for part in paragraphs)
    )


@register.filter
def block(text: object, measure: float) -> SafeString:
    """As ``lines``, without indent: one paragraph of a quotation, a caption or a result."""
    return format_html('<p class="set flat">{}</p>', _paragraph(str(text), float(measure), 0.0))


def _paragraph(text: str, measure: float, indent: float) -> SafeString:
    rows = set_lines(text, measure=measure, advance=advance, indent=indent)
    return format_html_join("", "{}{}", ((_line(row), "" if row is rows[-1] else _BREAK) for row in rows))


_BREAK = SafeString("\n")  # kept by white-space: pre, and one element less per line


def _line(line: Line) -> SafeString:
    inner = _run(line.pieces)
    if not line.spacing:
        return inner
    return format_html('<span style="letter-spacing:{}em">{}</span>', line.spacing, inner)


def _run(pieces: Iterable[Piece]) -> SafeString:
    """Neighbours that need nothing are escaped in one go: there are thousands of them."""
    groups = groupby(pieces, key=lambda piece: (piece.before, piece.after))
    return format_html_join("", "{}", ((_set(list(group), *margins),) for margins, group in groups))


def _set(pieces: list[Piece], before: float, after: float) -> SafeString:
    if not (before or after):
        return conditional_escape("".join(piece.text for piece in pieces))
    style = f"margin:0 {round(after, 3)}em 0 {round(before, 3)}em"
    return format_html_join("", '<span style="{}">{}</span>', ((style, piece.text) for piece in pieces))
