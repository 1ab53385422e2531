import re

from django.db import models
from django.db.models import Q

from common.constraints import not_blank, one_of
from deputies.models import Deputy
from profiles.workflow import PortraitState
from staff.models import User
from staff.permissions import P, may


class PortraitRunQuerySet(models.QuerySet["PortraitRun"]):
    def visible_to(self, user: object) -> "PortraitRunQuerySet":
        return self.all() if may(user, P.PORTRAIT_VIEW) else self.none()


class PortraitRun(models.Model):
    """One click on 生成印迹: a year and a selection. Each portrait is one job; ``batch`` groups them."""

    year = models.PositiveSmallIntegerField("年度")
    selection = models.CharField("范围", max_length=200)
    idempotency_key = models.UUIDField("防重键", null=True, unique=True)
    requested_by = models.ForeignKey(User, verbose_name="申请人", on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField("申请时间", auto_now_add=True)

    objects = PortraitRunQuerySet.as_manager()

    class Meta:
        verbose_name = "印迹批次"

    def __str__(self) -> str:
        return f"{self.year}年印迹 {self.selection}"

    @property
    def batch(self) -> str:
        return f"portrait-run:{self.pk}"


class PortraitQuerySet(models.QuerySet["Portrait"]):
    def visible_to(self, user: object) -> "PortraitQuerySet":
        return self.all() if may(user, P.PORTRAIT_VIEW) else self.none()

    def ready(self) -> "PortraitQuerySet":
        return self.filter(state=PortraitState.READY)

    def failed(self) -> "PortraitQuerySet":
        return self.filter(state=PortraitState.FAILED)

    def requested(self) -> "PortraitQuerySet":
        return self.filter(state=PortraitState.REQUESTED)


class Portrait(models.Model):
    """One version of 「检察印迹」: deputy × year. A new making is a new row, older versions stay readable.

    ``facts`` is frozen JSON with the ids of its sources, taken when the job runs; the PDF is a function
    of it. ``file`` is a path below MEDIA_ROOT, written whole before the row says READY.
    """

    run = models.ForeignKey(PortraitRun, verbose_name="批次", on_delete=models.PROTECT, related_name="portraits")
    deputy = models.ForeignKey(Deputy, verbose_name="代表委员", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField("年度")
    version = models.PositiveSmallIntegerField("版次")
    state = models.CharField("状态", max_length=10, choices=PortraitState, default=PortraitState.REQUESTED)
    reason = models.CharField("未生成原因", max_length=300, blank=True)
    facts = models.JSONField("事实", default=dict)
    code = models.CharField("核验码", max_length=20, unique=True)
    file = models.CharField("文件", max_length=120, blank=True)
    sha256 = models.CharField("摘要", max_length=64, blank=True)
    pages = models.PositiveSmallIntegerField("页数", default=0)
    made_at = models.DateTimeField("生成时间", null=True)

    objects = PortraitQuerySet.as_manager()

    class Meta:
        verbose_name = "检察印迹"
        constraints = [
            one_of("state", PortraitState, table="portrait"),
            not_blank("code", table="portrait"),
            models.UniqueConstraint(fields=["deputy", "year", "version"], name="portrait_version_once"),
            models.UniqueConstraint(fields=["run", "deputy"], name="portrait_once_per_run"),
            models.CheckConstraint(
                condition=~Q(state=PortraitState.READY) | (~Q(file="") & ~Q(sha256="") & Q(made_at__isnull=False)),
                name="portrait_ready_has_its_file",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deputy} {self.year}年检察印迹"

    @property
    def scope(self) -> str:
        """The thing that its job works on."""
        return f"portrait:{self.pk}"

    @property
    def filename(self) -> str:
        """What the file is called on the reader's disk; no character that a file system refuses."""
        name = re.sub(r'[\\/:*?"<>|\x00-\x1f]', "_", self.deputy.name)
        return f"检察印迹-{self.year}-{name}.pdf"
