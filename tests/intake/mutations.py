"""Workbooks that went through bad disks, bad programs and bad hands; seeded, so that a failure comes back."""

import random
import zipfile
from collections.abc import Iterator
from datetime import date, time
from io import BytesIO
from pathlib import Path

import openpyxl
from openpyxl.cell import Cell

SEED = 20261123
ODD = [
    None, "", " ", "=1+1", "=A1", "#N/A", 1e300, -1, 0.5, 45000.75, True, date(2026, 2, 28), time(9, 30),
    "同上", "合计", "小计：3人", "一、甘露镇代表团", "待增补", "顾青、秦晓禾", "顾青等8人",
    "2026年13月45日", "3月5日", "姓名", "日期",
    "区人大代表", "全国政协委员", "第九十九届", "（2026）苏0205刑初12号",
    "320205198001011234", "机密", "'; DROP TABLE x; --",
    "<script>alert(1)</script>", "𬍛翀", "\u202e反", "a" * 3000,
    "很长的内容" * 500, "🙂", "\n\n", "1/0", "９９９９９９９９９９９９",
]  # fmt: skip


def mutated_books(folder: Path, count: int, *, seed: int = SEED) -> Iterator[tuple[str, bytes]]:
    """(name, bytes), each of the workbooks in turn."""
    luck = random.Random(seed)
    corpus = [path for path in sorted(folder.iterdir()) if path.suffix in (".xlsx", ".xls", ".csv")]
    for number in range(count):
        path = corpus[number % len(corpus)]
        yield path.name, mutated(path.read_bytes(), luck)


def mutated(data: bytes, luck: random.Random) -> bytes:
    """Type odd things into a few cells; or flip, cut, double or blank places of the file, or of a part of the zip."""
    if data.startswith(b"PK") and luck.random() < 0.5:
        return _retyped(data, luck)
    if data.startswith(b"PK") and luck.random() < 0.6:
        with zipfile.ZipFile(BytesIO(data)) as old:
            parts = {name: old.read(name) for name in old.namelist()}
        name = luck.choice(sorted(parts))
        parts[name] = _hurt(parts[name], luck)
        target = BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
            for part, content in parts.items():
                new.writestr(part, content)
        return target.getvalue()
    return _hurt(data, luck)


def _retyped(data: bytes, luck: random.Random) -> bytes:
    book = openpyxl.load_workbook(BytesIO(data))
    sheet = book.worksheets[0]
    for block in list(sheet.merged_cells.ranges):
        if luck.random() < 0.2:
            sheet.unmerge_cells(str(block))
    for _ in range(luck.randint(1, 12)):
        row, column = luck.randint(1, sheet.max_row), luck.randint(1, sheet.max_column)
        if isinstance(cell := sheet.cell(row, column), Cell):
            cell.value = luck.choice(ODD)
    if luck.random() < 0.3:
        sheet.delete_rows(luck.randint(1, sheet.max_row), luck.randint(1, 3))
    sheet.row_dimensions[luck.randint(1, sheet.max_row)].hidden = luck.random() < 0.3
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def _hurt(data: bytes, luck: random.Random) -> bytes:
    hurt = bytearray(data)
    for _ in range(luck.randint(1, 12)):
        place = luck.randrange(max(1, len(hurt)))
        kind = luck.randrange(4)
        if kind == 0:
            hurt[place : place + 1] = bytes([luck.randrange(256)])
        elif kind == 1:
            del hurt[place : place + luck.randint(1, 200)]
        elif kind == 2:
            hurt[place:place] = hurt[place : place + luck.randint(1, 200)]
        else:
            hurt[place : place + 8] = luck.choice([b"\0" * 8, b"99999999", b"-1", b"<![CDATA[", b"&#x0;", b"1E999999"])
    return bytes(hurt)
