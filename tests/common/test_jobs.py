"""The job list through its doors. Both ways of working it off pass the same tests: local poll and Celery task."""

import threading
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models.functions import Now

from common.files import DiskFull
from common.jobs import bell, leases, local, queue, registry, runner, tasks
from common.jobs.models import Job, JobQuerySet, JobState
from common.jobs.registry import JobFailed

pytestmark = pytest.mark.django_db

Register = Callable[..., None]


@pytest.fixture
def register(monkeypatch: pytest.MonkeyPatch) -> Register:
    """Teach the list a kind for one test."""

    def _register(kind, function, *, hook=None):
        monkeypatch.setitem(registry.works, kind, function)
        if hook is not None:
            monkeypatch.setitem(registry.failure_hooks, kind, hook)

    return _register


@pytest.fixture
def written(register: Register) -> list[str]:
    """The kind "note" writes its scope into this list."""
    notes: list[str] = []
    register("note", lambda job: lambda: notes.append(job.scope))
    return notes


@pytest.fixture(params=["local", "celery"])
def work_off(request) -> Callable[[], None]:
    """Works off everything that is due now."""

    def by_poll() -> None:
        while local.work_once():
            pass

    def by_celery() -> None:
        while Job.objects.due().exists():
            tasks.work()

    return by_poll if request.param == "local" else by_celery


def overdue() -> None:
    """The pause before the next try is over, and leases have run out."""
    Job.objects.filter(state=JobState.QUEUED).update(due_at=Now() - timedelta(seconds=1))
    Job.objects.filter(state=JobState.RUNNING).update(lease_until=Now() - timedelta(seconds=1))


# --- asking ---------------------------------------------------------------------------------


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


# --- failing --------------------------------------------------------------------------------


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


# --- owning ---------------------------------------------------------------------------------


def taken(**payload) -> Job:
    job = leases.claim(queue.enqueue("note", scope="x", payload=payload).pk)
    assert job is not None
    return job


def lose_lease(job: Job) -> Job:
    """The owner freezes, its lease runs out, the sweeper gives the job to somebody else."""
    overdue()
    leases.sweep()
    heir = leases.claim(job.pk)
    assert heir is not None
    return heir


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
        assert renewed.wait(5)
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
        assert beats.acquire(timeout=5)
        assert beats.acquire(timeout=5), "no second beat after the first broke"
        return lambda: None

    monkeypatch.setattr(leases, "renew", away)
    register("long", long_work)
    job = queue.enqueue("long", scope="x")
    assert local.work_once()
    job.refresh_from_db()
    assert job.state == JobState.DONE


# --- constraints ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "nonsense",
    [
        {"state": "odd"},
        {"scope": ""},
        {"state": JobState.RUNNING},
        {"token": uuid4()},
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


# --- the bell -------------------------------------------------------------------------------


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
