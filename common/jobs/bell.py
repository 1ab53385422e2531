"""The bell: tells a Celery worker that work waits. It may fail; the list does not depend on it.

A ring names no job. Whoever hears it takes the job that waits longest and, if more wait, rings for the next
worker before it starts: so one ring sets all free workers to work, and a click costs one message however many
jobs it put on the list.
"""

import logging
import time
from typing import Any

from django.conf import settings
from django.db import connection, transaction

log = logging.getLogger(__name__)

# After one failure nobody rings for a while: who puts on the list in these seconds waits for no time-out.
SILENCE_SECONDS = 10.0
_silent_until = 0.0


def ring() -> bool:
    """Whether somebody was woken. Never raises, never takes longer than one socket time-out (1.5 s)."""
    global _silent_until
    if not settings.JOBS_RING_CELERY or time.monotonic() < _silent_until:
        return False
    from common.jobs.tasks import work  # tasks -> leases -> bell

    try:
        # Celery's own retry would multiply the time-out; the sweeper rings again anyway.
        work.apply_async(retry=False)
    except Exception as fault:  # whatever a broker client may raise: the job is safe in the table
        log.warning("Nobody woken, the sweeper will ring again: %s", fault)
        _silent_until = time.monotonic() + SILENCE_SECONDS
        return False
    return True


def ring_on_commit() -> None:
    """Before the commit a worker would find no row. One ring per transaction, and a broken one breaks no click."""
    hooks: list[Any] = connection.run_on_commit
    if not any(hook[1] is ring for hook in hooks):
        transaction.on_commit(ring, robust=True)


def restore() -> None:
    """Forget the last failure."""
    global _silent_until
    _silent_until = 0.0
