"""Asking for work: joined, counted, cancelled, refused; the table's own constraints."""

from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from common.jobs import local, queue, registry
from common.jobs.models import Job, JobState

pytestmark = pytest.mark.django_db


def test_a_job_is_done_and_counted(written, work_off):
    for number in range(3):
        queue.enqueue("note", scope=f"note:{number}", batch="b")
    work_off()
    assert sorted(written) == ["note:0", "note:1", "note:2"]
    assert queue.progress("b") == queue.Progress(total=3, queued=0, running=0, done=3, failed=0, cancelled=0)
    assert queue.progress("b").finished


def test_a_second_click_joins_the_unfinished_job(written, work_off):
    first = queue.enqueue("note", scope="note:1", batch="b")
    assert queue.enqueue("note", scope="note:1", batch="c") == first
    work_off()
    assert written == ["note:1"]
    assert queue.enqueue("note", scope="note:1") != first


def test_many_jobs_are_asked_for_in_a_few_queries(written, work_off, django_assert_max_num_queries):
    first = queue.enqueue("note", scope="note:7", batch="old")
    wanted = {f"note:{number}": {"number": number} for number in range(300)}
    with django_assert_max_num_queries(10):
        jobs = queue.enqueue_all("note", wanted, batch="b")
    assert [job.scope for job in jobs] == list(wanted)
    assert jobs[7] == first
    assert queue.progress("b").total == 299


def test_a_job_that_finished_during_the_click_is_joined_too(written, monkeypatch):
    job = queue.enqueue("note", scope="x")
    real = Job.objects.bulk_create

    def and_finish(*args, **options):
        real(*args, **options)
        local.work_once()

    monkeypatch.setattr(Job.objects, "bulk_create", and_finish)
    assert queue.enqueue("note", scope="x") == job


def test_a_job_of_an_unknown_kind_is_refused_at_the_click():
    with pytest.raises(LookupError):
        queue.enqueue("no such kind", scope="x")


def test_a_kind_that_a_newer_version_knew_fails_in_words(work_off):
    job = Job.objects.create(kind="future", scope="x")
    work_off()
    job.refresh_from_db()
    assert (job.state, job.attempt) == (JobState.FAILED, 1)
    assert "当前版本" in job.error


def test_a_kind_has_one_function(written):
    with pytest.raises(ValueError, match="twice"):
        registry.job("note")(lambda job: lambda: None)


def test_what_still_waits_can_be_cancelled(written, work_off):
    queue.enqueue("note", scope="note:1", batch="b")
    queue.enqueue("note", scope="note:2", batch="other")
    assert queue.cancel("b") == 1
    work_off()
    assert written == ["note:2"]
    assert queue.progress("b").cancelled == 1


@pytest.mark.parametrize(
    "nonsense",
    [
        {"state": "odd"},
        {"scope": ""},
        {"state": JobState.RUNNING},
        {"token": UUID(int=7)},  # a fixed one: two test processes must see the same names
        {"lease_until": Now()},
        {"state": JobState.DONE},
        {"finished_at": Now()},
    ],
    ids=str,
)
def test_the_database_refuses_nonsense(nonsense):
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.create(**{"kind": "note", "scope": "x"} | nonsense)


def test_the_database_refuses_two_unfinished_jobs_for_one_thing():
    Job.objects.create(kind="note", scope="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.create(kind="note", scope="x")
