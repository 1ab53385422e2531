"""One owner at a time: who lost the lease writes nothing, and a dead owner's job is taken up again."""

import threading
from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.db.models.functions import Now

from common.jobs import leases, local, queue, registry, runner
from common.jobs.models import Job, JobQuerySet, JobState
from tests.common.jobs_clock import lose_lease, overdue, taken

pytestmark = pytest.mark.django_db


def test_a_job_has_one_owner(written):
    job = taken()
    assert leases.claim(job.pk) is None
    assert leases.claim_next() is None


def test_who_lost_the_lease_writes_nothing(written):
    slow = taken()
    heir = lose_lease(slow)
    runner.run(slow)
    assert written == []
    runner.run(heir)
    assert written == ["x"]


def test_who_lost_the_lease_writes_nothing_after_the_heir_finished_either(written):
    slow = taken()
    heir = lose_lease(slow)
    runner.run(heir)
    runner.run(slow)
    assert written == ["x"]


def test_control_without_the_token_two_finish(written, monkeypatch):
    slow = taken()
    heir = lose_lease(slow)
    monkeypatch.setattr(leases, "_owned", lambda job: Job.objects.filter(pk=job.pk))
    Job.objects.filter(pk=slow.pk).update(state=JobState.RUNNING)
    leases.finish(slow, lambda: written.append("slow"))
    Job.objects.filter(pk=slow.pk).update(finished_at=None, state=JobState.QUEUED)
    leases.finish(heir, lambda: written.append("heir"))
    assert written == ["slow", "heir"]


def test_a_dead_workers_job_is_taken_up_again(written, work_off):
    job = taken()
    assert leases.sweep().requeued == 0, "its lease is still good"
    overdue()
    assert leases.sweep().requeued == 1
    work_off()
    job.refresh_from_db()
    assert (job.state, job.attempt) == (JobState.DONE, 2)
    assert written == ["x"]


def test_control_without_the_lease_a_dead_workers_job_stays_for_ever(written, work_off, monkeypatch):
    job = taken()
    overdue()
    monkeypatch.setattr(JobQuerySet, "expired", lambda self: self.none())
    leases.sweep()
    work_off()
    job.refresh_from_db()
    assert job.state == JobState.RUNNING
    assert written == []


def test_a_job_that_kills_three_workers_is_given_up_in_words(written, register):
    told = []
    monkey = registry.works["note"]
    register("note", monkey, hook=lambda job, reason: told.append(reason))
    job = taken()
    for _ in range(2):
        job = lose_lease(job)
    overdue()
    assert leases.sweep() == leases.Swept(requeued=0, failed=1, rung=False)
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert job.error == "连续三次中断，可能内容过大。请重试或联系系统管理员。"
    assert told == [job.error]


def test_a_restarted_local_worker_takes_up_its_dead_predecessors_jobs_at_once(written, work_off):
    taken()
    assert leases.requeue_all() == 1
    work_off()
    assert written == ["x"]


def test_a_restart_does_not_give_a_deadly_job_a_fourth_try(written):
    job = taken()
    Job.objects.filter(pk=job.pk).update(attempt=leases.TRIES)
    assert leases.requeue_all() == 0
    assert leases.sweep().failed == 1


def test_the_stand_by_leaves_fresh_jobs_to_celery(written):
    queue.enqueue("note", scope="x")
    assert local.work_once(timedelta(seconds=15)) is False
    Job.objects.update(due_at=Now() - timedelta(seconds=16))
    assert local.work_once(timedelta(seconds=15)) is True


def test_leases_go_by_the_databases_clock(written, time_machine):
    time_machine.move_to("2030-01-01T00:00Z")
    job = taken()
    time_machine.move_to("2020-01-01T00:00Z")
    assert leases.sweep().requeued == 0
    assert leases.renew(job)


@pytest.mark.django_db(transaction=True, available_apps=["common.jobs"])
def test_the_lease_is_renewed_while_the_work_goes_on(register, monkeypatch):
    monkeypatch.setattr(leases, "RENEW_SECONDS", 0.05)
    renewed = threading.Event()
    real = leases.renew
    monkeypatch.setattr(leases, "renew", lambda job: renewed.set() or real(job))

    def long_work(job):
        Job.objects.update(lease_until=Now() + timedelta(seconds=1))
        assert renewed.wait(30)
        return lambda: None

    register("long", long_work)
    job = queue.enqueue("long", scope="x")
    assert local.work_once()
    job.refresh_from_db()
    assert job.state == JobState.DONE


@pytest.mark.django_db(transaction=True, available_apps=["common.jobs"])
def test_a_database_that_is_away_for_a_beat_does_not_stop_the_work(register, monkeypatch):
    monkeypatch.setattr(leases, "RENEW_SECONDS", 0.02)
    beats = threading.Semaphore(0)

    def away(job):
        beats.release()
        raise DatabaseError

    def long_work(job):
        assert beats.acquire(timeout=30)
        assert beats.acquire(timeout=30), "no second beat after the first broke"
        return lambda: None

    monkeypatch.setattr(leases, "renew", away)
    register("long", long_work)
    job = queue.enqueue("long", scope="x")
    assert local.work_once()
    job.refresh_from_db()
    assert job.state == JobState.DONE
