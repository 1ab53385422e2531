"""The job list."""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from common.constraints import not_blank, one_of


class JobState(models.TextChoices):
    QUEUED = "queued", "排队中"
    RUNNING = "running", "进行中"
    DONE = "done", "已完成"
    FAILED = "failed", "未成功"
    CANCELLED = "cancelled", "已取消"


UNFINISHED = [JobState.QUEUED, JobState.RUNNING]


class JobQuerySet(models.QuerySet["Job"]):
    def unfinished(self) -> "JobQuerySet":
        return self.filter(state__in=UNFINISHED)

    def of_batch(self, batch: str) -> "JobQuerySet":
        return self.filter(batch=batch)

    def due(self) -> "JobQuerySet":
        """Waiting for a worker now; a job that stumbled waits a little before its next try."""
        return self.filter(state=JobState.QUEUED, due_at__lte=Now())

    def expired(self) -> "JobQuerySet":
        """Running by name only: the owner did not renew its lease, so it is dead or cut off."""
        return self.filter(state=JobState.RUNNING, lease_until__lt=Now())


class Job(models.Model):
    """One piece of background work, e.g. one portrait.

    ``scope`` names the thing worked on ("portrait:12"): at most one unfinished job of a kind per scope.
    ``batch`` groups jobs that one click asked for. A worker owns a running job as long as it holds
    ``token`` and ``lease_until`` lies ahead; only the owner may finish it.
    Times that decide something are the database's clock: machines may disagree, the list may not.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField("种类", max_length=40)
    scope = models.CharField("对象", max_length=80)
    batch = models.CharField("批次", max_length=80, blank=True, db_index=True)
    payload = models.JSONField("参数", default=dict)
    state = models.CharField("状态", max_length=10, choices=JobState, default=JobState.QUEUED)
    token = models.UUIDField("持有者", null=True)
    lease_until = models.DateTimeField("租约到期", null=True)
    attempt = models.PositiveSmallIntegerField("第几次", default=0)
    error = models.TextField("原因", blank=True)
    created_at = models.DateTimeField("受理时间", auto_now_add=True)
    due_at = models.DateTimeField("可开始时间", db_default=Now())
    finished_at = models.DateTimeField("结束时间", null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = "后台任务"
        constraints = [
            one_of("state", JobState, table="job"),
            not_blank("scope", table="job"),
            models.UniqueConstraint(
                fields=["kind", "scope"], condition=Q(state__in=UNFINISHED), name="job_one_unfinished_per_scope"
            ),
            models.CheckConstraint(
                condition=Q(state=JobState.RUNNING, token__isnull=False, lease_until__isnull=False)
                | Q(~Q(state=JobState.RUNNING), token__isnull=True, lease_until__isnull=True),
                name="job_owned_while_running",
            ),
            models.CheckConstraint(
                condition=Q(state__in=UNFINISHED, finished_at__isnull=True)
                | Q(~Q(state__in=UNFINISHED), finished_at__isnull=False),
                name="job_end_has_a_time",
            ),
        ]
        indexes = [models.Index(fields=["state", "due_at"], name="job_by_state")]

    def __str__(self) -> str:
        return f"{self.kind} {self.scope} {self.get_state_display()}"
