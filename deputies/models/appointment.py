"""聘任: what a deputy is appointed to."""

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q

from common.choices import OfficeChoice
from common.constraints import not_before, not_blank
from deputies.models.deputy import Deputy
from staff.models import User


class AppointmentRole(OfficeChoice):
    """What a deputy can be appointed to (聘任): 听证员, 特约检察员, 公益诉讼观察员 … Rows that the office edits."""

    name = models.CharField("名称", max_length=30, unique=True)
    order = models.PositiveSmallIntegerField("排序", default=0)
    bars_standing_committee = models.BooleanField("人大常委会组成人员不宜", default=False)
    remind_days = models.PositiveSmallIntegerField("届满前多少天提醒", default=60)

    class Meta:
        verbose_name = "聘任类别"
        ordering = ["order", "name"]
        constraints = [not_blank("name", table="appointment_role")]

    def __str__(self) -> str:
        return self.name


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def in_force(self, today: date) -> "AppointmentQuerySet":
        return self.standing(today).filter(from_on__lte=today)

    def standing(self, today: date) -> "AppointmentQuerySet":
        """In force or to come: a renewal is written before it begins."""
        return self.filter(Q(ended_on=None) | Q(ended_on__gt=today), Q(to_on=None) | Q(to_on__gte=today))

    def ended(self, today: date) -> "AppointmentQuerySet":
        """Over: by its term or before it."""
        return self.filter(Q(to_on__lt=today) | Q(ended_on__lte=today))

    def expiring(self, today: date) -> "AppointmentQuerySet":
        """In force, not renewed, and its end is as near as the role wants to be reminded of."""
        near = Q(pk__in=[])
        for role in AppointmentRole.objects.all():
            near |= Q(role=role, to_on__lte=today + timedelta(days=role.remind_days))
        return self.in_force(today).filter(near, renewed_by=None, ended_on=None)

    def visible_to(self, user: object) -> "AppointmentQuerySet":
        return self.filter(deputy__in=Deputy.objects.visible_to(user))

    def with_people(self) -> "AppointmentQuerySet":
        """Ready to be listed, namesakes told apart: a constant number of queries."""
        people = Deputy.objects.with_namesake_hint().with_seats()
        listed = self.select_related("role", "renewed_by")
        return listed.prefetch_related(models.Prefetch("deputy", queryset=people))

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
    renews = models.OneToOneField(
        "self", verbose_name="续聘自", null=True, blank=True, on_delete=models.PROTECT, related_name="renewed_by"
    )
    conflict_note = models.CharField("已确认的身份冲突", max_length=120, blank=True)
    created_by = models.ForeignKey(User, verbose_name="登记人", on_delete=models.PROTECT, related_name="+")

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = "聘任"
        constraints = [
            not_before("to_on", "from_on", table="appointment"),
            not_before("ended_on", "from_on", table="appointment"),
            models.CheckConstraint(
                condition=Q(renews=None) | ~Q(renews=F("id")), name="appointment_does_not_renew_itself"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, ended_reason="")
                | (Q(ended_on__isnull=False) & ~Q(ended_reason="")),
                name="appointment_ended_on_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deputy} {self.role}"

    @property
    def renewal(self) -> "Appointment | None":
        """The appointment that renewed this one."""
        return getattr(self, "renewed_by", None)
