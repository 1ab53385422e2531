"""What an import tells: one entry per row, and the figures. Rows with text = imported + errors + ignored."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from intake.kinds.base import ERROR, IGNORED, NEW, SAME, UPDATED, Plan
from intake.reading.cells import Problem, Row, letters
from intake.reading.headings import Column, Header
from intake.reading.table import Line

IMPORTED = [NEW, UPDATED, SAME]


@dataclass(frozen=True)
class RowReport:
    """``code``, ``column`` and ``sentence`` are of the first problem, else of the first warning; all are listed."""

    sheet: str
    row: int
    outcome: str
    code: str = ""
    column: str = ""
    sentence: str = ""
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    changes: dict[str, list[str]] = field(default_factory=dict)
    label: str = ""
    texts: dict[int, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        told: dict[str, Any] = {name: getattr(self, name) for name in _ALWAYS}
        if self.problems:
            told["problems"] = [problem._asdict() for problem in self.problems]
        if self.warnings:
            told["warnings"] = [warning._asdict() for warning in self.warnings]
        return told | {"changes": self.changes} if self.changes else told


_ALWAYS = ("sheet", "row", "outcome", "code", "column", "sentence")


LAYOUT = {"title", "section"}  # what error rows need around them to be read again


def of_plan(sheet: str, line: Line, plan: Plan, key: str) -> RowReport:
    """``label`` is how the row is known to its reader; the texts of error rows go back to whoever mends them."""
    first = next(iter([*plan.problems, *plan.warnings]), Problem("", ""))
    return RowReport(
        sheet, line.number, plan.outcome, first.code, first.column, first.sentence, plan.problems, plan.warnings,
        plan.changes, _short(line.text(key)), _as_meant(line) if plan.outcome == ERROR else {},
    )  # fmt: skip


def of_ignored(sheet: str, row: Row, why: Problem) -> RowReport:
    label = _short("　".join(row.own[column].text for column in sorted(row.own)[:4]))
    texts = {column: cell.text for column, cell in row.own.items()} if why.code in LAYOUT else {}
    return RowReport(sheet, row.number, IGNORED, why.code, why.column, why.sentence, label=label, texts=texts)


def _as_meant(line: Line) -> dict[int, Any]:
    """The row with what merged blocks and 同上 lend to it. Numbers stay numbers: 1985.1 is not 1985年1月."""
    cells = {**line.row.filled, **line.row.own}
    if line.header:
        cells |= {column.place: line.cells[name] for name, column in line.header.columns.items() if name in line.cells}
    return {place: cell.value if cell.kind == "n" else cell.text for place, cell in cells.items() if cell.text}


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else f"{text[:59]}…"


@dataclass
class SheetReport:
    """One sheet: imported as which kind, or why it was left out; what each column was taken for."""

    name: str
    kind: str = ""
    left_out: str = ""
    nearest: str = ""  # the kind that it seems to be, where headings are missing
    headers: list[Header] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        told: dict[str, Any] = {"name": self.name, "kind": self.kind, "left_out": self.left_out}
        told["nearest"] = self.nearest
        told["header_rows"] = [number for header in self.headers for number in header.rows]
        told["columns"] = [self._column(column) for header in self.headers[:1] for column in header.all_columns]
        told["tables"] = [
            [header.rows[0], [[column.place, column.heading, column.field or ""] for column in header.all_columns]]
            for header in self.headers
        ]
        return told

    def _column(self, column: Column) -> dict[str, Any]:
        return {
            "column": letters(column.place),
            "heading": column.heading,
            "field": column.field or "",
            "state": "imported" if column.field else "not_imported" if column.field == "" else "unknown",
            "hidden": column.place in self.hidden_columns,
        }


@dataclass
class Tally:
    """Counts rows twice: as the workbook gave them and as they were reported."""

    rows: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)

    @property
    def imported(self) -> int:
        return sum(self.outcomes[outcome] for outcome in IMPORTED)

    @property
    def is_complete(self) -> bool:
        return self.rows == self.imported + self.outcomes[ERROR] + self.outcomes[IGNORED]

    def as_json(self) -> dict[str, int]:
        return {
            "rows_with_text": self.rows,
            "imported": self.imported,
            "new": self.outcomes[NEW],
            "updated": self.outcomes[UPDATED],
            "same": self.outcomes[SAME],
            "errors": self.outcomes[ERROR],
            "ignored": self.outcomes[IGNORED],
        }
