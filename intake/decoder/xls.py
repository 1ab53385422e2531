""".xls by xlrd, with formatting: only then it tells merged blocks, hidden rows and dates."""

import io
from collections.abc import Iterator
from typing import IO, Any

import xlrd

from intake.decoder.limits import AS_XLSX, BROKEN, MAX_SHEETS, Refused, RowOut, SheetOut
from intake.decoder.styles import moment

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "文件已加密。请取消密码后另存，再导入。"


def read(source: IO[bytes], size: int) -> Iterator[RowOut | SheetOut]:
    data = source.read()
    _refuse_strangers(data)
    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO())
    except xlrd.XLRDError as error:
        raise Refused(ENCRYPTED if "encrypt" in str(error).lower() else BROKEN) from None
    if book.nsheets > MAX_SHEETS:
        raise Refused(f"文件有 {book.nsheets} 个工作表，请拆成几个文件再导入。")
    for sheet in book.sheets():
        yield from _rows(sheet, book.datemode == 1)
        hidden = [column for column, info in sheet.colinfo_map.items() if info.hidden]
        merges = [[top + 1, left, bottom, right - 1] for top, bottom, left, right in sheet.merged_cells]
        yield SheetOut(sheet.name, bool(sheet.visibility), sorted(hidden), merges)


def _refuse_strangers(data: bytes) -> None:
    """By the names in the directory of the compound file."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise Refused(ENCRYPTED)
    if "_VBA_PROJECT".encode("utf-16-le") in data:
        raise Refused("文件带有宏，为安全起见不予导入。请另存为不含宏的“Excel 工作簿（.xlsx）”。")
    if "WordDocument".encode("utf-16-le") in data:
        raise Refused(f"这是 Word 文件，不是工作簿。{AS_XLSX}")


def _rows(sheet: Any, epoch_1904: bool) -> Iterator[RowOut]:  # noqa: FBT001
    for number in range(sheet.nrows):
        cells = [
            [column, *value]
            for column, cell in enumerate(sheet.row(number))
            if (value := _value(cell, epoch_1904=epoch_1904))
        ]
        if cells:
            info = sheet.rowinfo_map.get(number)
            yield RowOut(number + 1, bool(info and info.hidden), cells)


def _value(cell: Any, *, epoch_1904: bool) -> tuple[str, Any] | None:
    if cell.ctype == xlrd.XL_CELL_TEXT:
        text = cell.value.replace("\0", "")
        return ("s", text) if text.strip() else None
    if cell.ctype == xlrd.XL_CELL_DATE and (found := moment(cell.value, epoch_1904=epoch_1904)):
        return found
    if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        return "n", int(cell.value) if cell.value.is_integer() and abs(cell.value) < 1e15 else cell.value
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "s", "是" if cell.value else "否"
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return "e", xlrd.error_text_from_code.get(cell.value, "#N/A")
    return None
