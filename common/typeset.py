"""Chinese lines set by rule, because the PDF engine stretches only at spaces and Chinese has none.

The rules are those of CLREQ (中文排版需求): a line neither begins with closing punctuation nor ends with opening
punctuation; adjacent punctuation is squeezed; a little air stands between Chinese and Latin or digits; both
edges are flush; a paragraph does not end in a lonely character.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

OPENING = set("“‘（《「『【〈〔")
CLOSING = set("”’）》」』】〉〕，。、；：？！")
STICKS = CLOSING | set("…—·～%％℃‰")  # never first in a line
AIR = 0.12  # em between Chinese and Latin or digits
STRETCH = 0.14  # em between two characters: a line that needs more stays ragged
LONELY = 2.5  # em: a last line shorter than this takes company from the line above
# A run of Latin or digits stays whole, with the unit that follows it: 2026年, 12件, PDF/A.
RUNS = re.compile(r"[0-9A-Za-z][0-9A-Za-z.,:/+&@#%’'_-]*[年月日时分个件条场次人名页届号]?|——|……|[^\n]")
INSIDE_MARKS = re.compile(f"(?<=[{''.join(OPENING)}]) | (?=[{''.join(CLOSING)}])")  # blanks that nobody meant

Measure = Callable[[str], float]


@dataclass(frozen=True)
class Piece:
    """What is never broken. ``width`` is what it takes in the line after squeezing, both in em."""

    text: str
    width: float
    before: float = 0.0  # air, or a squeeze where negative
    after: float = 0.0

    @property
    def room(self) -> float:
        return self.before + self.width + self.after


@dataclass(frozen=True)
class Line:
    pieces: list[Piece]
    spacing: float  # em added after each character, so that the right edge is flush


def set_lines(text: str, *, measure: float, advance: Measure, indent: float = 2.0) -> list[Line]:
    """One paragraph in lines of ``measure`` em, the first one begins ``indent`` em in."""
    pieces = list(pieces_of(text, advance))
    lines = _fill(pieces, measure, indent, advance)
    if len(lines) > 1:
        _give_company(lines)
    spaced = [_flush(line, measure - (0 if number else indent)) for number, line in enumerate(lines[:-1])]
    return [*spaced, *(Line(line, 0.0) for line in lines[-1:])]


def pieces_of(text: str, advance: Measure) -> Iterator[Piece]:
    """Squeezed and aired pieces of ``text``; what stands at an edge of a line is seen to later."""
    runs = list(RUNS.findall(INSIDE_MARKS.sub("", re.sub(r"[ \t\r\n]+", " ", text))))
    for index, run in enumerate(runs):
        left, right = runs[index - 1] if index else "", runs[index + 1] if index + 1 < len(runs) else ""
        width = sum(map(advance, run))
        before = AIR if _latin(run[0]) and _han(left[-1:]) else 0.0
        after = AIR if _latin(run[-1]) and _han(right[:1]) else 0.0
        if run in CLOSING and (right in CLOSING or right in OPENING):
            after = -0.5
        elif run in OPENING and left in OPENING:
            before = -0.5
        yield Piece(run, width, before, after)


def _latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _han(char: str) -> bool:
    return char >= "\u3400" and char not in CLOSING | OPENING


def _fill(pieces: list[Piece], measure: float, indent: float, advance: Measure) -> list[list[Piece]]:
    lines: list[list[Piece]] = [[]]
    room = measure - indent
    for piece in (part for whole in pieces for part in _fitting(whole, measure, advance)):
        if not lines[-1] and piece.text == " ":
            continue
        piece = piece if lines[-1] else _at_start(piece)
        if piece.room <= room or (piece.text in CLOSING and piece.width / 2 <= room) or not lines[-1]:
            lines[-1].append(piece)
            room -= piece.room
            continue
        lines.append([_at_start(carried) for carried in _carry(lines[-1], piece)])
        room = measure - sum(carried.room for carried in lines[-1])
    return lines


def _fitting(piece: Piece, measure: float, advance: Measure) -> list[Piece]:
    """A run longer than a line is cut anywhere."""
    if piece.width <= measure:
        return [piece]
    return [Piece(char, advance(char)) for char in piece.text]


def _at_start(piece: Piece) -> Piece:
    """An opening mark at the edge gives up its empty half, Latin the air before it."""
    return replace(piece, before=-0.5 if piece.text in OPENING else 0.0)


def _carry(line: list[Piece], piece: Piece) -> list[Piece]:
    """Begin the next line with ``piece``, and with what may not be parted from it, taken off ``line``."""
    carried = [piece]
    while len(line) > 1 and (carried[0].text[0] in STICKS or line[-1].text in OPENING):
        carried.insert(0, line.pop())
    return carried


def _give_company(lines: list[list[Piece]]) -> None:
    """A lonely last line takes characters from the one above, which keeps six and breaks where a line may break."""
    above, last = lines[-2], lines[-1]
    if sum(p.room for p in last) >= LONELY and last[0].text[0] not in STICKS:
        return
    for cut in range(len(above) - 1, 5, -1):
        company = above[cut:]
        if sum(p.room for p in company + last) >= LONELY and _may_break(above[cut - 1], company[0]):
            above[cut:], last[:0] = [], [_at_start(company[0]), *company[1:]]
            return


def _may_break(before: Piece, after: Piece) -> bool:
    return before.text not in OPENING and after.text[0] not in STICKS and after.text != " "


def _flush(line: list[Piece], measure: float) -> Line:
    """At the edge closing punctuation gives up its empty half, Latin its air; what is missing is spread over all."""
    while len(line) > 1 and line[-1].text == " ":
        line = line[:-1]
    if line:
        line = [*line[:-1], replace(line[-1], after=-0.5 if line[-1].text in CLOSING else 0.0)]
    gaps = sum(len(piece.text) for piece in line) - 1
    missing = measure - sum(piece.room for piece in line)
    spacing = missing / gaps if gaps > 0 else 0.0
    return Line(line, round(spacing, 4) if -0.03 <= spacing <= STRETCH else 0.0)
