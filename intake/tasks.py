"""Jobs of an import: read the file and tell what it would do, write it, take it back."""

import json
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from django.utils import timezone

from common.denied import Denied
from common.files import media_path
from common.jobs.models import Job
from common.jobs.registry import JobFailed, job, keeps_files, on_failure
from intake import actions, progress
from intake.actions.uploads import FOLDER, MAX_ROWS, READ, UNDO, WRITE
from intake.models import ImportRow, ImportRun
from intake.report import RowReport
from intake.run import Options
from intake.workbook import Workbook, WorkbookRefused, opened
from intake.workflow import RunState
from staff.models import User


@job(READ)
def read(job: Job) -> Callable[[], None]:
    """The rows lie in a temporary file until they are written with the end of the job."""
    run, by = _run(job), _user(job)
    with ExitStack() as stack, _told():
        workbook, spool = _open(run, stack), _Spool(run)
        count = progress.counter(run, workbook.count)

        def tell(row: RowReport) -> None:
            spool.add(row)
            count()

        outcome = actions.preview_workbook(
            workbook=workbook, by=by, today=timezone.localdate(), options=_options(run), tell=tell
        )

    def write() -> None:
        actions.save_reading(run=run, outcome=outcome, rows=spool.rows())

    return write


@job(WRITE)
def write(job: Job) -> Callable[[], None]:
    """Everything is written in the transaction that ends the job: all or nothing, whatever happens."""
    run, by = _run(job), _user(job)
    with ExitStack() as stack, _told():
        workbook = _open(run, stack)
        count = progress.counter(run, workbook.count)
        prepared = actions.prepare(
            workbook=workbook,
            by=by,
            today=timezone.localdate(),
            options=_options(run),
            tell=lambda row: count(),
            run=run,
        )
        still_open = stack.pop_all()

    def write() -> None:
        with still_open, _told():
            actions.write_prepared(prepared=prepared)

    return write


@job(UNDO)
def undo(job: Job) -> Callable[[], None]:
    run, by = _run(job), _user(job)

    def write() -> None:
        with _told():
            actions.undo_import(run=run, by=by)

    return write


@on_failure(READ)
def not_read(job: Job, reason: str) -> None:
    actions.refuse(run=_run(job), reason=reason)


@on_failure(WRITE)
def not_written(job: Job, reason: str) -> None:
    """Records that changed since the preview are looked at afresh."""
    state = RunState.READING if reason == actions.Changed.SENTENCE else RunState.READY
    actions.put_back(run=_run(job), by=_user(job), state=state, reason=reason)


@on_failure(UNDO)
def not_undone(job: Job, reason: str) -> None:
    actions.put_back(run=_run(job), by=_user(job), state=RunState.DONE, reason=reason)


@keeps_files(FOLDER)
def kept() -> set[str]:
    return set(ImportRun.objects.open().exclude(file="").values_list("file", flat=True))


@contextmanager
def _told() -> Iterator[None]:
    """What a verb refuses ends the job, with the reason."""
    try:
        yield
    except Denied as denied:
        raise JobFailed(str(denied)) from None


def _run(job: Job) -> ImportRun:
    run = ImportRun.objects.filter(pk=job.payload["run"]).first()
    if run is None:
        raise JobFailed("这次导入已放弃。")
    return run


def _user(job: Job) -> User:
    return User.objects.get(pk=job.payload["by"])


def _open(run: ImportRun, stack: ExitStack) -> Workbook:
    try:
        source = stack.enter_context(media_path(run.file).open("rb"))
        workbook = stack.enter_context(opened(source, run.file_name))
    except FileNotFoundError:
        raise JobFailed("上传的文件已不在服务器上，请重新选择文件。") from None
    except WorkbookRefused as refusal:
        raise JobFailed(str(refusal)) from None
    if workbook.count > MAX_ROWS:
        raise JobFailed(
            f"文件有 {workbook.count} 行，超过页面一次导入的 {MAX_ROWS} 行。"
            "请拆成几个文件，或请系统管理员用命令行导入。"
        )
    return workbook


def _options(run: ImportRun) -> Options:
    return Options(run.kind, "", run.hidden_rows, run.chosen)


class _Spool:
    """Row reports on disk: a large file shall not fill the memory of a worker."""

    def __init__(self, run: ImportRun) -> None:
        self.run = run
        self.file = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 closed by rows()

    def add(self, row: RowReport) -> None:
        self.file.write(json.dumps(_facts(row), ensure_ascii=False) + "\n")

    def rows(self) -> Iterator[ImportRow]:
        self.file.seek(0)
        with self.file as lines:
            for line in lines:
                yield ImportRow(run=self.run, **json.loads(line))


def _facts(row: RowReport) -> dict[str, Any]:
    problems = [problem for problem in row.problems if problem.choices]
    more = [(each, True) for each in row.problems] + [(each, False) for each in row.warnings]
    return {
        "sheet": row.sheet[:100],
        "row": row.row,
        "outcome": row.outcome,
        "label": row.label,
        "code": row.code,
        "column": row.column[:60],
        "sentence": row.sentence[:500],
        "more": [{"sentence": each.sentence[:500], "problem": is_problem} for each, is_problem in more[1:]],
        "changes": row.changes,
        "choices": [{"person": each.person, "among": each.choices} for each in problems],
        "cells": row.texts,
    }
