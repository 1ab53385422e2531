"""What a workbook may cost, and the one way to say no."""

import re
from collections import Counter
from typing import Any, NamedTuple

MAX_INFLATED = 200 * 1024 * 1024
MAX_RATIO = 200
RATIO_COUNTS_FROM = 8 * 1024 * 1024  # a small sheet of blank cells packs better than any bomb
MAX_ENTRIES = 1000
MAX_SHEETS = 100
MAX_ROWS = 120_000
MAX_COLUMNS = 256
LAST_ROW = 1_048_576
MAX_MERGES = 50_000
MAX_TEXT = 32_767

AS_XLSX = "请用 Excel 或 WPS 打开，另存为“Excel 工作簿（.xlsx）”后再导入。"
BROKEN = f"文件已损坏或不完整，无法读取。{AS_XLSX}"
TOO_LARGE = "文件展开后太大，不像是台账。请删去图片和多余的工作表，或拆成几个文件再导入。"


class Refused(Exception):
    """The file is not read. The text says why and what to do."""


class RowOut(NamedTuple):
    """A row with text: its number as Excel shows it, is it hidden, its cells as [column, kind, value].

    Kinds: ``s`` text, ``n`` number, ``d`` date or date and time (ISO), ``t`` time of day, ``e`` error value (#N/A),
    ``f`` formula without a stored value. Columns count from 0.
    """

    number: int
    hidden: bool
    cells: list[list[Any]]


class SheetOut(NamedTuple):
    """What is known of a sheet after its last row; ``merges`` are [row, column, last row, last column]."""

    name: str
    hidden: bool
    hidden_columns: list[int]
    merges: list[list[int]]


# Nobody sees them, and they make 张三 another name; telephones put the second sort around numbers.
_INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def readable(row: RowOut) -> RowOut | None:
    """The row without control characters and marks of direction; None if nothing else was in it."""
    cells = [[column, kind, _INVISIBLE.sub("", value) if kind == "s" else value] for column, kind, value in row.cells]
    cells = [cell for cell in cells if cell[1] != "s" or cell[2].strip()]
    return row._replace(cells=cells) if cells else None


def checked(sheet: SheetOut) -> SheetOut:
    """Blocks that do not overlap cannot begin more often in a row than it has columns."""
    if any(count > MAX_COLUMNS for count in Counter(block[0] for block in sheet.merges).values()):
        raise Refused(BROKEN)
    return sheet._replace(name=_INVISIBLE.sub("", sheet.name))


class RowCount:
    """Counts rows with text over all sheets, and refuses what no ledger has."""

    def __init__(self) -> None:
        self.rows = 0

    def check(self, row: RowOut) -> None:
        self.rows += 1
        if self.rows > MAX_ROWS:
            raise Refused(f"文件超过 {MAX_ROWS} 行，请拆成几个文件再导入。")
        widest = max(cell[0] for cell in row.cells)
        if widest >= MAX_COLUMNS:
            raise Refused(f"第 {row.number} 行在第 {MAX_COLUMNS} 列之后还有内容，请删去多余的列。")
        if any(cell[1] == "s" and len(cell[2]) > MAX_TEXT for cell in row.cells):
            raise Refused(f"第 {row.number} 行有一格的文字过长。请检查引号是否成对，或拆短后再导入。")
