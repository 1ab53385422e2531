"""聘任: what a deputy is appointed to."""

from datetime import date

from django.db import models
from django.db.models import Q

from common.choices import OfficeChoice
from common.constraints import not_before, not_blank
from deputies.models.deputy import Deputy
from staff.models import User


class AppointmentRole(OfficeChoice):
    """What a deputy can be appointed to (聘任): 听证员, 特约检察员, 公益诉讼观察员 … Rows that the office edits."""

    name = models.CharField("名称", max_length=30, unique=True)
    order = models.PositiveSmallIntegerField("排序", default=0)

    class Meta:
        verbose_name = "聘任类别"
        ordering = ["order", "name"]
        constraints = [not_blank("name", table="appointment_role")]

    def __str__(self) -> str:
        return self.name


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def in_force(self, today: date) -> "AppointmentQuerySet":
        return self.filter(
            Q(ended_on=None) | Q(ended_on__gt=today), Q(to_on=None) | Q(to_on__gte=today), from_on__lte=today
        )

    def in_year(self, year: int) -> "AppointmentQuerySet":
        return self.in_force_between(date(year, 1, 1), date(year, 12, 31))

    def in_force_between(self, first: date, last: date) -> "AppointmentQuerySet":
        """In force on at least one of these days."""
        return self.filter(
            Q(ended_on=None) | Q(ended_on__gte=first), Q(to_on=None) | Q(to_on__gte=first), from_on__lte=last
        )


class Appointment(models.Model):
    """聘任 of one deputy to one role, from–to; ended early by ``ended_on``."""

    deputy = models.ForeignKey(Deputy, verbose_name="代表委员", on_delete=models.PROTECT, related_name="appointments")
    role = models.ForeignKey(AppointmentRole, verbose_name="聘任为", on_delete=models.PROTECT, related_name="+")
    number = models.CharField("聘书号", max_length=30, blank=True)
    from_on = models.DateField("起")
    to_on = models.DateField("止", null=True, blank=True)
    ended_on = models.DateField("解聘日期", null=True, blank=True)
    ended_reason = models.CharField("解聘原因", max_length=40, blank=True)
    created_by = models.ForeignKey(User, verbose_name="登记人", on_delete=models.PROTECT, related_name="+")

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = "聘任"
        constraints = [
            not_before("to_on", "from_on", table="appointment"),
            not_before("ended_on", "from_on", table="appointment"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, ended_reason="")
                | (Q(ended_on__isnull=False) & ~Q(ended_reason="")),
                name="appointment_ended_on_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deputy} {self.role}"
