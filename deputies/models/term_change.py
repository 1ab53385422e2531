"""换届: one term closed and the next one opened in one act."""

from datetime import date
from typing import Any

from django.db import models
from django.utils import timezone

from common.constraints import together
from deputies.models.basics import Term
from deputies.models.deputy import Deputy, Mandate
from staff.models import User
from staff.permissions import P, may


class TermChangeQuerySet(models.QuerySet["TermChange"]):
    def visible_to(self, user: object) -> "TermChangeQuerySet":
        return self.all() if may(user, P.DEPUTY_EDIT) else self.none()

    def standing(self) -> "TermChangeQuerySet":
        return self.filter(undone_at=None)


class TermChange(models.Model):
    """What was done when ``old`` gave way to ``new``. ``steps`` undo it (see :mod:`common.undo`)."""

    old = models.ForeignKey(Term, verbose_name="上一届", on_delete=models.PROTECT, related_name="+")
    # The new term may go again when the change is undone; who did it and when stays.
    new = models.ForeignKey(Term, verbose_name="新一届", null=True, on_delete=models.SET_NULL, related_name="+")
    on = models.DateField("换届日期")
    steps = models.JSONField("明细", default=list)
    done_by = models.ForeignKey(User, verbose_name="办理人", on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField("办理时间", auto_now_add=True)
    undone_at = models.DateTimeField("撤销时间", null=True)
    undone_by = models.ForeignKey(User, verbose_name="撤销人", null=True, on_delete=models.PROTECT, related_name="+")

    objects = TermChangeQuerySet.as_manager()

    class Meta:
        verbose_name = "换届"
        constraints = [
            together("undone_at", "undone_by", table="term_change"),
            models.UniqueConstraint(
                fields=["old"], condition=models.Q(undone_at=None), name="term_change_once_per_term"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.old}换届"

    def is_of(self, day: date) -> bool:
        return timezone.localdate(self.done_at) == day

    def carried(self) -> "models.QuerySet[Mandate, Any]":
        """Seats of the new term whose holder sat in the old one too (连任)."""
        return Mandate.objects.filter(term=self.new, deputy__in=_holders(self.old))

    def joined(self) -> "models.QuerySet[Mandate, Any]":
        return Mandate.objects.filter(term=self.new).exclude(deputy__in=_holders(self.old))

    def left(self) -> "models.QuerySet[Mandate, Any]":
        """Seats that ended with the old term and have no successor."""
        ended = Mandate.objects.filter(term=self.old, state_on=self.on, state_reason="expired")
        return ended.exclude(deputy__in=_holders(self.new))


def _holders(term: Term | None) -> "models.QuerySet[Deputy, Any]":
    return Deputy.objects.filter(mandates__term=term) if term else Deputy.objects.none()
