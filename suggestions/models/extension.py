"""延期: more time for an answer, asked for with a reason, consented to by the assigning body, approved by a leader."""

from django.db import models
from django.db.models import F, Q

from common.constraints import not_before, not_blank, one_of, together
from staff.models import User
from suggestions.models.suggestion import Suggestion
from suggestions.workflow import WITH_DEPARTMENT


class ExtensionState(models.TextChoices):
    ASKED = "asked", "待批准"
    GRANTED = "granted", "已批准"
    REFUSED = "refused", "未批准"


class ExtensionQuerySet(models.QuerySet["Extension"]):
    def waiting(self) -> "ExtensionQuerySet":
        """To be decided; once the answer has gone out nobody needs it any more."""
        return self.filter(state=ExtensionState.ASKED, suggestion__state__in=WITH_DEPARTMENT)


class Extension(models.Model):
    """One request. ``old`` is the deadline it was made against; ``consent`` says how the assigning body agreed."""

    suggestion = models.ForeignKey(Suggestion, on_delete=models.PROTECT, related_name="extensions")
    old = models.DateField("原期限")
    until = models.DateField("延至")
    reason = models.CharField("理由", max_length=200)
    consent = models.CharField("交办单位意见", max_length=100)
    state = models.CharField("状态", max_length=10, choices=ExtensionState, default=ExtensionState.ASKED)
    asked_on = models.DateField("申请日期")
    asked_by = models.ForeignKey(User, verbose_name="申请人", on_delete=models.PROTECT, related_name="+")
    decided_on = models.DateField("批准日期", null=True)
    decided_by = models.ForeignKey(User, verbose_name="批准人", null=True, on_delete=models.PROTECT, related_name="+")
    remark = models.CharField("批示", max_length=200, blank=True)

    objects = ExtensionQuerySet.as_manager()

    class Meta:
        verbose_name = "延期"
        constraints = [
            one_of("state", ExtensionState, table="extension"),
            not_blank("reason", table="extension"),
            not_blank("consent", table="extension"),
            together("decided_on", "decided_by", table="extension"),
            not_before("decided_on", "asked_on", table="extension"),
            models.CheckConstraint(condition=Q(until__gt=F("old")), name="extension_is_longer"),
            models.CheckConstraint(
                condition=Q(state=ExtensionState.ASKED, decided_on=None)
                | (~Q(state=ExtensionState.ASKED) & Q(decided_on__isnull=False)),
                name="extension_decided_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["suggestion"], condition=Q(state=ExtensionState.ASKED), name="extension_one_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.suggestion} 延至{self.until}"
