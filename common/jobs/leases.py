"""The worker's side of the job list: take, renew, finish, give back, sweep.

Every move is one conditional UPDATE that names the state (and the token) it starts from, so of two who try
the same move one changes a row and the other changes none: on PostgreSQL and SQLite alike, without locks
held between statements. A lease is short (30 s) and renewed while the work goes on, rather than as long as
the longest job: a killed worker's job is then taken up again within a minute.
"""

import logging
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from common.jobs.bell import ring
from common.jobs.models import Job, JobQuerySet, JobState
from common.jobs.registry import Write, failure_hooks

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=30)
RENEW_SECONDS = 10.0
TRIES = 3
PAUSE = timedelta(seconds=5)  # before the second try, twice that before the third
UNHEARD = timedelta(seconds=10)  # a job that waits longer than this may not have been heard of
INTERRUPTED = "连续三次中断，可能内容过大。请重试或联系系统管理员。"


class LeaseLost(Exception):
    """Somebody else owns the job by now; what this worker made is void."""


@dataclass(frozen=True)
class Swept:
    requeued: int
    failed: int
    rung: bool


def claim(pk: UUID) -> Job | None:
    """Become the owner of this job, or learn that there is nothing to do (taken, finished, not due)."""
    token = uuid4()
    mine = Job.objects.due().filter(pk=pk)
    taken = mine.update(state=JobState.RUNNING, token=token, lease_until=Now() + LEASE, attempt=F("attempt") + 1)
    return Job.objects.filter(pk=pk, token=token).first() if taken else None


def claim_next(*, patience: timedelta = timedelta(0)) -> Job | None:
    """The job that waits longest; with ``patience`` only one that nobody took for that long."""
    waiting = Job.objects.due().filter(due_at__lte=Now() - patience).order_by("due_at")
    for pk in waiting.values_list("pk", flat=True)[:10]:  # a rival may be faster on the first ones
        if job := claim(pk):
            return job
    return None


def renew(job: Job) -> bool:
    """Whether the job is still ours."""
    return bool(_owned(job).update(lease_until=Now() + LEASE))


def finish(job: Job, write: Write) -> None:
    """Mark the job done and write its result: both or neither, and only for the owner."""
    with transaction.atomic():
        _leave(job, state=JobState.DONE, finished_at=Now(), error="")
        write()


def stumble(job: Job, reason: str) -> None:
    """An attempt failed unexpectedly: try again after a pause, but no more than three times in all."""
    if job.attempt >= TRIES:
        fail(job, reason)
        return
    _leave(job, state=JobState.QUEUED, due_at=Now() + PAUSE * job.attempt, error=reason)


def fail(job: Job, reason: str) -> None:
    """The job failed for good; the app's hook learns of it in the same transaction."""
    with transaction.atomic():
        _leave(job, state=JobState.FAILED, finished_at=Now(), error=reason)
        _tell(job, reason)


def sweep() -> Swept:
    """Take jobs from dead owners, and ring once if somebody waits too long. Safe to run anywhere, at any time."""
    failed = _fail_hopeless()
    requeued = requeue_expired()
    unheard = Job.objects.due().filter(due_at__lte=Now() - UNHEARD)
    return Swept(requeued=requeued, failed=failed, rung=bool(requeued or unheard.exists()) and ring())


def requeue_expired() -> int:
    return Job.objects.expired().filter(attempt__lt=TRIES).update(**_BACK_ON_LIST)


def requeue_all() -> int:
    """Only for who knows that no worker is alive. Jobs out of tries are left to the sweeper, as expired."""
    running = Job.objects.filter(state=JobState.RUNNING)
    running.filter(attempt__gte=TRIES).update(lease_until=Now() - LEASE)
    return running.filter(attempt__lt=TRIES).update(**_BACK_ON_LIST)


_BACK_ON_LIST = {"state": JobState.QUEUED, "token": None, "lease_until": None, "due_at": Now()}


def _owned(job: Job) -> JobQuerySet:
    return Job.objects.filter(pk=job.pk, state=JobState.RUNNING, token=job.token)


def _leave(job: Job, **changes: object) -> None:
    if not _owned(job).update(token=None, lease_until=None, **changes):
        raise LeaseLost(str(job.pk))


def _tell(job: Job, reason: str) -> None:
    hook = failure_hooks.get(job.kind)
    if hook is None:
        return
    try:
        with transaction.atomic():
            hook(job, reason)
    except Exception:  # a broken hook must not leave the job running for ever
        log.exception("The failure hook of %s broke", job)


def _fail_hopeless() -> int:
    failed = 0
    for job in Job.objects.expired().filter(attempt__gte=TRIES):
        try:
            fail(job, INTERRUPTED)
            failed += 1
        except LeaseLost:  # its owner was alive after all, or another sweeper was faster
            continue
    return failed
