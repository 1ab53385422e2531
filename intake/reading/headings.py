"""Which column holds what: headings by their names, in one row or in two joined ones, wherever they stand."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from intake.reading.cells import Merge, Row, letters, plain

ENOUGH = 2
_LOOK_WITHIN = 20
_DECORATION = re.compile(r"[*＊#:：。.、,，/／\\|\-—_“”\"'’‘]+")
_BRACKET = re.compile(r"[(（\[【].*?[)）\]】]")
_LONGEST_HEADING = 24


@dataclass(frozen=True)
class Vocabulary:
    """The headings of one kind of ledger. A field "" is known and not imported (序号, 通讯地址).

    ``labels`` gives each field its first heading, by which people are asked about it.
    """

    kind: str
    key: str
    must: frozenset[str]
    headings: Mapping[str, str]
    labels: Mapping[str, str] = field(default_factory=dict)

    def field_of(self, heading: str) -> str | None:
        """The field; None for an unknown heading. Stars, punctuation and what stands in brackets do not matter."""
        key = heading_key(heading)
        if key in self.headings:
            return self.headings[key]
        return self.headings.get(heading_key(_BRACKET.sub("", heading)))

    def joined(self, top: str, under: str) -> str | None:
        """A heading of two rows: together, else the lower one; below a group that is not imported, nothing is."""
        if not under or plain(top) == plain(under):
            return self.field_of(top)
        if not top:
            return self.field_of(under)
        together, upper, lower = self.field_of(f"{top}{under}"), self.field_of(top), self.field_of(under)
        if together is not None or upper == "":  # the telephone of 挂钩领导 is not that of the deputy
            return together if together is not None else ""
        return lower if lower is not None else upper


REASON = "问题和改法"  # the heading of the column that the error workbook adds


def vocabulary(kind: str, *, key: str, must: Iterable[str], words: Mapping[str, str]) -> Vocabulary:
    """``words``: field → its headings with blanks between; the first one is its label."""
    headings = {heading_key(word): name for name, several in words.items() for word in several.split()}
    labels = {name: several.split()[0] for name, several in words.items() if name}
    return Vocabulary(kind, key, frozenset(must), headings | {heading_key(REASON): ""}, labels)


def heading_key(heading: str) -> str:
    return _DECORATION.sub("", plain(heading))


@dataclass(frozen=True)
class Column:
    place: int
    heading: str
    field: str | None

    @property
    def label(self) -> str:
        """C列“联系电话”."""
        return f"{letters(self.place)}列“{self.heading}”"


@dataclass(frozen=True)
class Header:
    """The mapped columns, and the words of the heading rows by which a repetition is known."""

    rows: list[int]
    columns: dict[str, Column]
    all_columns: list[Column]
    words: frozenset[str] = field(repr=False, default=frozenset())

    @property
    def last_row(self) -> int:
        return self.rows[-1]

    def is_repeated_by(self, row: Row) -> bool:
        texts = [plain(cell.text) for cell in row.own.values()]
        return len(texts) >= ENOUGH and all(text in self.words for text in texts)


def header_at(first: Row, second: Row | None, merges: Sequence[Merge], words: Vocabulary) -> Header | None:
    """The header that begins in ``first``, joined with ``second`` if that names more; None if it is not one."""
    alone = _header([first], {place: (text, "") for place, text in _texts(first, merges).items()}, words)
    if second is None:
        return alone if _is_one(alone, words) else None
    below = _header([second], {place: (text, "") for place, text in _texts(second, merges).items()}, words)
    both = _joined(first, second, merges, words)
    if both and _is_one(both, words):
        named, of_first, of_second = (len(header.columns) for header in (both, alone, below))
        more = named > of_first and (named > of_second or bool(second.filled))
        if more or (named == of_first and _is_second_row(second, alone, merges)):
            return both
    return alone if _is_one(alone, words) else None


def likely_header(rows: Iterable[Row], known: Sequence[Vocabulary]) -> tuple[Header, Vocabulary | None] | None:
    """Where a heading that must be there is missing: the row that some vocabulary knows best, else the first of those
    with the most short texts; for staff to map by hand."""
    best: tuple[Header, Vocabulary | None] | None = None
    most = (0, ENOUGH - 1)
    for row in islice(rows, _LOOK_WITHIN):
        pairs = {place: (text, "") for place, text in _texts(row, ()).items() if text.strip()}
        for words in known:
            header = _header([row], pairs, words)
            count = len(header.columns) if len(header.columns) >= ENOUGH else 0
            if (count, len(pairs)) > most:
                most, best = (count, len(pairs)), (header, words if count else None)
    return best


def _is_one(header: Header, words: Vocabulary) -> bool:
    return words.must <= header.columns.keys() and len(header.columns) >= ENOUGH


def _is_second_row(row: Row, header: Header, merges: Sequence[Merge]) -> bool:
    """Below a header whose blocks reach into this row, the rest of the row is part of the header."""
    covered = {merge.column for merge in merges if merge.row in header.rows and merge.last_row >= row.number}
    return bool(covered) and not covered & row.own.keys()


def _joined(first: Row, second: Row, merges: Sequence[Merge], words: Vocabulary) -> Header | None:
    """Two rows as one header, unless the second is plainly data: it has numbers, dates or long texts."""
    if any(cell.kind != "s" or len(cell.text) > _LONGEST_HEADING for cell in second.own.values()):
        return None
    upper, lower = _texts(first, merges), _texts(second, merges)
    for place in sorted(lower):  # a group's name written once, without a merged block (.csv)
        if place not in upper and place - 1 in upper and place in second.own:
            upper[place] = upper[place - 1]
    pairs = {place: (upper.get(place, ""), lower.get(place, "")) for place in upper.keys() | lower.keys()}
    return _header([first, second], pairs, words)


def _texts(row: Row, merges: Sequence[Merge]) -> dict[int, str]:
    """Text of each column, blocks going right spread over all their columns."""
    texts = {place: cell.text for place, cell in {**row.filled, **row.own}.items() if cell.kind == "s"}
    for merge in merges:
        if merge.row <= row.number <= merge.last_row and merge.column in texts:
            for place in range(merge.column + 1, merge.last_column + 1):
                texts.setdefault(place, texts[merge.column])
    return {place: text for place, text in texts.items() if len(text.strip()) <= _LONGEST_HEADING}


def _header(rows: list[Row], pairs: Mapping[int, tuple[str, str]], words: Vocabulary) -> Header:
    """The first column of a field counts; a later one of the same field is listed as not imported."""
    columns: dict[str, Column] = {}
    every: list[Column] = []
    for place in sorted(pairs):
        top, under = pairs[place]
        name = " ".join((top if plain(top) == plain(under) else f"{top} {under}").split())
        field_name = words.joined(top, under)
        column = Column(place, name, None if field_name in columns else field_name)
        every.append(column)
        if column.field:
            columns[column.field] = column
    texts = frozenset(plain(cell.text) for row in rows for cell in row.own.values())
    return Header([row.number for row in rows], columns, every, texts)
