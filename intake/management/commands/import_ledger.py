"""``manage.py import_ledger``: an office's workbooks without a browser, through the ordinary action."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from common.denied import Denied
from intake import actions
from intake.kinds.base import choice_key
from intake.models import LedgerKind
from intake.report import RowReport
from intake.run import Options
from intake.workbook import WorkbookRefused, opened
from staff.models import Role, User

# What --kind takes → (kind, the body that an unnamed roster is of).
KINDS = {
    "roster": (LedgerKind.ROSTER, ""),
    "代表委员名册": (LedgerKind.ROSTER, ""),
    "代表名册": (LedgerKind.ROSTER, "congress"),
    "委员名册": (LedgerKind.ROSTER, "cppcc"),
    "contacts": (LedgerKind.CONTACTS, ""),
    "联络台账": (LedgerKind.CONTACTS, ""),
    "activities": (LedgerKind.ACTIVITIES, ""),
    "活动台账": (LedgerKind.ACTIVITIES, ""),
    "suggestions": (LedgerKind.SUGGESTIONS, ""),
    "建议提案台账": (LedgerKind.SUGGESTIONS, ""),
}
OUTCOMES = {"new": "新增", "updated": "更新", "same": "相同", "error": "未导入"}
SHOWN = 40


class Command(BaseCommand):
    help = (
        "导入代表委员名册、联络台账、活动台账、建议提案台账（.xlsx、.xls、.csv）。"
        "好的行全部导入，有问题的行逐行说明；中途出错则一行也不导入"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="工作簿")
        parser.add_argument("--kind", choices=KINDS, help="台账种类（默认按表头辨认）")
        parser.add_argument("--dry-run", action="store_true", help="只预览，不写入")
        parser.add_argument("--report", type=Path, help="把逐行结果写成 JSON 文件")
        parser.add_argument("--user", help="以谁的名义导入（用户名，默认第一个办公室账号）")
        parser.add_argument("--hidden-rows", action="store_true", help="包括隐藏行")
        parser.add_argument(
            "--choose",
            action="append",
            default=[],
            metavar="工作表!行=档案编号|new",
            help="同名同电话而单位不同时，认定是谁",
        )
        parser.add_argument(
            "--map",
            action="append",
            default=[],
            metavar="表头=已知表头",
            help="把不认识的表头对照到已知的表头，并记住",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        by = _user(options["user"])
        kind, body = KINDS.get(options["kind"] or "", ("", ""))
        chosen = dict(_choice(text) for text in options["choose"])
        settings = Options(kind, body, options["hidden_rows"], chosen)
        try:
            for mapping in options["map"]:
                _remember(mapping, kind, by)
            with options["file"].open("rb") as source, opened(source, options["file"].name) as workbook:
                self._import(workbook, by, settings, options)
        except OSError as error:
            raise CommandError(f"文件打不开：{error.strerror}。") from None
        except (WorkbookRefused, Denied) as refusal:
            if options["report"]:
                options["report"].write_text(json.dumps({"refused": str(refusal)}, ensure_ascii=False))
            raise CommandError(str(refusal)) from None

    def _import(self, workbook: Any, by: User, settings: Options, options: dict[str, Any]) -> None:
        with _report(options["report"]) as report:
            take = actions.preview_workbook if options["dry_run"] else actions.import_workbook
            outcome = take(
                workbook=workbook,
                by=by,
                today=timezone.localdate(),
                options=settings,
                tell=lambda row: self._tell(row, report),
            )
            report.close(
                {
                    "file": workbook.name,
                    "dry_run": options["dry_run"],
                    "run": outcome.run.pk if outcome.run else None,
                    "counts": outcome.counts,
                    "sheets": [sheet.as_json() for sheet in outcome.sheets],
                    "notices": outcome.notices,
                }
            )
        for notice in outcome.notices:
            self.stdout.write(f"注意：{notice}")
        self._sum_up(outcome, dry_run=options["dry_run"])

    def _tell(self, row: RowReport, report: "_Report") -> None:
        report.add(row)
        if row.outcome == "error":
            report.errors += 1
            if report.errors <= SHOWN:
                column = f" {row.column}" if row.column else ""
                self.stdout.write(f"工作表“{row.sheet}”第 {row.row} 行{column}：{row.sentence}")
            elif report.errors == SHOWN + 1:
                self.stdout.write("……其余问题见报告文件（--report）。")

    def _sum_up(self, outcome: actions.Outcome, *, dry_run: bool) -> None:
        counts = outcome.counts
        self.stdout.write(
            f"{'预览' if dry_run else '导入'}完毕：有内容的 {counts['rows_with_text']} 行"
            f" = 导入 {counts['imported']} 行"
            f"（新增 {counts['new']}、更新 {counts['updated']}、相同 {counts['same']}）+ 有问题 {counts['errors']} 行"
            f" + 略过 {counts['ignored']} 行。"
        )
        for sheet in outcome.sheets:
            if sheet.left_out:
                self.stdout.write(f"工作表“{sheet.name}”没有导入：{_LEFT_OUT[sheet.left_out]}。")
        if outcome.run:
            self.stdout.write(f"如需整次撤销：manage.py undo_import {outcome.run.pk}")


_LEFT_OUT = {"hidden_sheet": "是隐藏的", "no_header": "没有认识的表头"}


class _Report:
    """The report as JSON, row by row, so that 100,000 rows need no memory."""

    def __init__(self, target: IO[str] | None) -> None:
        self.target = target
        self.errors = 0
        self._write('{"rows": [')
        self.separator = "\n"

    def add(self, row: RowReport) -> None:
        if self.target:
            self.target.write(self.separator + json.dumps(row.as_json(), ensure_ascii=False))
        self.separator = ",\n"

    def close(self, facts: dict[str, Any]) -> None:
        self._write("\n],\n" + json.dumps(facts, ensure_ascii=False)[1:] + "\n")

    def _write(self, text: str) -> None:
        if self.target:
            self.target.write(text)


@contextmanager
def _report(path: Path | None) -> Iterator[_Report]:
    if path is None:
        yield _Report(None)
        return
    with path.open("w", encoding="utf-8") as target:
        yield _Report(target)


def _user(username: str | None) -> User:
    offices = User.objects.filter(role=Role.OFFICE, is_active=True).order_by("pk")
    user = offices.filter(username=username).first() if username else offices.first()
    if user is None:
        raise CommandError("没有这样的办公室账号。请先建立办公室账号，或用 --user 指定。")
    return user


def _choice(text: str) -> tuple[str, str]:
    place, _, choice = text.rpartition("=")
    sheet, _, row = place.rpartition("!")
    if not (sheet and row.isdigit() and (choice == "new" or choice.isdigit())):
        raise CommandError(f"--choose 写成“工作表!行=档案编号”或“工作表!行=new”，不能是“{text}”。")
    return choice_key(sheet, int(row)), choice


def _remember(mapping: str, kind: str, by: User) -> None:
    heading, _, means = mapping.partition("=")
    if not kind:
        raise CommandError("对照表头时请同时用 --kind 说明是哪种台账。")
    actions.remember_heading(kind=LedgerKind(kind), heading=heading, means=means, by=by)
