"""The bell: tells a Celery worker that a job waits. It may fail; the list does not depend on it."""

import logging
import time
from uuid import UUID

from django.conf import settings

log = logging.getLogger(__name__)

# After one failure nobody rings for a while: a click that queued 300 jobs pays one time-out, not 300.
SILENCE_SECONDS = 10.0
_silent_until = 0.0


def ring(job_id: UUID) -> bool:
    """Whether somebody was woken. Never raises, never takes longer than one socket time-out (2 s)."""
    global _silent_until
    if not settings.JOBS_RING_CELERY or time.monotonic() < _silent_until:
        return False
    from common.jobs.tasks import run  # tasks -> runner -> leases -> bell

    try:
        # Celery's own retry would multiply the time-out; the sweeper rings again anyway.
        run.apply_async((str(job_id),), retry=False)
    except Exception as fault:  # whatever a broker client may raise: the job is safe in the table
        log.warning("Nobody woken for job %s, the sweeper will: %s", job_id, fault)
        _silent_until = time.monotonic() + SILENCE_SECONDS
        return False
    return True


def restore() -> None:
    """Forget the last failure."""
    global _silent_until
    _silent_until = 0.0
