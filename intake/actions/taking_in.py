"""Taking a workbook in: told first, then written, all or nothing."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models import Count, Max
from django.utils import timezone

from common.denied import Denied
from deputies.models import ContactMethod
from intake import policies
from intake.actions.moves import move
from intake.models import ImportChange, ImportRun, Thing
from intake.office import Office
from intake.report import RowReport, SheetReport
from intake.run import Options, Run
from intake.workbook import Workbook
from intake.workflow import RunState
from staff import audit
from staff.models import AuditEvent, User

AT_ONCE = 500
LOOKS = 2  # more, where somebody saved while the rows were planned
Tell = Callable[[RowReport], None]


class Changed(Denied):
    """The records are no longer those of the preview: nothing was written, staff look again."""

    SENTENCE = "预览之后，系统中的记录有了变化，没有导入任何内容。已按最新情况重新读取，请再次核对。"

    def __init__(self) -> None:
        super().__init__(self.SENTENCE)


@dataclass(frozen=True)
class Outcome:
    """``run`` is None for a preview, and for an import that changed nothing. ``notices`` concern the whole file.

    ``digest`` tells the plan: what becomes of which row, field by field.
    """

    counts: dict[str, int]
    sheets: list[SheetReport]
    notices: list[str]
    digest: str
    run: ImportRun | None = None


def preview_workbook(*, workbook: Workbook, by: User, today: date, options: Options, tell: Tell) -> Outcome:
    """What would become of each row. Nothing is written and nobody waits."""
    policies.check_can_import(by)
    office = Office(by, today, lambda *change: None)
    return _walk(Run(office, options, real=False), workbook, tell)


def import_workbook(
    *, workbook: Workbook, by: User, today: date, options: Options, tell: Tell, run: ImportRun | None = None
) -> Outcome:
    """Import every good row of the file. All or nothing: whatever goes wrong on the way leaves no row behind.

    ``run`` is one that was looked at before: then exactly that is written, or it is :class:`Changed`.
    """
    return write_prepared(prepared=prepare(workbook=workbook, by=by, today=today, options=options, tell=tell, run=run))


@dataclass
class Prepared:
    """A workbook whose rows are planned, of the records as they were at ``as_of``; nothing is written yet."""

    plan: Callable[[Tell], tuple[Run, Outcome]]
    ledger: "_Ledger"
    expected: str
    as_of: tuple[Any, ...] = ()

    def look(self, tell: Tell) -> None:
        self.as_of = _as_of()
        self.run, self.outcome = self.plan(tell)
        self.expected = self.expected or self.outcome.digest
        if self.outcome.digest != self.expected:
            raise Changed

    @property
    def is_fresh(self) -> bool:
        return self.as_of == _as_of()


def prepare(
    *, workbook: Workbook, by: User, today: date, options: Options, tell: Tell, run: ImportRun | None = None
) -> Prepared:
    """Plan every row while nobody waits: on SQLite everybody's saving waits as long as a transaction writes."""
    policies.check_can_import(by)
    ledger = _Ledger(workbook, by, run)

    def plan(tell: Tell) -> tuple[Run, Outcome]:
        planned = Run(Office(by, today, ledger.note), options, real=True)
        return planned, _walk(planned, workbook, tell)

    prepared = Prepared(plan, ledger, run.digest if run else "")
    prepared.look(tell)
    for _ in range(LOOKS):
        if not prepared.is_fresh:
            prepared.look(_quietly)
    return prepared


@transaction.atomic
def write_prepared(*, prepared: Prepared) -> Outcome:
    """Write what was planned; where somebody was faster, look once more, and write that if it is the same."""
    _one_at_a_time()
    if not prepared.is_fresh:
        prepared.look(_quietly)
    prepared.run.write()
    outcome = prepared.outcome
    return replace(outcome, run=prepared.ledger.finish(outcome.counts))


def _walk(run: Run, workbook: Workbook, tell: Tell) -> Outcome:
    digest = sha256()
    for each in run.reports(workbook):
        digest.update(json.dumps([each.sheet, each.row, each.outcome, each.changes]).encode())
        tell(each)
    if not run.tally.is_complete:
        raise Denied("导入前后行数不符，没有导入任何内容。请联系系统管理员。")
    return Outcome(run.tally.as_json(), run.sheets, run.office.opened, digest.hexdigest())


def _as_of() -> tuple[Any, ...]:
    """Moves with every write: each leaves an audit row. Those of an import appear long after they got their numbers,
    so ended imports are counted as well."""
    ended = ImportRun.objects.values_list("state").annotate(Count("pk")).order_by("state")
    return AuditEvent.objects.aggregate(Max("pk"))["pk__max"], *ended.filter(done_at__isnull=False)


def _quietly(row: RowReport) -> None:
    """It was told before."""


def _one_at_a_time() -> None:
    """Two imports at once would both find a contact missing. Nobody else waits for this lock."""
    list(ContactMethod.objects.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))


class _Ledger:
    """Writes down what the run makes and changes; without a run one is there from the first change on."""

    def __init__(self, workbook: Workbook, by: User, run: ImportRun | None) -> None:
        self.workbook, self.by, self.run = workbook, by, run
        self.waiting: list[ImportChange] = []

    def note(
        self, thing: Thing, pk: int, version: int | None, before: dict[str, Any] | None, at: tuple[str, int]
    ) -> None:
        if self.run is None:
            name, digest = self.workbook.name[:200], self.workbook.sha256
            self.run = ImportRun.objects.create(file_name=name, sha256=digest, by=self.by, state=RunState.WRITING)
        change = ImportChange(run=self.run, sheet=at[0][:100], row=at[1] or None, thing=thing, object_id=pk)
        change.version, change.before = version, before
        self.waiting.append(change)
        if len(self.waiting) >= AT_ONCE:
            self._write()

    def finish(self, counts: dict[str, int]) -> ImportRun | None:
        if self.run:
            self._write()
            move(self.run, RunState.DONE, counts=counts, done_at=timezone.now(), reason="", file="")
            audit.record("import.done", by=self.by, target=self.run, changes={"counts": ["", counts]})
        return self.run

    def _write(self) -> None:
        ImportChange.objects.bulk_create(self.waiting)
        self.waiting = []
