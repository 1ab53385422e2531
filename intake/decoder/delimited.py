""".csv in UTF-8 or GBK (GB18030 holds both GBK and GB 2312), and what Excel calls “Unicode 文本”."""

import codecs
import csv
import io
from collections.abc import Iterator
from typing import IO

from intake.decoder.limits import AS_XLSX, MAX_TEXT, Refused, RowOut, SheetOut

UNKNOWN = f"文件的文字编码无法识别。{AS_XLSX}"


def read(source: IO[bytes], size: int) -> Iterator[RowOut | SheetOut]:
    text = _decoded(source.read())
    if "\0" in text:
        raise Refused(f"这不是文本表格（.csv）。{AS_XLSX}")
    if text.lstrip()[:200].lower().startswith(("<html", "<!doctype", "<?xml", "<table", "<meta")):
        raise Refused(f"这是网页文件，只是文件名写成了表格。{AS_XLSX}")
    csv.field_size_limit(MAX_TEXT * 4)
    try:
        for number, record in enumerate(csv.reader(io.StringIO(text), delimiter=_delimiter(text)), start=1):
            cells = [[column, "s", value] for column, value in enumerate(record) if value.strip()]
            if cells:
                yield RowOut(number, False, cells)
    except csv.Error:
        raise Refused(f"文本表格（.csv）的引号或分隔符有误，无法读取。{AS_XLSX}") from None
    yield SheetOut("", False, [], [])


def _decoded(data: bytes) -> str:
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ["utf-16"] if wide else ["utf-8-sig", "gb18030"]:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused(UNKNOWN)


def _delimiter(text: str) -> str:
    """Comma, tab or semicolon: the one that the first lines hold most."""
    head = text[:4000]
    return max(",\t;", key=head.count)
