"""What goes wrong in a job reaches the user in words, and is tried again when that may help."""

import pytest

from common.files import DiskFull
from common.jobs import local, queue
from common.jobs.models import Job, JobState
from common.jobs.registry import JobFailed
from tests.common.jobs_clock import overdue

pytestmark = pytest.mark.django_db


def test_a_final_refusal_keeps_its_sentence_and_is_not_tried_again(register, work_off):
    told = []

    def refuse(job):
        raise JobFailed("姓名中的“𪚥”没有字形。")

    register("refused", refuse, hook=lambda job, reason: told.append((job.scope, reason)))
    job = queue.enqueue("refused", scope="x")
    work_off()
    overdue()
    work_off()
    job.refresh_from_db()
    assert (job.state, job.attempt, job.error) == (JobState.FAILED, 1, "姓名中的“𪚥”没有字形。")
    assert told == [("x", "姓名中的“𪚥”没有字形。")]


class Fatal(BaseException):
    """Like WeasyPrint's FatalURLFetchingError: no Exception."""


@pytest.mark.parametrize(
    "fault", [ValueError("内部"), Fatal("内部"), MemoryError()], ids=lambda fault: type(fault).__name__
)
def test_an_unexpected_fault_is_tried_three_times_with_pauses(register, work_off, fault):
    tries, told = [], []

    def stumble(job):
        tries.append(job.attempt)
        raise fault

    register("stumbles", stumble, hook=lambda job, reason: told.append(reason))
    job = queue.enqueue("stumbles", scope="x")
    work_off()
    work_off()
    assert tries == [1], "no pause before the second try"
    job.refresh_from_db()
    assert job.state == JobState.QUEUED
    assert job.error
    for _ in range(4):
        overdue()
        work_off()
    job.refresh_from_db()
    assert tries == [1, 2, 3]
    assert job.state == JobState.FAILED
    assert str(job.pk)[:8] in job.error
    assert "内部" not in job.error, "the user is not shown the exception's text"
    assert told == [job.error]


def test_a_full_disk_is_named_to_the_user(register, work_off):
    def full(job):
        raise DiskFull

    register("full", full)
    job = queue.enqueue("full", scope="x")
    for _ in range(3):
        overdue()
        work_off()
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert "磁盘空间不足" in job.error


def test_a_failed_job_can_be_retried_by_hand(register, written, work_off):
    outcomes = iter([JobFailed("缺照片。"), None])

    def once_refused(job):
        if fault := next(outcomes):
            raise fault
        return lambda: written.append(job.scope)

    register("photo", once_refused)
    job = queue.enqueue("photo", scope="x", batch="b")
    work_off()
    again = queue.retry(job)
    assert (again.pk, again.state, again.error, again.attempt) == (job.pk, JobState.QUEUED, "", 0)
    work_off()
    assert written == ["x"]
    assert queue.progress("b").done == 1


def test_retrying_what_is_already_under_way_joins_it(register, work_off):
    def refuse(job):
        raise JobFailed("缺照片。")

    register("photo", refuse)
    failed = queue.enqueue("photo", scope="x")
    work_off()
    newer = queue.enqueue("photo", scope="x")
    assert queue.retry(failed) == newer


def test_retrying_a_job_that_is_done_changes_nothing(written, work_off):
    job = queue.enqueue("note", scope="x")
    work_off()
    assert queue.retry(job).state == JobState.DONE
    work_off()
    assert written == ["x"]


def test_a_write_that_breaks_leaves_nothing_half(register, work_off):
    def half(job):
        def write():
            Job.objects.create(kind="other", scope="trace")
            raise ValueError

        return write

    register("half", half)
    job = queue.enqueue("half", scope="x")
    work_off()
    job.refresh_from_db()
    assert job.state == JobState.QUEUED
    assert not Job.objects.filter(scope="trace").exists()


def test_a_broken_failure_hook_does_not_keep_the_job_running(register, work_off):
    def refuse(job):
        raise JobFailed("不行。")

    def broken(job, reason):
        raise ValueError

    register("refused", refuse, hook=broken)
    job = queue.enqueue("refused", scope="x")
    work_off()
    job.refresh_from_db()
    assert job.state == JobState.FAILED


def test_a_worker_that_is_told_to_quit_is_not_held_up(register):
    def quit_now(job):
        raise SystemExit

    register("quits", quit_now)
    job = queue.enqueue("quits", scope="x")
    with pytest.raises(SystemExit):
        local.work_once()
    job.refresh_from_db()
    assert job.state == JobState.RUNNING, "the lease will run out"
