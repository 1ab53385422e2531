"""When not to call on somebody: one person until a day, or everybody of a level during the two sessions."""

from datetime import date

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet

from common.choices import OfficeChoice
from common.constraints import not_before, not_blank, together
from deputies.models.basics import Level
from deputies.models.deputy import Deputy, Mandate
from deputies.workflow import MandateState
from staff.models import User


class PauseQuerySet(models.QuerySet["Pause"]):
    def in_force(self, today: date) -> "PauseQuerySet":
        return self.filter(lifted_at=None, until__gte=today)


class Pause(models.Model):
    """暂缓联络: nobody proposes this person up to and including ``until``. The person can still be met any day."""

    deputy = models.ForeignKey(Deputy, verbose_name="代表委员", on_delete=models.PROTECT, related_name="pauses")
    until = models.DateField("暂缓至")
    reason = models.CharField("原因", max_length=60)
    set_by = models.ForeignKey(User, verbose_name="登记人", on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField("登记时间", auto_now_add=True)
    lifted_at = models.DateTimeField("取消时间", null=True)
    lifted_by = models.ForeignKey(User, verbose_name="取消人", null=True, on_delete=models.PROTECT, related_name="+")

    objects = PauseQuerySet.as_manager()

    class Meta:
        verbose_name = "暂缓联络"
        constraints = [
            not_blank("reason", table="pause"),
            together("lifted_at", "lifted_by", table="pause"),
            models.UniqueConstraint(fields=["deputy"], condition=Q(lifted_at=None), name="pause_one_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.deputy} 至{self.until:%Y-%m-%d}"


class QuietTime(OfficeChoice):
    """静默期, a row that the office edits: 区两会, 市两会 … Nobody is proposed from its first day to its last."""

    name = models.CharField("名称", max_length=20)
    first_on = models.DateField("开始日期")
    last_on = models.DateField("结束日期")
    level = models.CharField("层级", max_length=8, choices=Level, blank=True, help_text="不选则适用于各级代表委员")

    class Meta:
        verbose_name = "静默期"
        ordering = ["-first_on", "name"]
        constraints = [
            not_blank("name", table="quiet_time"),
            not_before("last_on", "first_on", table="quiet_time"),
            models.CheckConstraint(condition=Q(level="") | Q(level__in=Level.values), name="quiet_time_level_known"),
            models.UniqueConstraint(fields=["name", "first_on"], name="quiet_time_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.first_on:%Y-%m-%d}至{self.last_on:%Y-%m-%d}）"

    @classmethod
    def in_force(cls, today: date) -> "QuerySet[QuietTime]":
        return cls.objects.filter(retired_on=None, first_on__lte=today, last_on__gte=today)

    def deputies(self) -> QuerySet[Deputy]:
        """Whom it concerns: those who hold a seat of its level."""
        held = Mandate.objects.filter(deputy=OuterRef("pk"), state=MandateState.SERVING)
        return Deputy.objects.filter(Exists(held.filter(term__level=self.level) if self.level else held))
