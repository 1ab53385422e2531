"""Two files that look alike: one person after all, or two. Either can be taken back."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least

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


class DistinctionQuerySet(models.QuerySet["Distinction"]):
    def visible_to(self, user: object) -> "DistinctionQuerySet":
        return self.all() if may(user, P.DEPUTY_EDIT) else self.none()

    def standing(self) -> "DistinctionQuerySet":
        return self.filter(lifted_at=None)

    def between(self, one: Deputy, other: Deputy) -> "DistinctionQuerySet":
        """In either order."""
        return self.filter(Q(one=one, other=other) | Q(one=other, other=one))


class Distinction(models.Model):
    """Somebody looked at two files and found two persons (不是同一人): they are proposed as duplicates no more."""

    one = models.ForeignKey(Deputy, verbose_name="一份档案", on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Deputy, verbose_name="另一份档案", on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(User, verbose_name="确认人", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField("确认时间", auto_now_add=True)
    lifted_at = models.DateTimeField("取消时间", null=True)
    lifted_by = models.ForeignKey(User, verbose_name="取消人", null=True, on_delete=models.PROTECT, related_name="+")

    objects = DistinctionQuerySet.as_manager()

    class Meta:
        verbose_name = "不是同一人"
        constraints = [
            together("lifted_at", "lifted_by", table="distinction"),
            models.CheckConstraint(condition=~Q(one=F("other")), name="distinction_of_two_files"),
            models.UniqueConstraint(
                Least("one", "other"), Greatest("one", "other"), condition=Q(lifted_at=None), name="distinction_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one}与{self.other}不是同一人"
