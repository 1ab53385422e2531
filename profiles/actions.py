"""The only writer of portraits."""

import secrets
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from common.denied import Denied
from common.jobs import queue
from common.jobs.models import Job, JobState
from deputies.models import Deputy
from profiles import policies
from profiles.models import Portrait, PortraitRun
from profiles.workflow import TRANSITIONS, PortraitState
from staff import audit
from staff.models import User

KIND = "portrait"
CANCELLED = "已取消，可以重新生成。"
# Read out on the telephone and typed from paper: without 0/O, 1/I/L.
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def request_portraits(
    *, deputies: Iterable[Deputy], year: int, by: User, selection: str, idempotency_key: UUID | None = None
) -> PortraitRun:
    """Ask for the next version of each one's portrait: one run, one row and one job each.

    The same key again gives the first run and asks for nothing, also when both clicks arrive at once.
    """
    chosen = list(deputies)
    policies.check_can_request(by, chosen, year, timezone.localdate())
    if idempotency_key and (first := _requested_with(idempotency_key, by)):
        return first
    try:
        with transaction.atomic():
            run = PortraitRun.objects.create(
                year=year, selection=selection[:200], requested_by=by, idempotency_key=idempotency_key
            )
            _put_on_list(run, chosen)
            asked = {"portraits": [0, len(chosen)], "year": ["", year], "selection": ["", run.selection]}
            audit.record("portrait.requested", by=by, target=run, changes=asked)
            return run
    except IntegrityError:
        if idempotency_key and (first := _requested_with(idempotency_key, by)):
            return first
        raise


@transaction.atomic
def retry(*, portrait: Portrait, by: User) -> Portrait:
    """Make a failed portrait again, on the same row: nothing was printed of it yet."""
    policies.check_can_retry(by, portrait)
    _move(portrait, PortraitState.REQUESTED, reason="")
    failed = Job.objects.filter(kind=KIND, scope=portrait.scope, state=JobState.FAILED).first()
    if failed:
        queue.retry(failed)
    else:
        _enqueue(portrait)
    audit.record("portrait.retried", by=by, target=portrait)
    return portrait


@transaction.atomic
def cancel(*, run: PortraitRun, by: User) -> int:
    """Take what still waits off the list; those under way are finished. How many were taken off."""
    policies.check_can_make(by)
    queue.cancel(run.batch)
    cancelled = Job.objects.of_batch(run.batch).filter(state=JobState.CANCELLED).values_list("scope", flat=True)
    waiting = {portrait.scope: portrait for portrait in run.portraits.requested().select_related("deputy")}
    for scope in waiting.keys() & set(cancelled):
        _move(waiting[scope], PortraitState.FAILED, reason=CANCELLED)
    if waiting:
        audit.record("portrait.cancelled", by=by, target=run, changes={"waiting": [len(waiting), 0]})
    return len(waiting)


@transaction.atomic
def mark_ready(*, portrait: Portrait, facts: Mapping[str, Any], file: str, sha256: str, pages: int) -> Portrait:
    """The file is written whole; now the row may point to it."""
    result = {"facts": facts, "file": file, "sha256": sha256, "pages": pages, "made_at": timezone.now()}
    _move(portrait, PortraitState.READY, reason="", **result)
    audit.record("portrait.made", by=None, target=portrait, changes={"sha256": ["", sha256]})
    return portrait


@transaction.atomic
def mark_failed(*, portrait: Portrait, reason: str) -> Portrait:
    _move(portrait, PortraitState.FAILED, reason=reason[:300])
    audit.record("portrait.failed", by=None, target=portrait, reason=reason[:300])
    return portrait


@transaction.atomic
def note_taken(*, portraits: Iterable[Portrait], by: User) -> None:
    """Who took which portrait out of the system, each one by itself."""
    for portrait in portraits:
        audit.record("portrait.taken", by=by, target=portrait)


def _move(portrait: Portrait, state: PortraitState, **fields: Any) -> None:
    """The one line that assigns the state: a conditional UPDATE, so of two who try, one is told."""
    policies.check_can_move(portrait, state)
    before = [old for old, onward in TRANSITIONS.items() if state in onward]
    if not Portrait.objects.filter(pk=portrait.pk, state__in=before).update(state=state, **fields):
        raise Denied("这份印迹刚刚有了变化，请刷新页面查看。")
    portrait.refresh_from_db()


def _requested_with(key: UUID, by: User) -> PortraitRun | None:
    """The run that ``by`` asked for with this key. Somebody else's key is refused, it tells nothing."""
    run = PortraitRun.objects.filter(idempotency_key=key).first()
    if run and run.requested_by_id != by.pk:
        raise Denied("页面已失效，请刷新后重新生成。")
    return run


def _put_on_list(run: PortraitRun, deputies: list[Deputy]) -> None:
    ids = [deputy.pk for deputy in deputies]
    # Locked, so that of two runs at once the second counts on from the versions of the first.
    list(Deputy.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk"))
    policies.check_none_under_way(ids, run.year)
    made = Portrait.objects.filter(deputy__in=ids, year=run.year).values_list("deputy")
    latest = dict(made.annotate(latest=Max("version")))
    portraits = [
        Portrait(run=run, deputy_id=pk, year=run.year, version=latest.get(pk, 0) + 1, code=_code(run.year))
        for pk in dict.fromkeys(ids)
    ]
    payloads = {portrait.scope: {"portrait": portrait.pk} for portrait in Portrait.objects.bulk_create(portraits)}
    queue.enqueue_all(KIND, payloads, batch=run.batch)


def _enqueue(portrait: Portrait) -> None:
    queue.enqueue(KIND, scope=portrait.scope, batch=portrait.run.batch, payload={"portrait": portrait.pk})


def code_as_printed(typed: str) -> str:
    """Read out or typed from paper, a code loses its dashes, gains spaces, comes in small or full-width letters."""
    letters = "".join(char for char in unicodedata.normalize("NFKC", typed).upper() if char.isalnum())[:40]
    return "-".join(letters[start : start + 4] for start in range(0, len(letters), 4))


def _code(year: int) -> str:
    """Short, to be read out; says nothing of the person, and cannot be counted on from another one."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(8))
    return f"ZH{year % 100:02d}-{letters[:4]}-{letters[4:]}"
