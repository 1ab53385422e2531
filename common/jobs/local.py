"""The worker without Redis: a supervisor and a few child processes that poll the job table.

It is the whole back office of the embedded default. In production one of it stands by (``--patience``) and
takes only jobs that nobody took in time: with Redis, beat or Celery dead the work is still done.
"""

import fcntl
import logging
import multiprocessing
import os
import random
import resource
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing.process import BaseProcess
from types import FrameType

from django.conf import settings
from django.db import DatabaseError, InterfaceError, close_old_connections, connection, connections

from common.jobs import janitor, leases, runner

log = logging.getLogger(__name__)

POLL_SECONDS = 0.3
IDLE_POLL_SECONDS = 1.0
SWEEP_SECONDS = 10.0
JANITOR_SECONDS = 600.0
GRACE_SECONDS = 20.0
JOBS_PER_CHILD = 500
MAX_RSS_KB = 400_000


class Stop:
    """Becomes true when the process is asked to end; a wait is cut short by it."""

    asked = False

    def __call__(self, signum: int, frame: FrameType | None) -> None:
        self.asked = True

    def wait(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while not self.asked and (left := end - time.monotonic()) > 0:
            time.sleep(min(left, 0.1))


@dataclass
class Chore:
    do: Callable[[], object]
    seconds: float
    due: float = 0.0


class AlreadyRunning(Exception):
    """Another worker serves the same SQLite database."""


def serve(*, processes: int, patience: timedelta) -> None:
    """Run until SIGTERM or SIGINT; jobs under way may finish within the grace time."""
    stop = Stop()
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    with _sole_on_sqlite():
        Supervisor(processes, patience, stop).run()


class Supervisor:
    def __init__(self, processes: int, patience: timedelta, stop: Stop) -> None:
        self.children: list[BaseProcess | None] = [None] * processes
        self.patience = patience
        self.stop = stop
        self.chores = [Chore(leases.sweep, SWEEP_SECONDS), Chore(janitor.clean, JANITOR_SECONDS)]

    def run(self) -> None:
        while not self.stop.asked:
            self._keep_house()
            self._replace_dead()
            self.stop.wait(1)
        self._end_children()

    def _keep_house(self) -> None:
        for chore in self.chores:
            if time.monotonic() >= chore.due:
                _guarded(chore.do)
                chore.due = time.monotonic() + chore.seconds
        # A connection open at the fork would be shared with the child.
        connections.close_all()

    def _replace_dead(self) -> None:
        for slot, child in enumerate(self.children):
            if child is not None and child.is_alive():
                continue
            if child is not None and child.exitcode:
                log.warning("Worker process %s died (%s)", child.pid, child.exitcode)
            fork = multiprocessing.get_context("fork")
            self.children[slot] = process = fork.Process(target=work, args=(os.getpid(), self.patience))
            process.start()

    def _end_children(self) -> None:
        alive = [child for child in self.children if child is not None]
        for child in alive:
            child.terminate()
        end = time.monotonic() + GRACE_SECONDS
        for child in alive:
            child.join(max(0.0, end - time.monotonic()))
            if child.is_alive():
                child.kill()
                child.join()


def work(supervisor: int, patience: timedelta) -> None:
    """One child: take a job, do it, and so on, until asked to stop, orphaned, or grown too big."""
    stop = Stop()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the supervisor tells us
    signal.signal(signal.SIGTERM, stop)
    random.seed()
    pause, jobs = POLL_SECONDS, 0
    while not stop.asked and os.getppid() == supervisor and jobs < JOBS_PER_CHILD and not _too_big():
        close_old_connections()
        if _guarded(lambda: work_once(patience)):
            pause, jobs = POLL_SECONDS, jobs + 1
            continue
        stop.wait(pause * random.uniform(0.8, 1.2))
        pause = min(pause * 1.2, IDLE_POLL_SECONDS)


def work_once(patience: timedelta = timedelta(0)) -> bool:
    """Do one waiting job, if there is one. A job over the hard limit kills the process: nothing else stops C code."""
    job = leases.claim_next(patience=patience)
    if job is None:
        return False
    signal.alarm(settings.JOBS_TIME_LIMIT)
    try:
        runner.run(job)
    finally:
        signal.alarm(0)
    return True


def _guarded(step: Callable[[], object]) -> object:
    """The database may restart at any time: say so, and try again at the next turn."""
    try:
        return step()
    except (DatabaseError, InterfaceError, OSError):
        log.exception("Job list out of reach")
        connections.close_all()
        return None


def _too_big() -> bool:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return (peak // 1024 if sys.platform == "darwin" else peak) > MAX_RSS_KB


@contextmanager
def _sole_on_sqlite() -> Iterator[None]:
    """SQLite means one machine and one worker: whatever is marked running now belongs to a dead predecessor."""
    if connection.vendor != "sqlite":
        yield
        return
    settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
    with (settings.VAR_DIR / "worker.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunning from None
        leases.requeue_all()
        yield
