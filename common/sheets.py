"""The one writer of spreadsheets: rows → .xlsx, in which no cell is ever a formula."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any
from urllib.parse import quote

from django.http import HttpResponse
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from common.texts import writable

Value = str | int | float | date | None
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_NOT_IN_A_TITLE = re.compile(r"[\[\]:*?/\\']")
# What a spreadsheet might run when somebody edits the cell; the full-width forms are turned into these by some.
_LOOKS_LIKE_A_FORMULA = tuple("=+-@＝＋－＠\t\r")
_LONGEST_TEXT = 32_767


def xlsx(title: str, headings: Sequence[str], rows: Iterable[Sequence[Value]], *, note: str = "") -> bytes:
    """A workbook with one sheet. ``note`` is the line above the headings: which filter, how many rows.

    Texts are text cells whatever they begin with, control characters are removed, dates are real dates.
    """
    workbook = Workbook()
    lines: list[Sequence[Value]] = [[note]] if note else []
    sheet = _fill(workbook, title, [*lines, headings, *rows])
    _dress(sheet, heading_row=2 if note else 1)
    return _bytes(workbook)


def book(sheets: Iterable[tuple[str, Iterable[Sequence[Value]]]]) -> bytes:
    """A workbook of several plain sheets, (title, lines): nothing is known of where their headings stand."""
    workbook = Workbook()
    for title, lines in sheets:
        _fill(workbook, title, lines)
    return _bytes(workbook)


def xlsx_response(
    title: str, headings: Sequence[str], rows: Iterable[Sequence[Value]], *, note: str = ""
) -> HttpResponse:
    """The workbook as a download named ``title`` and today's date."""
    return download(xlsx(title, headings, rows, note=note), f"{title}{timezone.localdate():%Y%m%d}.xlsx")


def download(workbook: bytes, name: str) -> HttpResponse:
    name = quote(name)
    return HttpResponse(
        workbook,
        content_type=CONTENT_TYPE,
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{name}", "Cache-Control": "no-store"},
    )


def _fill(workbook: Workbook, title: str, lines: Iterable[Sequence[Value]]) -> Worksheet:
    """A new sheet; the empty one that every workbook is born with goes first."""
    if not any(sheet.max_row > 1 or sheet["A1"].value is not None for sheet in workbook.worksheets):
        workbook.remove(workbook.worksheets[0])
    sheet: Worksheet = workbook.create_sheet(_NOT_IN_A_TITLE.sub(" ", _clean(title))[:31] or "Sheet1")
    for number, line in enumerate(lines, start=1):
        for column, value in enumerate(line, start=1):
            _write(sheet, number, column, value)
    return sheet


def _bytes(workbook: Workbook) -> bytes:
    data = BytesIO()
    workbook.save(data)
    return data.getvalue()


def _clean(text: str) -> str:
    return writable(text)[:_LONGEST_TEXT]


def _write(sheet: Worksheet, row: int, column: int, value: Value) -> None:
    cell: Any = sheet.cell(row, column)
    if value is None or isinstance(value, int | float):
        cell.value = value
    elif isinstance(value, date):
        cell.value = timezone.make_naive(value) if isinstance(value, datetime) and value.tzinfo else value
        cell.number_format = "yyyy-mm-dd hh:mm" if isinstance(value, datetime) else "yyyy-mm-dd"
    else:
        cell.value = _clean(str(value))
        cell.data_type = "s"  # after the value: openpyxl reads "=1+1" as a formula
        cell.quotePrefix = cell.value.startswith(_LOOKS_LIKE_A_FORMULA)


def _dress(sheet: Worksheet, *, heading_row: int) -> None:
    """Bold headings that stay in view, columns as wide as their text, long texts wrapped."""
    for column, cells in enumerate(sheet.iter_cols(min_row=heading_row), start=1):
        cells[0].font, cells[0].fill = Font(bold=True), PatternFill("solid", fgColor="EEF1E4")
        width = min(48, max(_width(cell.value) for cell in cells) + 2)
        sheet.column_dimensions[get_column_letter(column)].width = width
        for cell in cells:
            cell.alignment = Alignment(vertical="top", wrap_text=_width(cell.value) > 46)
    sheet.freeze_panes = f"A{heading_row + 1}"
    sheet.auto_filter.ref = f"A{heading_row}:{get_column_letter(sheet.max_column)}{sheet.max_row}"


def _width(value: object) -> int:
    """Columns that a value takes: a Chinese character takes two."""
    if isinstance(value, date):
        return 16 if isinstance(value, datetime) else 10
    return max(sum(2 if ord(char) > 0x2E7F else 1 for char in line) for line in str(value or "").split("\n"))
