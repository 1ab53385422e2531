"""One attempt at one job: keep the lease while it works, then finish, or say what went wrong."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from django.db import DatabaseError, InterfaceError, connection

from common.files import DiskFull
from common.jobs import leases
from common.jobs.models import Job
from common.jobs.registry import JobFailed, work_of

log = logging.getLogger(__name__)


def run(job: Job) -> None:
    """Do a claimed job. Whatever its function raises becomes a finished, postponed or failed job.

    Only a broken database escapes: then the lease runs out and the job is taken up again.
    """
    try:
        with _kept_lease(job):
            write = work_of(job.kind)(job)
        leases.finish(job, write)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as fault:  # WeasyPrint's refusal of a forbidden resource is no Exception
        if not connection.in_atomic_block:  # only ever in a test
            connection.close_if_unusable_or_obsolete()
        try:
            _settle(job, fault)
        except leases.LeaseLost:
            log.warning("Lost the lease of %s; another worker does it again", job)


def _settle(job: Job, fault: BaseException) -> None:
    if isinstance(fault, leases.LeaseLost):
        raise fault
    if isinstance(fault, JobFailed):
        leases.fail(job, str(fault))
        return
    log.error("Attempt %s at %s (%s) broke", job.attempt, job, job.pk, exc_info=fault)
    leases.stumble(job, _in_words(job, fault))


def _in_words(job: Job, fault: BaseException) -> str:
    """What the user reads; the traceback is in the log under the same number."""
    if isinstance(fault, DiskFull):
        return str(fault)
    return f"处理时出错，系统已试 {job.attempt} 次。请重试；仍不成功请把编号 {str(job.pk)[:8]} 告诉系统管理员。"


@contextmanager
def _kept_lease(job: Job) -> Iterator[None]:
    """Renew the lease from a thread while the block runs. A dead or frozen process renews nothing: that is the point.

    Most jobs take less than the first wait, so usually the thread never opens its own connection.
    """
    over = Event()
    thread = Thread(target=_renew_until, args=(job, over), daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _renew_until(job: Job, over: Event) -> None:
    while not over.wait(leases.RENEW_SECONDS):
        try:
            if not leases.renew(job):
                return
        except (DatabaseError, InterfaceError):  # the database restarts: try again at the next beat
            log.warning("Could not renew the lease of %s", job, exc_info=True)
        finally:
            connection.close()
