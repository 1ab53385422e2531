"""The bell: after the commit, once per click, and never in the way of it."""

import threading

import pytest
from django.db import connection, transaction
from django.db.models.functions import Now

from common.jobs import bell, leases, queue, runner, tasks
from common.jobs.models import Job
from tests.common.jobs_clock import overdue, taken

pytestmark = pytest.mark.django_db


@pytest.fixture
def rings(settings, monkeypatch) -> list[str]:
    """Celery is set up, and its rings end in this list."""
    settings.JOBS_RING_CELERY = True
    heard: list[str] = []
    monkeypatch.setattr(tasks.work, "apply_async", lambda **options: heard.append("ring"))
    bell.restore()
    yield heard
    bell.restore()


def test_the_bell_rings_after_the_commit(written, rings, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        queue.enqueue("note", scope="x")
        assert rings == []
    assert rings == ["ring"]


def test_a_click_rings_once_however_many_jobs_it_asks_for(written, rings, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        for number in range(3):
            queue.enqueue("note", scope=f"note:{number}")
        queue.enqueue_all("note", {f"more:{number}": {} for number in range(3)})
    assert rings == ["ring"]


@pytest.mark.django_db(transaction=True, available_apps=["common.jobs"])
def test_the_next_click_rings_again(written, rings):
    for number in range(2):
        with transaction.atomic():
            queue.enqueue("note", scope=f"note:{number}")
    assert len(rings) == 2


@pytest.mark.django_db(transaction=True, available_apps=["common.jobs"])
def test_a_part_of_a_click_that_was_undone_does_not_swallow_the_ring(written, rings):
    with transaction.atomic():
        with pytest.raises(ValueError, match="broken click"):
            broken_click()
        queue.enqueue("note", scope="note:1")
    assert len(rings) == 1


@transaction.atomic
def broken_click() -> None:
    queue.enqueue("note", scope="x")
    raise ValueError("broken click")


@pytest.mark.django_db(transaction=True, available_apps=["common.jobs"])
def test_a_click_that_is_rolled_back_rings_for_nothing(written, rings):
    with pytest.raises(ValueError, match="broken click"):
        broken_click()
    assert rings == []
    assert not Job.objects.exists()


@pytest.mark.django_db(transaction=True, available_apps=["common.jobs"])
def test_control_without_waiting_for_the_commit_the_bell_rings_for_nothing(written, rings, monkeypatch):
    monkeypatch.setattr(bell.transaction, "on_commit", lambda ring, robust: ring())
    with pytest.raises(ValueError, match="broken click"):
        broken_click()
    assert len(rings) == 1, "a worker was sent to a row that never came to be"


def test_joining_a_job_rings_for_nobody(written, rings, django_capture_on_commit_callbacks):
    queue.enqueue("note", scope="x")
    with django_capture_on_commit_callbacks(execute=True):
        queue.enqueue("note", scope="x")
    assert rings == []


def test_who_hears_the_bell_wakes_the_next_before_starting(register, rings):
    order = []
    register("slow", lambda job: order.append(len(rings)) or (lambda: None))
    for number in range(3):
        queue.enqueue("slow", scope=str(number))
    for _ in range(3):
        tasks.work()
    assert order == [1, 2, 2], "the last one finds nobody waiting and rings no more"


def test_a_ring_that_comes_twice_or_too_late_does_nothing(written):
    queue.enqueue("note", scope="x")
    tasks.work()
    tasks.work()
    assert written == ["x"]


def test_the_sweeper_rings_once_for_all_that_nobody_heard_of(written, rings):
    for number in range(20):
        queue.enqueue("note", scope=f"note:{number}")
    assert leases.sweep().rung is False, "they have only just been rung for"
    Job.objects.update(due_at=Now() - leases.UNHEARD)
    assert leases.sweep().rung is True
    assert rings == ["ring"]


def test_the_sweeper_rings_for_a_dead_workers_job(written, rings):
    taken()
    overdue()
    tasks.sweep()
    assert rings == ["ring"]


@pytest.mark.django_db(transaction=True, available_apps=["common.jobs"])
def test_after_a_broken_ring_the_bell_is_left_alone_for_a_while(written, rings, monkeypatch):
    tries = []

    def refused(**options):
        tries.append(options)
        raise ConnectionError("broker refused")

    monkeypatch.setattr(tasks.work, "apply_async", refused)
    queue.enqueue("note", scope="first")
    queue.enqueue("note", scope="second")
    assert len(tries) == 1
    assert Job.objects.due().count() == 2
    bell.restore()
    queue.enqueue("note", scope="third")
    assert len(tries) == 2


def test_without_redis_nobody_is_rung(written, rings, settings, django_capture_on_commit_callbacks):
    settings.JOBS_RING_CELERY = False
    with django_capture_on_commit_callbacks(execute=True):
        queue.enqueue("note", scope="x")
    Job.objects.update(due_at=Now() - leases.UNHEARD)
    assert leases.sweep().rung is False
    assert rings == []


@pytest.mark.django_db(transaction=True, available_apps=["common.jobs"])
@pytest.mark.postgres
def test_two_workers_never_take_the_same_job(written):
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL")
    for number in range(60):
        queue.enqueue("note", scope=f"note:{number}")

    def worker() -> None:
        while local_job := leases.claim_next():
            runner.run(local_job)
        connection.close()

    threads = [threading.Thread(target=worker) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(written) == sorted(f"note:{number}" for number in range(60))
    assert set(Job.objects.values_list("attempt", flat=True)) == {1}
