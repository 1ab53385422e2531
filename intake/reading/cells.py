"""Cells and rows as the workbook gave them, and the one form of a refusal."""

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any, NamedTuple

_BLANKS = re.compile(r"[\s\u200b\u200c\u200d\u2060\ufeff\u00ad\u3164]+")
_LETTERS = 26


Choices = tuple[tuple[str, str], ...]


class Problem(NamedTuple):
    """A refusal or a warning: a code for programs, the column as Excel names it and its heading, and what to do.

    Where staff can say who is meant, ``person`` is the name as written and ``choices`` are (key, told in words).
    """

    code: str
    sentence: str
    column: str = ""
    person: str = ""
    choices: Choices = ()


class Refusal(Exception):
    """A cell that cannot be taken as it is."""

    def __init__(self, code: str, sentence: str, choices: Choices = ()) -> None:
        super().__init__(sentence)
        self.code, self.sentence, self.choices = code, sentence, choices


class Merge(NamedTuple):
    row: int
    column: int
    last_row: int
    last_column: int


class Cell(NamedTuple):
    """``kind``: s text, n number, d date, t time, e error value, f formula without a stored value."""

    kind: str
    value: Any

    @property
    def text(self) -> str:
        """As a person reads it: 13800000000.0 is 13800000000."""
        return self.value if isinstance(self.value, str) else f"{self.value:.15g}"

    @property
    def is_lost(self) -> bool:
        """The value is not there: #N/A, or a formula that was never calculated."""
        return self.kind in ("e", "f") or (self.kind == "s" and self.value.strip().upper() in _ERROR_TEXTS)


_ERROR_TEXTS = {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"}
EMPTY = Cell("s", "")


@dataclass(frozen=True)
class Row:
    """``own``: cells written in this row; ``filled``: what merged blocks going down lend to it."""

    number: int
    hidden: bool
    own: dict[int, Cell]
    filled: dict[int, Cell] = field(default_factory=dict)

    def cell(self, column: int) -> Cell:
        return self.own.get(column) or self.filled.get(column) or EMPTY


def without_blanks(text: str) -> str:
    """All blanks out, full-width and invisible ones too."""
    return _BLANKS.sub("", text)


def plain(text: str) -> str:
    """For comparing: full-width forms and case do not matter, nor do blanks."""
    return without_blanks(unicodedata.normalize("NFKC", text)).casefold()


def letters(column: int) -> str:
    """0 → A, 26 → AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, _LETTERS)
        name = chr(65 + rest) + name
    return name
