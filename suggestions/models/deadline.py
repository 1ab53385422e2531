"""What deadlines are made of: the rules of the office, the holidays of each year, and how a deadline moved."""

from collections.abc import Iterable
from datetime import date

from django.db import models
from django.db.models import F, Q

from common.calendar import Arrangement, Calendar
from common.choices import OfficeChoice, OfficeChoiceQuerySet
from common.constraints import not_before, not_blank, one_of
from deputies.models import Body, Level
from staff.models import User
from suggestions.models.suggestion import Kind, Occasion, Suggestion


class Purpose(models.TextChoices):
    """What is owed by that day."""

    REPLY = "reply", "答复"
    JOINT = "joint", "会办意见"
    REDO = "redo", "再次答复"
    RETURN = "return", "退办"
    FEEDBACK = "feedback", "反馈评价"


class Unit(models.TextChoices):
    MONTHS = "months", "个月"
    WORKDAYS = "workdays", "个工作日"
    DAYS = "days", "日"


# The criteria of a rule, the one that says most first.
_CRITERIA = ("kind", "body", "level", "occasion")


class DeadlineRuleQuerySet(OfficeChoiceQuerySet["DeadlineRule"]):
    def fitting(self, purpose: Purpose, suggestion: Suggestion, start: date) -> "DeadlineRule | None":
        """The rule in force on ``start`` that says most of ``suggestion``; of two alike the younger one."""
        return DeadlineRule.best(self.filter(purpose=purpose, retired_on=None), suggestion, start)


class DeadlineRule(OfficeChoice):
    """How long the house has, and who says so (``source``). An empty criterion fits everything.

    For a house rule the source says that no law fixes the period. A changed rule is for what is assigned from then on.
    """

    purpose = models.CharField("期限种类", max_length=10, choices=Purpose, default=Purpose.REPLY)
    kind = models.CharField("类别", max_length=12, choices=Kind, blank=True)
    body = models.CharField("性质", max_length=8, choices=Body, blank=True)
    level = models.CharField("层级", max_length=8, choices=Level, blank=True)
    occasion = models.CharField("会议期间或闭会期间", max_length=10, choices=Occasion, blank=True)
    amount = models.PositiveSmallIntegerField("时长")
    unit = models.CharField("单位", max_length=10, choices=Unit, default=Unit.MONTHS)
    source = models.CharField("依据", max_length=120)
    valid_from = models.DateField("自何日起适用")

    objects = DeadlineRuleQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = "答复期限"
        ordering = ["-purpose", "-kind", "body", "level", "-valid_from"]
        constraints = [
            one_of("purpose", Purpose, table="deadline_rule"),
            one_of("unit", Unit, table="deadline_rule"),
            not_blank("source", table="deadline_rule"),
            models.CheckConstraint(condition=Q(amount__range=(1, 365)), name="deadline_rule_amount_in_range"),
            models.UniqueConstraint(fields=["purpose", *_CRITERIA, "valid_from"], name="deadline_rule_once"),
        ]

    def __str__(self) -> str:
        return f"{self.whom}{self.get_purpose_display()}{self.length}"

    @staticmethod
    def best(rules: Iterable["DeadlineRule"], suggestion: Suggestion, start: date) -> "DeadlineRule | None":
        """Of rules of one purpose; there are few, so many suggestions can share one reading of them."""

        def fits(rule: DeadlineRule) -> bool:
            said = all(getattr(rule, name) in ("", getattr(suggestion, name)) for name in _CRITERIA)
            return said and rule.valid_from <= start

        def exactness(rule: DeadlineRule) -> tuple[list[bool], date, int]:
            return [bool(getattr(rule, name)) for name in _CRITERIA], rule.valid_from, rule.pk

        return max(filter(fits, rules), key=exactness, default=None)

    @property
    def whom(self) -> str:
        """区代表建议闭会期间: the criteria in words; 各类 without any."""
        said = [getattr(self, f"get_{name}_display")() for name in ("level", "body", "kind", "occasion")]
        return "".join(said) or "各类"

    @property
    def length(self) -> str:
        return f"{self.amount}{self.get_unit_display()}"


class HolidayQuerySet(models.QuerySet["Holiday"]):
    def notices(self) -> dict[int, list[Arrangement]]:
        """What the office has typed in, by year, in one query."""
        found: dict[int, list[Arrangement]] = {}
        for holiday in self.order_by("first_on"):
            found.setdefault(holiday.year, []).append(holiday.arrangement)
        return found

    def calendar(self) -> Calendar:
        return Calendar(self.notices())


class Holiday(models.Model):
    """One holiday of a State Council notice. ``year`` is that of the notice: 元旦 may begin in the old year.

    A year is written as a whole by ``actions.arrange_year``. ``worked`` are the weekend days worked for it (调休).
    """

    year = models.PositiveSmallIntegerField("年份")
    name = models.CharField("节日", max_length=20)
    first_on = models.DateField("放假第一天")
    last_on = models.DateField("放假最后一天")
    worked = models.JSONField("调休上班", default=list)
    source = models.CharField("依据", max_length=60)

    objects = HolidayQuerySet.as_manager()

    class Meta:
        verbose_name = "节假日"
        ordering = ["year", "first_on"]
        constraints = [
            not_blank("name", table="holiday"),
            not_blank("source", table="holiday"),
            not_before("last_on", "first_on", table="holiday"),
            models.UniqueConstraint(fields=["year", "name"], name="holiday_once_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.year}年{self.name}"

    @property
    def arrangement(self) -> Arrangement:
        worked = tuple(date.fromisoformat(day) for day in self.worked)
        return Arrangement(self.name, self.first_on, self.last_on, worked)


class DeadlineMove(models.Model):
    """A deadline that moved because the holidays did: the old day is kept with the reason."""

    suggestion = models.ForeignKey(Suggestion, on_delete=models.PROTECT, related_name="deadline_moves")
    old = models.DateField("原期限")
    new = models.DateField("新期限")
    old_reason = models.CharField("原期限的由来", max_length=400)
    why = models.CharField("调整原因", max_length=200)
    at = models.DateTimeField("时间", auto_now_add=True)
    by = models.ForeignKey(User, verbose_name="操作人", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "期限调整"
        constraints = [
            models.CheckConstraint(condition=~Q(old=F("new")), name="deadline_move_moves"),
            not_blank("why", table="deadline_move"),
        ]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"
