from datetime import date

from django.db import models
from django.db.models import Q

from activities.workflow import ActivityState
from common.choices import OfficeChoice
from common.constraints import not_before, not_blank, one_of, together
from common.versions import Versioned
from deputies.models import Deputy
from staff.models import Department, Role, User
from staff.permissions import P, may


class ActivityKind(OfficeChoice):
    """活动类型, a row that the office edits (检察开放日, 公开听证, 视察 …)."""

    name = models.CharField("名称", max_length=20, unique=True)
    order = models.PositiveSmallIntegerField("排序", default=0)

    class Meta:
        verbose_name = "活动类型"
        ordering = ["order", "name"]
        constraints = [not_blank("name", table="activity_kind")]

    def __str__(self) -> str:
        return self.name


class CongressState(models.TextChoices):
    """人大统筹: invitations follow the standing committee's arrangement (代表法 46 第二款)."""

    PLANNED = "planned", "已纳入人大计划"
    REPORTED = "reported", "已报备"
    OPEN = "open", "尚未报备"
    NOT_NEEDED = "not_needed", "不适用"


class ActivityQuerySet(models.QuerySet["Activity"]):
    def visible_to(self, user: object) -> "ActivityQuerySet":
        """Activities are open to everybody who works with deputies."""
        return self.all() if may(user, P.ACTIVITY_VIEW) else self.none()

    def editable_by(self, user: object) -> "ActivityQuerySet":
        """The office edits every activity, a handler those hosted by the own department; others only look."""
        if not (isinstance(user, User) and may(user, P.ACTIVITY_EDIT)):
            return self.none()
        return self.filter(host=user.department) if user.role == Role.HANDLER else self.all()

    def coming(self, today: date) -> "ActivityQuerySet":
        return self.filter(state=ActivityState.PLANNED, held_on__gte=today)

    def to_close(self, today: date) -> "ActivityQuerySet":
        """Held, but who came is not yet recorded."""
        return self.filter(state=ActivityState.PLANNED, held_on__lt=today)

    def held(self, today: date) -> "ActivityQuerySet":
        """Those whose day has come and that were not called off."""
        return self.exclude(state=ActivityState.CANCELLED).filter(held_on__lte=today)

    def attended_by(self, deputy_id: int) -> "ActivityQuerySet":
        """Closed, and this person came. Who was invited and did not come is never listed."""
        return self.closed().filter(pk__in=Attendance.objects.came().filter(deputy=deputy_id).values("activity"))

    def expecting(self, deputy_id: int) -> "ActivityQuerySet":
        """This person is invited and has not declined."""
        invited = Attendance.objects.filter(deputy=deputy_id).exclude(response=Response.DECLINED)
        return self.filter(pk__in=invited.values("activity"))

    def with_counts(self) -> "ActivityQuerySet":
        """Annotates ``invited`` (人) and ``present`` (人次)."""
        return self.annotate(
            invited=models.Count("attendances"),
            present=models.Count("attendances", filter=Q(attendances__came=True)),
        )

    def closed(self) -> "ActivityQuerySet":
        return self.filter(state=ActivityState.CLOSED)

    def in_year(self, year: int) -> "ActivityQuerySet":
        return self.filter(held_on__range=(date(year, 1, 1), date(year, 12, 31)))


class Activity(Versioned):
    """活动, counted in 场. Days are Beijing calendar days."""

    kind = models.ForeignKey(ActivityKind, verbose_name="类型", on_delete=models.PROTECT, related_name="+")
    title = models.CharField("名称", max_length=80)
    held_on = models.DateField("日期")
    starts_at = models.TimeField("开始时间", null=True, blank=True)
    ends_at = models.TimeField("结束时间", null=True, blank=True)
    place = models.CharField("地点", max_length=60, blank=True)
    summary = models.TextField("主要内容", max_length=2000, blank=True)
    host = models.ForeignKey(Department, verbose_name="承办部门", on_delete=models.PROTECT, related_name="+")
    leaders = models.ManyToManyField(User, verbose_name="出席领导", blank=True, related_name="+")
    congress_state = models.CharField("人大统筹", max_length=10, choices=CongressState, default=CongressState.OPEN)
    state = models.CharField("状态", max_length=10, choices=ActivityState, default=ActivityState.PLANNED)
    closed_at = models.DateTimeField("办结时间", null=True)
    closed_by = models.ForeignKey(User, verbose_name="办结人", null=True, on_delete=models.PROTECT, related_name="+")
    created_by = models.ForeignKey(User, verbose_name="登记人", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField("登记时间", auto_now_add=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = "活动"
        constraints = [
            one_of("state", ActivityState, table="activity"),
            one_of("congress_state", CongressState, table="activity"),
            not_blank("title", table="activity"),
            not_before("ends_at", "starts_at", table="activity"),
            together("closed_at", "closed_by", table="activity"),
            models.CheckConstraint(
                condition=Q(state=ActivityState.CLOSED, closed_at__isnull=False)
                | (~Q(state=ActivityState.CLOSED) & Q(closed_at__isnull=True)),
                name="activity_closed_has_a_time",
            ),
        ]
        indexes = [models.Index(fields=["-held_on", "-id"], name="activity_newest_first")]

    def __str__(self) -> str:
        return self.title

    @property
    def origin_key(self) -> str:
        """Under which key the ledger knows the one contact that this activity writes."""
        return f"activity:{self.pk}"


class Response(models.TextChoices):
    INVITED = "invited", "已邀请"
    ACCEPTED = "accepted", "参加"
    DECLINED = "declined", "请假"


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    def editable_by(self, user: object) -> "AttendanceQuerySet":
        return self.filter(activity__in=Activity.objects.editable_by(user))

    def came(self) -> "AttendanceQuerySet":
        return self.filter(came=True)

    def expected_on(self, day: date) -> "models.QuerySet[Attendance, int]":
        """Ids of the deputies invited to an activity of ``day`` who have not declined."""
        standing = self.exclude(activity__state=ActivityState.CANCELLED).exclude(response=Response.DECLINED)
        return standing.filter(activity__held_on=day).values_list("deputy_id", flat=True)


class Attendance(models.Model):
    """One deputy invited to one activity; ``came`` is unknown until ticked. Each one who came is one 人次."""

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="attendances")
    deputy = models.ForeignKey(Deputy, verbose_name="代表委员", on_delete=models.PROTECT, related_name="+")
    response = models.CharField("回复", max_length=10, choices=Response, default=Response.INVITED)
    came = models.BooleanField("到场", null=True)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = "邀请与到场"
        constraints = [
            one_of("response", Response, table="attendance"),
            models.UniqueConstraint(fields=["activity", "deputy"], name="attendance_once"),
        ]

    def __str__(self) -> str:
        return f"{self.deputy} {self.activity}"
