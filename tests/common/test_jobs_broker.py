"""The click and a broker that answers, refuses, or accepts the connection and then says nothing."""

import os
import socket
import time
from collections.abc import Callable, Iterator

import pytest
from celery.contrib.testing.worker import start_worker
from celery.fixups.django import DjangoWorkerFixup
from django.db import connection, transaction

from common.jobs import bell, local, queue, registry
from common.jobs.models import Job, JobState
from liaison.celery import app

pytestmark = pytest.mark.django_db(transaction=True, available_apps=["common.jobs"])


@pytest.fixture
def notes(monkeypatch) -> list[str]:
    written: list[str] = []
    monkeypatch.setitem(registry.works, "note", lambda job: lambda: written.append(job.scope))
    return written


@pytest.fixture
def broker(settings) -> Iterator[Callable[[str], None]]:
    """Point Celery at another broker for one test."""
    settings.JOBS_RING_CELERY = True
    bell.restore()
    real = app.conf.broker_url

    def use(url: str) -> None:
        app.conf.broker_url = url
        app._after_fork()  # forget pooled connections
        assert app.connection_for_write().transport  # a running server has loaded the client long ago

    yield use
    use(real)
    bell.restore()


@pytest.fixture
def refused() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"redis://127.0.0.1:{probe.getsockname()[1]}/0"


@pytest.fixture
def frozen() -> Iterator[str]:
    """The kernel accepts, nobody reads: what a stopped Redis looks like from outside."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(64)
        yield f"redis://127.0.0.1:{server.getsockname()[1]}/0"


def click(jobs: int, batch: str = "click") -> float:
    started = time.monotonic()
    with transaction.atomic():
        queue.enqueue_all("note", {f"{batch}:{number}": {} for number in range(jobs)}, batch=batch)
    return time.monotonic() - started


@pytest.mark.parametrize("trouble", ["refused", "frozen"])
def test_a_click_with_300_jobs_waits_once_and_all_are_done_later(notes, broker, request, trouble):
    broker(request.getfixturevalue(trouble))
    assert click(300) < 10  # one wait of some 2 seconds, on a machine that is busy; 300 waits would be minutes
    assert notes == []
    while local.work_once():  # the stand-by, which needs no broker
        pass
    assert len(notes) == 300
    assert queue.progress("click").done == 300


def test_the_clicks_that_follow_do_not_wait_at_all(notes, broker, frozen):
    broker(frozen)
    click(1, "first")
    assert click(1, "second") < 1


def test_control_without_the_pause_after_a_failure_every_click_waits(notes, broker, frozen, monkeypatch):
    monkeypatch.setattr(bell, "SILENCE_SECONDS", 0)
    broker(frozen)
    assert click(1, "first") > 1
    assert click(1, "second") > 1


@pytest.mark.redis
def test_a_celery_worker_does_what_the_bell_rings_for(notes, broker, monkeypatch):
    # Celery runs Django's checks at start; they miss the apps that this test hides from the flush of tables.
    monkeypatch.setattr(DjangoWorkerFixup, "validate_models", lambda self: None)
    broker(os.environ["REDIS_URL"])
    with start_worker(app, pool="solo", perform_ping_check=False, shutdown_timeout=60):
        click(5)
        end = time.monotonic() + 60
        while Job.objects.exclude(state=JobState.DONE).exists():
            assert time.monotonic() < end, "nobody heard the bell"
            time.sleep(0.1)
    assert sorted(notes) == [f"click:{number}" for number in range(5)]
    connection.close()
