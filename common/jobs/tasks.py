"""What Celery calls. A ring that comes twice or too late finds nothing to do."""

from celery import shared_task

from common.jobs import janitor, leases, runner
from common.jobs.bell import ring
from common.jobs.models import Job


@shared_task(name="jobs.work")
def work() -> None:
    job = leases.claim_next()
    if job is None:
        return
    if Job.objects.due().exists():
        ring()  # before the work, so that a free process takes the next one meanwhile
    runner.run(job)


@shared_task(name="jobs.sweep")
def sweep() -> None:
    leases.sweep()


@shared_task(name="jobs.janitor")
def clean() -> None:
    janitor.clean()
