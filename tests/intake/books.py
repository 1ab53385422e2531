"""Workbooks for the tests, and a way to take them in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl

from intake import actions
from intake.report import RowReport
from intake.run import Options
from intake.workbook import opened
from staff.models import User

TODAY = date(2026, 11, 23)
ROSTER = ["序号", "姓名", "性别", "工作单位", "职务", "联系电话", "代表层级"]
LEDGER = ["序号", "日期", "联络对象", "身份", "单位及职务", "联络方式", "承办部门", "联络内容"]


@dataclass
class Taken:
    outcome: actions.Outcome
    rows: list[RowReport] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        return self.outcome.counts

    def row(self, number: int, sheet: str = "") -> RowReport:
        return next(row for row in self.rows if row.row == number and sheet in ("", row.sheet))

    def outcomes(self) -> list[str]:
        return [row.outcome for row in self.rows]

    def codes(self) -> list[str]:
        return [row.code for row in self.rows]


def book(sheets: Mapping[str, Sequence[Sequence[Any]]], merges: Mapping[str, Sequence[str]] | None = None) -> Any:
    """An open openpyxl workbook; the caller may hide and style before :func:`file_of`."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        for block in (merges or {}).get(name, []):
            sheet.merge_cells(block)
    return workbook


def file_of(workbook: Any) -> BytesIO:
    data = BytesIO()
    workbook.save(data)
    return data


def take(source: Any, by: User, *, name: str = "台账.xlsx", dry_run: bool = False, **options: Any) -> Taken:
    """Import an openpyxl workbook, a mapping of sheets, or bytes."""
    if isinstance(source, Mapping):
        source = book(source)
    if isinstance(source, bytes):
        source = BytesIO(source)
    data = source if isinstance(source, BytesIO) else file_of(source)
    rows: list[RowReport] = []
    with opened(data, name) as workbook:
        take_in = actions.preview_workbook if dry_run else actions.import_workbook
        outcome = take_in(workbook=workbook, by=by, today=TODAY, options=Options(**options), tell=rows.append)
    return Taken(outcome, rows)
