"""Time passes on the job list, by the database's clock."""

from datetime import timedelta

from django.db.models.functions import Now

from common.jobs import leases, queue
from common.jobs.models import Job, JobState


def overdue() -> None:
    """The pause before the next try is over, and leases have run out."""
    Job.objects.filter(state=JobState.QUEUED).update(due_at=Now() - timedelta(seconds=1))
    Job.objects.filter(state=JobState.RUNNING).update(lease_until=Now() - timedelta(seconds=1))


def taken() -> Job:
    """A worker has it, and may die now."""
    job = leases.claim(queue.enqueue("note", scope="x").pk)
    assert job is not None
    return job


def lose_lease(job: Job) -> Job:
    """The owner freezes, its lease runs out, the sweeper gives the job to somebody else."""
    overdue()
    leases.sweep()
    heir = leases.claim(job.pk)
    assert heir is not None
    return heir
