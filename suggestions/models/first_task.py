"""第一任务: whom the leaders answer in person on the first working day after Spring Festival, and what came of it."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property

from common.constraints import not_before, one_of, together
from common.versions import Versioned
from deputies.models import Deputy, Opinion
from staff.models import Role, User
from staff.permissions import P, may
from suggestions.models.deadline import Holiday
from suggestions.models.suggestion import Suggestion


class FirstTaskQuerySet(models.QuerySet["FirstTask"]):
    def visible_to(self, user: object) -> "FirstTaskQuerySet":
        """A handler knows of the years in which he goes along."""
        if isinstance(user, User) and user.role == Role.HANDLER:
            return self.filter(pk__in=FirstVisit.objects.visible_to(user).values("task"))
        return self.all() if may(user, P.SUGGESTION_VIEW) else self.none()


class FirstTask(models.Model):
    """The visits of one year. The list is drawn up, then fixed by the office, then approved by the chief (批示).

    ``day`` is the day as it was approved; until then :attr:`the_day` counts it anew from the holidays. A list sent
    back, or taken up again, is not fixed any more; its last ``remark`` stays.
    """

    year = models.PositiveSmallIntegerField("年度", unique=True)
    day = models.DateField("走访日", null=True)
    drawn_up_by = models.ForeignKey(User, verbose_name="拟定人", on_delete=models.PROTECT, related_name="+")
    drawn_up_at = models.DateTimeField("拟定时间", auto_now_add=True)
    fixed_by = models.ForeignKey(User, verbose_name="定稿人", null=True, on_delete=models.PROTECT, related_name="+")
    fixed_at = models.DateTimeField("定稿时间", null=True)
    confirmed_by = models.ForeignKey(
        User, verbose_name="审定人", null=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField("审定时间", null=True)
    remark = models.CharField("批示", max_length=300, blank=True)

    objects = FirstTaskQuerySet.as_manager()

    class Meta:
        verbose_name = "第一任务"
        ordering = ["-year"]
        constraints = [
            together("fixed_at", "fixed_by", table="first_task"),
            together("confirmed_at", "confirmed_by", table="first_task"),
            together("confirmed_at", "day", table="first_task"),
            not_before("confirmed_at", "fixed_at", table="first_task"),
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | Q(fixed_at__isnull=False), name="first_task_confirmed_is_fixed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}年第一任务"

    @property
    def the_day(self) -> date | None:
        """None while the holidays of the year are not known (待公布)."""
        return self.day or self._counted_day

    @cached_property
    def _counted_day(self) -> date | None:
        return Holiday.objects.calendar().first_workday_after_spring_festival(self.year)

    @property
    def state_name(self) -> str:
        if self.confirmed_at:
            return "检察长已审定"
        return "待检察长审定" if self.fixed_at else "名单拟定中"


class VisitState(models.TextChoices):
    DROPPED = "dropped", "未列入"
    PLANNED = "planned", "待走访"
    MET = "met", "已当面答复"
    NOT_MET = "not_met", "未能见面"


# What becomes of whom; undoing a result leads back to PLANNED.
VISIT_MOVES: dict[VisitState, list[VisitState]] = {
    VisitState.DROPPED: [VisitState.PLANNED],
    VisitState.PLANNED: [VisitState.DROPPED, VisitState.MET, VisitState.NOT_MET],
    VisitState.MET: [VisitState.MET, VisitState.NOT_MET, VisitState.PLANNED],
    VisitState.NOT_MET: [VisitState.NOT_MET, VisitState.MET, VisitState.PLANNED],
}


class FirstVisitQuerySet(models.QuerySet["FirstVisit"]):
    def visible_to(self, user: object) -> "FirstVisitQuerySet":
        """Leaders and the office see all; a handler sees the visits that he goes along to."""
        if not (isinstance(user, User) and may(user, P.SUGGESTION_VIEW)):
            return self.none()
        if user.role != Role.HANDLER:
            return self.all()
        return self.filter(pk__in=FirstVisit.company.through.objects.filter(user=user).values("firstvisit"))

    def listed(self) -> "FirstVisitQuerySet":
        """Those on the list, whatever came of them."""
        return self.exclude(state=VisitState.DROPPED)

    def met(self) -> "FirstVisitQuerySet":
        return self.filter(state=VisitState.MET)

    def with_names(self) -> "FirstVisitQuerySet":
        """Ready to be listed, leader by leader (the chief first): a constant number of queries."""
        people = Deputy.objects.with_namesake_hint().with_seats()
        named = self.select_related("task", "leader", "proposed_leader", "recorded_by").prefetch_related(
            models.Prefetch("deputy", queryset=people), "suggestions", "company"
        )
        chief_first = models.Case(models.When(leader__role=Role.CHIEF, then=0), default=1)
        return named.order_by(
            chief_first, "leader", F("starts_at").asc(nulls_last=True), "deputy__pinyin", "deputy", "pk"
        )


class FirstVisit(Versioned):
    """One person on the list of one year. ``reasons`` and the proposed leader are kept as they were proposed; who was
    added by hand has no proposed leader. Whoever is left out keeps the row, so that the list can be read later.

    A visit that took place is one contact in the ledger (``first-visit:<pk>``); what was said there is ``opinion``.
    """

    task = models.ForeignKey(FirstTask, on_delete=models.PROTECT, related_name="visits")
    deputy = models.ForeignKey(Deputy, verbose_name="代表委员", on_delete=models.PROTECT, related_name="+")
    leader = models.ForeignKey(User, verbose_name="走访领导", on_delete=models.PROTECT, related_name="+")
    proposed_leader = models.ForeignKey(
        User, verbose_name="建议的领导", null=True, on_delete=models.PROTECT, related_name="+"
    )
    leader_reason = models.CharField("由谁走访的理由", max_length=60, blank=True)
    reasons = models.JSONField("当面答复的理由", default=list)
    suggestions = models.ManyToManyField(
        Suggestion, verbose_name="答复哪几件", blank=True, related_name="first_visits"
    )
    state = models.CharField("状态", max_length=10, choices=VisitState, default=VisitState.PLANNED)
    starts_at = models.TimeField("时间", null=True, blank=True)
    place = models.CharField("地点", max_length=60, blank=True)
    company = models.ManyToManyField(User, verbose_name="陪同人员", blank=True, related_name="+")
    visited_on = models.DateField("走访日期", null=True)
    answered = models.TextField("答复了什么", max_length=1000, blank=True)
    voice = models.TextField("代表意见", max_length=1000, blank=True)
    opinion = models.OneToOneField(
        Opinion, verbose_name="记入台账的意见", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    signed = models.BooleanField("代表委员已签字", default=False)
    why_not = models.CharField("未能见面的原因", max_length=200, blank=True)
    recorded_by = models.ForeignKey(User, verbose_name="登记人", null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("登记时间", null=True)

    objects = FirstVisitQuerySet.as_manager()

    class Meta:
        verbose_name = "第一任务走访"
        constraints = [
            one_of("state", VisitState, table="first_visit"),
            together("recorded_at", "recorded_by", table="first_visit"),
            models.UniqueConstraint(fields=["task", "deputy"], name="first_visit_once_a_year"),
            models.CheckConstraint(
                condition=Q(state=VisitState.MET, visited_on__isnull=False) & ~Q(answered="")
                | (~Q(state=VisitState.MET) & Q(visited_on=None, answered="", voice="", signed=False)),
                name="first_visit_met_on_a_day_with_an_answer",
            ),
            models.CheckConstraint(
                condition=(Q(state=VisitState.NOT_MET) & ~Q(why_not=""))
                | (~Q(state=VisitState.NOT_MET) & Q(why_not="")),
                name="first_visit_not_met_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[VisitState.MET, VisitState.NOT_MET], recorded_at__isnull=False)
                | Q(state__in=[VisitState.DROPPED, VisitState.PLANNED], recorded_at=None),
                name="first_visit_result_recorded_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task}：{self.deputy}"

    @property
    def origin_key(self) -> str:
        """Under which the ledger of contacts holds this visit."""
        return f"first-visit:{self.pk}"

    @property
    def has_result(self) -> bool:
        return self.state in (VisitState.MET, VisitState.NOT_MET)
