"""The asker's side of the job list: put on, ask how far, try again, take off."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count, F
from django.db.models.functions import Now
from django.utils import timezone

from common.jobs.bell import ring_on_commit
from common.jobs.models import Job, JobState
from common.jobs.registry import works

Payload = dict[str, Any]
PATIENCE = timedelta(seconds=20)


@dataclass(frozen=True)
class Progress:
    total: int
    queued: int
    running: int
    done: int
    failed: int
    cancelled: int

    @property
    def finished(self) -> bool:
        """Nothing of the batch will change by itself any more."""
        return self.queued == self.running == 0


def enqueue(kind: str, *, scope: str, batch: str = "", payload: Payload | None = None) -> Job:
    """Put one job on the list, in the caller's transaction; workers are woken when it commits.

    A job of this kind and scope that is still unfinished is returned instead: a second click joins the first.
    """
    [job] = enqueue_all(kind, {scope: payload or {}}, batch=batch)
    return job


def enqueue_all(kind: str, payloads: Mapping[str, Payload], *, batch: str = "") -> list[Job]:
    """The same for many, ``{scope: payload}``, in two queries."""
    if kind not in works:
        raise LookupError(f"no function is registered for jobs of kind {kind!r}")
    fresh = [Job(kind=kind, scope=scope, batch=batch, payload=payload) for scope, payload in payloads.items()]
    # ON CONFLICT DO NOTHING: no savepoint, and of two clicks at one moment the later finds the earlier's rows.
    Job.objects.bulk_create(fresh, ignore_conflicts=True)
    unfinished_last = F("finished_at").asc(nulls_last=True)
    rows = Job.objects.filter(kind=kind, scope__in=payloads).order_by(unfinished_last)
    jobs = {job.scope: job for job in rows}
    if set(fresh) & set(jobs.values()):
        ring_on_commit()
    return [jobs[scope] for scope in payloads]


def retry(job: Job) -> Job:
    """Start a failed job afresh; if the same work is already under way, that job is returned."""
    try:
        with transaction.atomic():
            _put_back(job)
    except IntegrityError:  # somebody asked for the same work in the meantime
        return Job.objects.unfinished().get(kind=job.kind, scope=job.scope)
    job.refresh_from_db()
    return job


def cancel(batch: str) -> int:
    """Take what still waits off the list; jobs under way finish. How many were taken off."""
    waiting = Job.objects.of_batch(batch).filter(state=JobState.QUEUED)
    return waiting.update(state=JobState.CANCELLED, finished_at=Now())


def progress(batch: str) -> Progress:
    rows = Job.objects.of_batch(batch).values_list("state").annotate(Count("pk"))
    count = Counter(dict(rows))
    return Progress(total=count.total(), **{state: count[state] for state in JobState.values})


def unheard(batch: str) -> bool:
    """Does something of the batch wait although no worker has finished anything lately?"""
    lately = timezone.now() - PATIENCE
    waits = Job.objects.of_batch(batch).filter(state=JobState.QUEUED, due_at__lt=lately).exists()
    return waits and not Job.objects.filter(finished_at__gte=lately).exists()


def _put_back(job: Job) -> None:
    failed = Job.objects.filter(pk=job.pk, state=JobState.FAILED)
    if failed.update(state=JobState.QUEUED, attempt=0, error="", finished_at=None, due_at=Now()):
        ring_on_commit()
