"""Two files turned out to be one person: which was kept, and every step, so that it can be taken back."""

from django.db import models
from django.db.models import F, Q

from common.constraints import together
from deputies.models.deputy import Deputy
from staff.models import User
from staff.permissions import P, may


class DeputyMergeQuerySet(models.QuerySet["DeputyMerge"]):
    def visible_to(self, user: object) -> "DeputyMergeQuerySet":
        return self.all() if may(user, P.DEPUTY_EDIT) else self.none()

    def standing(self) -> "DeputyMergeQuerySet":
        return self.filter(undone_at=None)


class DeputyMerge(models.Model):
    """``lost`` went over into ``kept``. ``steps`` undo it (see :mod:`common.undo`)."""

    kept = models.ForeignKey(Deputy, verbose_name="保留的档案", on_delete=models.PROTECT, related_name="+")
    lost = models.ForeignKey(Deputy, verbose_name="并入的档案", on_delete=models.PROTECT, related_name="+")
    steps = models.JSONField("明细", default=list)
    done_by = models.ForeignKey(User, verbose_name="办理人", on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField("办理时间", auto_now_add=True)
    undone_at = models.DateTimeField("撤销时间", null=True)
    undone_by = models.ForeignKey(User, verbose_name="撤销人", null=True, on_delete=models.PROTECT, related_name="+")

    objects = DeputyMergeQuerySet.as_manager()

    class Meta:
        verbose_name = "合并档案"
        constraints = [
            together("undone_at", "undone_by", table="deputy_merge"),
            models.CheckConstraint(condition=~Q(kept=F("lost")), name="deputy_merge_of_two_files"),
            models.UniqueConstraint(fields=["lost"], condition=Q(undone_at=None), name="deputy_merge_once_per_file"),
        ]

    def __str__(self) -> str:
        return f"{self.lost}并入{self.kept}"
