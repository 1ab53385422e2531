"""The error workbook: the rows that were not taken, each with its reason beside it, to be mended and imported."""

from collections.abc import Iterator, Sequence
from typing import Any

from common.sheets import Value, book
from intake.models import ImportRow, ImportRun, Outcome
from intake.reading.headings import REASON
from intake.report import LAYOUT
from intake.run import WORDS

MOST = 5_000


def error_book(run: ImportRun) -> bytes:
    """One sheet for each with errors, under its own name: that, titles and sections may tell level and year."""
    errors = run.rows.filter(outcome=Outcome.ERROR).order_by("pk")
    wanted = {row["sheet"] for row in errors.values("sheet")[:MOST]}
    return book((sheet["name"], _lines(run, sheet)) for sheet in run.sheets if sheet["name"] in wanted)


def _lines(run: ImportRun, sheet: dict[str, Any]) -> Iterator[list[Value]]:
    """Titles, the headings by their known names, then errors with the section that stood above them."""
    rows = run.rows.filter(sheet=sheet["name"]).order_by("row")
    titles = rows.filter(code="title", row__lt=sheet["tables"][0][0])
    yield from (_cells(row) for row in titles)
    (_, columns), *later = sheet["tables"]
    section = None
    yield _headings(sheet["kind"], columns)
    for row in rows.filter(outcome=Outcome.ERROR) | rows.filter(code__in=LAYOUT - {"title"}):
        if later and row.row > later[0][0]:
            _, columns = later.pop(0)
            yield _headings(sheet["kind"], columns)
        if row.outcome != Outcome.ERROR:
            section = row
            continue
        if section:
            yield _cells(section)
            section = None
        yield _with_reason(row, len(columns))


def _headings(kind: str, columns: Sequence[Sequence[Any]]) -> list[Value]:
    """Two heading rows become one, so a joined heading is written by its known name."""
    labels = WORDS[kind].labels
    line = _line({place: labels.get(name, heading) for place, heading, name in columns})
    return [*line, REASON]


def _with_reason(row: ImportRow, width: int) -> list[Value]:
    told = [f"{row.column}：{row.sentence}" if row.column else row.sentence]
    told += [each["sentence"] for each in row.more if each.get("problem")]
    cells = _cells(row)[:width]
    return [*cells, *[None] * (width - len(cells)), "；".join(told)]


def _cells(row: ImportRow) -> list[Value]:
    return _line({int(place): text for place, text in row.cells.items()})


def _line(texts: dict[int, Any]) -> list[Value]:
    return [texts.get(place) for place in range(max(texts, default=-1) + 1)]
