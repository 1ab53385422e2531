"""A file on its way through the page: uploaded, read, decided on, confirmed, thrown away, undone.

The work itself is done by jobs (``intake.tasks``); the verbs here put it on the list and note what came of it.
"""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from itertools import islice
from typing import IO, Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from common.denied import Denied
from common.files import sha256, write_whole
from common.jobs import queue
from intake import policies
from intake.actions.moves import move
from intake.actions.taking_in import AT_ONCE, Outcome
from intake.models import ImportRow, ImportRun
from intake.workbook import WorkbookRefused, look_into
from intake.workflow import RunState
from staff import audit
from staff.models import User

READ, WRITE, UNDO = "import.read", "import.write", "import.undo"
FOLDER = "imports"
MAX_BYTES = 20 * 1024 * 1024
MAX_ROWS = 50_000  # what a job can read and write within its time
KEEP_OPEN, KEEP_ROWS = timedelta(days=7), timedelta(days=90)


def upload(*, source: IO[bytes], size: int, name: str, by: User, kind: str = "") -> ImportRun:
    """Keep the file and have it read. What is plainly no workbook is refused at once (``WorkbookRefused``)."""
    policies.check_can_import(by)
    if size > MAX_BYTES:
        raise WorkbookRefused(f"文件超过 {MAX_BYTES // 1024 // 1024} MB。请删去图片，或拆成几个文件再导入。")
    look_into(source)
    source.seek(0)
    data = source.read()
    path = f"{FOLDER}/{uuid4().hex}.bin"
    write_whole(path, data)
    return _record(file=path, sha256=sha256(data), file_name=name[:200], kind=kind, by=by)


@transaction.atomic
def _record(*, by: User, **fields: Any) -> ImportRun:
    _clear_old()
    run = ImportRun.objects.create(by=by, **fields)
    _enqueue(READ, run, by)
    audit.record("import.uploaded", by=by, target=run)
    return run


@transaction.atomic
def decide(
    *,
    run: ImportRun,
    by: User,
    kind: str | None = None,
    hidden_rows: bool | None = None,
    chosen: Mapping[str, str] | None = None,
    forget: bool = False,
) -> ImportRun:
    """What staff decided about the file; it is read again with that. ``chosen`` is added to earlier choices, which
    ``forget`` drops."""
    policies.check_can_import(by)
    policies.check_is_open(run)
    facts: dict[str, Any] = {} if kind is None else {"kind": kind}
    if hidden_rows is not None:
        facts["hidden_rows"] = hidden_rows
    earlier = {} if forget else run.chosen
    return _read_again(run, by, chosen={**earlier, **(chosen or {})}, reason="", **facts)


@transaction.atomic
def save_reading(*, run: ImportRun, outcome: Outcome, rows: Iterable[ImportRow]) -> ImportRun:
    """What the job read: the plan row by row, in place of the last one."""
    run.rows.all().delete()
    waiting = iter(rows)
    while batch := list(islice(waiting, AT_ONCE)):
        ImportRow.objects.bulk_create(batch)
    sheets = [sheet.as_json() for sheet in outcome.sheets]
    facts = {"counts": outcome.counts, "sheets": sheets, "notices": outcome.notices, "digest": outcome.digest}
    return move(run, RunState.READY, **facts)


@transaction.atomic
def refuse(*, run: ImportRun, reason: str) -> ImportRun:
    """The file cannot be read; it is not kept."""
    return move(run, RunState.REFUSED, reason=reason[:300], file="")


@transaction.atomic
def confirm(*, run: ImportRun, by: User) -> ImportRun:
    policies.check_can_confirm(by, run)
    run = move(run, RunState.WRITING, reason="")
    _enqueue(WRITE, run, by)
    return run


@transaction.atomic
def ask_undo(*, run: ImportRun, by: User) -> ImportRun:
    policies.check_can_undo(by, run)
    run = move(run, RunState.UNDOING, reason="")
    _enqueue(UNDO, run, by)
    return run


@transaction.atomic
def put_back(*, run: ImportRun, by: User, state: RunState, reason: str) -> ImportRun:
    """The job wrote nothing, and says why. Back to where it came from, or (READING) to a fresh preview."""
    if state == RunState.READING:
        return _read_again(run, by, reason=reason[:300])
    return move(run, state, reason=reason[:300])


@transaction.atomic
def discard(*, run: ImportRun, by: User) -> None:
    """Throw away what was never imported."""
    policies.check_can_discard(by, run)
    audit.record("import.discarded", by=by, target=run)
    if not ImportRun.objects.filter(pk=run.pk, state__in=[RunState.READY, RunState.REFUSED]).delete()[0]:
        raise Denied("这次导入刚刚有了变化，请刷新页面查看。")


def _read_again(run: ImportRun, by: User, **facts: Any) -> ImportRun:
    run = move(run, RunState.READING, **facts)
    _enqueue(READ, run, by)
    return run


def _enqueue(kind: str, run: ImportRun, by: User) -> None:
    queue.enqueue(kind, scope=run.scope, batch=run.scope, payload={"run": run.pk, "by": by.pk})


def _clear_old() -> None:
    """Nobody came back for it; of imports long done only the figures are kept. The janitor removes the files."""
    now = timezone.now()
    waiting = [RunState.READY, RunState.REFUSED]
    ImportRun.objects.filter(state__in=waiting, at__lt=now - KEEP_OPEN).delete()
    ImportRow.objects.filter(run__at__lt=now - KEEP_ROWS).delete()
