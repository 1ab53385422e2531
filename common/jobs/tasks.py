"""What Celery calls. A ring names a job; a ring that comes twice or too late finds nothing to do."""

from uuid import UUID

from celery import shared_task

from common.jobs import janitor, leases, runner


@shared_task(name="jobs.run")
def run(job_id: str) -> None:
    job = leases.claim(UUID(job_id))
    if job is not None:
        runner.run(job)


@shared_task(name="jobs.sweep")
def sweep() -> None:
    leases.sweep()


@shared_task(name="jobs.janitor")
def clean() -> None:
    janitor.clean()
