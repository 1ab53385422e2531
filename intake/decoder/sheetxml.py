"""One worksheet part: a parser that collects rows with text."""

import re
from typing import Any
from xml.parsers import expat

from intake.decoder.limits import BROKEN, LAST_ROW, MAX_COLUMNS, MAX_MERGES, TOO_LARGE, Refused, RowOut
from intake.decoder.styles import moment

_REF = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")


def place(ref: str) -> tuple[int, int]:
    """B3 → (3, 1): row as Excel shows it, column from 0."""
    match = _REF.fullmatch(ref)
    if not match:
        raise ValueError(ref)
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column - 1


class SheetXml:
    def __init__(self, strings: list[str], dates: frozenset[int], *, epoch_1904: bool) -> None:
        self.strings, self.dates, self.epoch_1904 = strings, dates, epoch_1904
        self.hidden_columns: set[int] = set()
        self.merges: list[list[int]] = []
        self.rows: list[RowOut] = []
        self.row, self.column = 0, -1
        self.row_hidden = False
        self.cells: list[list[Any]] = []
        self.cell: dict[str, str] = {}
        self.pieces: list[str] = []
        self.taking = self.hint = self.has_formula = False
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text

    def take_rows(self) -> list[RowOut]:
        rows, self.rows = self.rows, []
        return rows

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        local = tag.rpartition(":")[2] if ":" in tag else tag
        starter = _STARTERS.get(local)
        if starter:
            starter(self, attributes)

    def _start_row(self, attributes: dict[str, str]) -> None:
        row = int(attributes["r"]) if "r" in attributes else self.row + 1
        if not self.row < row <= LAST_ROW:
            raise Refused(BROKEN)
        self.row = row
        self.column = -1
        self.row_hidden = attributes.get("hidden") in ("1", "true") or attributes.get("ht") == "0"
        self.cells = []

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self.column = place(attributes["r"])[1] if "r" in attributes else self.column + 1
        self.cell = attributes
        self.pieces = []
        self.has_formula = False

    def _start_formula(self, attributes: dict[str, str]) -> None:
        self.has_formula = True

    def _start_value(self, attributes: dict[str, str]) -> None:
        self.taking = not self.hint

    def _start_hint(self, attributes: dict[str, str]) -> None:
        self.hint = True

    def _start_column(self, attributes: dict[str, str]) -> None:
        if attributes.get("hidden") in ("1", "true"):
            first, last = int(attributes["min"]) - 1, min(int(attributes["max"]), MAX_COLUMNS)
            self.hidden_columns.update(range(first, last))

    def _start_merge(self, attributes: dict[str, str]) -> None:
        first, _, last = attributes["ref"].partition(":")
        (row, column), (last_row, last_column) = place(first), place(last or first)
        self.merges.append([row, column, last_row, min(last_column, MAX_COLUMNS)])
        if len(self.merges) > MAX_MERGES:
            raise Refused(TOO_LARGE)

    def _text(self, data: str) -> None:
        if self.taking:
            self.pieces.append(data)

    def _end(self, tag: str) -> None:
        local = tag.rpartition(":")[2] if ":" in tag else tag
        if local in ("v", "t"):
            self.taking = False
        elif local == "c":
            value = self._value()
            if value:
                self.cells.append([self.column, *value])
        elif local == "row" and self.cells:
            self.rows.append(RowOut(self.row, self.row_hidden, self.cells))
            self.cells = []
        elif local == "rPh":
            self.hint = False

    def _value(self) -> tuple[str, Any] | None:
        text = "".join(self.pieces)
        kind = self.cell.get("t", "n")
        if not text.strip():
            return ("f", "") if self.has_formula and kind != "str" else None
        if kind == "n":
            return self._number(text)
        if kind == "s":
            text = self.strings[int(text)]
            return ("s", text) if text.strip() else None
        if kind == "b":
            return "s", "是" if text.strip() == "1" else "否"
        return {"e": "e", "d": "d"}.get(kind, "s"), text[:16] if kind == "d" else text

    def _number(self, text: str) -> tuple[str, Any]:
        number = float(text)
        if int(self.cell.get("s", 0)) in self.dates and (found := moment(number, epoch_1904=self.epoch_1904)):
            return found
        return "n", int(number) if number.is_integer() and abs(number) < 1e15 else number


_STARTERS = {
    "row": SheetXml._start_row,
    "c": SheetXml._start_cell,
    "f": SheetXml._start_formula,
    "v": SheetXml._start_value,
    "t": SheetXml._start_value,
    "rPh": SheetXml._start_hint,
    "col": SheetXml._start_column,
    "mergeCell": SheetXml._start_merge,
}
