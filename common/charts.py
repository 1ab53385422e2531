"""One small set of chart forms, for screen and paper: pure functions from numbers to SVG text.

Only presentation attributes and classes (no style, no script), so they pass the strict CSP and print.
Each chart says itself in words in ``<title>``; each value is printed with its unit. Where ``links`` are
given (screen), each part leads to exactly its rows.
"""

from collections.abc import Sequence
from math import pi

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

FONT = "Noto Sans CJK SC, Noto Sans SC, Source Han Sans SC, PingFang SC, Microsoft YaHei, sans-serif"
INK, MUTED, PALE, LEAF = "#1f2a24", "#59635c", "#efeadd", "#3f6b4a"
# From no contact to the busiest month of the strip.
GREENS = [PALE, "#d3dfc9", "#a9c4a2", "#6f9872", LEAF]


def month_strip(
    counts: Sequence[int],
    *,
    unit: str = "次",
    title: str = "每月联络",
    links: Sequence[str] = (),
    font: str = FONT,
) -> SafeString:
    """Twelve cells, January to December: the fuller the month the deeper its green; an empty month stays blank."""
    busiest = max(counts, default=0)
    cells = []
    for index, count in enumerate(counts[:12]):
        tone = 0 if not count else max(1, -(-count * 4 // busiest))
        cell = _month_cell(index, count, tone, f"{index + 1}月：{count}{unit}")
        cells.append(_linked(cell, links, index))
    words = "，".join(f"{i + 1}月{n}{unit}" for i, n in enumerate(counts[:12]) if n) or "没有记录"
    return _svg(480, 54, "".join(cells), _say(title, words), font, linked=bool(links))


def _month_cell(index: int, count: int, tone: int, title: str) -> str:
    x = index * 40 + 2
    number = _text(x + 18, 23, str(count), size=14, fill="#ffffff" if tone == 4 else INK, anchor="middle")
    return (
        f"<g><title>{escape(title)}</title>"
        f'<rect class="cell tone-{tone}" x="{x}" y="2" width="36" height="32" rx="3" fill="{GREENS[tone]}"/>'
        f"{number if count else ''}"
        f"{_text(x + 18, 49, f'{index + 1}月', size=11, fill=MUTED, anchor='middle')}</g>"
    )


def bars(
    rows: Sequence[tuple[str, int]],
    *,
    unit: str = "次",
    title: str = "",
    links: Sequence[str] = (),
    font: str = FONT,
) -> SafeString:
    """Horizontal bars, label before and value with unit behind. The scale starts at nothing."""
    widest = max((_width(label, 13) for label, _ in rows), default=0)
    left, room = widest + 10, 300
    most = max((value for _, value in rows), default=0) or 1
    lines = []
    for index, (label, value) in enumerate(rows):
        length = round(room * value / most, 1)
        y = index * 26
        line = (
            f"<g>{_text(widest, y + 17, label, size=13, fill=INK, anchor='end')}"
            f'<rect x="{left}" y="{y + 5}" width="{length}" height="16" rx="2" fill="{LEAF}"/>'
            f"{_text(left + length + 7, y + 17, f'{value}{unit}', size=13, fill=MUTED)}</g>"
        )
        lines.append(_linked(line, links, index))
    words = "，".join(f"{label}{value}{unit}" for label, value in rows) or "没有记录"
    return _svg(left + room + 70, max(len(rows), 1) * 26, "".join(lines), _say(title, words), font, linked=bool(links))


def ring(part: int, whole: int, *, unit: str = "人", title: str = "", font: str = FONT) -> SafeString:
    """``part`` of ``whole`` as an arc, both printed inside; an empty whole is an empty ring, never 0%."""
    around = 2 * pi * 42
    share = min(part / whole, 1) if whole else 0
    arc = (
        f'<circle cx="52" cy="52" r="42" fill="none" stroke="{LEAF}" stroke-width="11"'
        f' stroke-dasharray="{around * share:.2f} {around:.2f}" transform="rotate(-90 52 52)"/>'
    )
    middle = _text(52, 53, f"{part}{unit}", size=19, fill=INK, anchor="middle", weight="600") + _text(
        52, 71, f"共{whole}{unit}", size=11, fill=MUTED, anchor="middle"
    )
    body = (
        f'<circle cx="52" cy="52" r="42" fill="none" stroke="{PALE}" stroke-width="11"/>'
        f"{arc if share else ''}{middle if whole else _text(52, 57, '暂无', size=14, fill=MUTED, anchor='middle')}"
    )
    words = f"{part}{unit}，共{whole}{unit}" if whole else "暂无"
    return _svg(104, 104, body, _say(title, words), font)


def _svg(width: float, height: float, body: str, words: str, font: str, *, linked: bool = False) -> SafeString:
    role = f'role="group" aria-label="{escape(words)}"' if linked else 'role="img"'
    return mark_safe(
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 {width:g} {height:g}"'
        f' width="{width:g}" height="{height:g}" font-family="{escape(font)}" {role}>'
        f"<title>{escape(words)}</title>{body}</svg>"
    )


def _text(
    x: float, y: float, words: str, *, size: int, fill: str, anchor: str = "start", weight: str = "normal"
) -> str:
    return (
        f'<text x="{x:g}" y="{y:g}" font-size="{size}" font-weight="{weight}" fill="{fill}"'
        f' text-anchor="{anchor}">{escape(words)}</text>'
    )


def _linked(body: str, links: Sequence[str], index: int) -> str:
    return f'<a href="{escape(links[index])}">{body}</a>' if index < len(links) and links[index] else body


def _say(title: str, words: str) -> str:
    return f"{title}：{words}" if title else words


def _width(words: str, size: int) -> float:
    """About how wide the text will be: a Chinese character is one em, a Latin one a good half."""
    return sum(size if ord(char) > 0x2E7F else size * 0.58 for char in words)
