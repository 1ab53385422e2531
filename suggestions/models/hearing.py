"""审议旁听: where ours listened, what was said there word for word, and what it was decomposed into."""

from datetime import date

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q

from common.constraints import not_blank, one_of, together
from common.versions import Versioned
from deputies.models import Deputy, Term
from deputies.models.deputy import told_apart
from staff.models import Department, Role, User
from staff.permissions import P, may
from suggestions.models.suggestion import Suggestion
from suggestions.workflow import NOT_OURS


class Meeting(models.TextChoices):
    PLENARY = "plenary", "全体会议"
    DELEGATION = "delegation", "代表团会议"
    GROUP = "group", "小组会议"
    JOINT = "joint", "联组会议"


class HearingQuerySet(models.QuerySet["Hearing"]):
    def visible_to(self, user: object) -> "HearingQuerySet":
        """A handler sees where he or she listens; leaders and the office see all."""
        if not (isinstance(user, User) and may(user, P.SUGGESTION_VIEW)):
            return self.none()
        return self.filter(listeners=user) if user.role == Role.HANDLER else self.all()

    def with_counts(self) -> "HearingQuerySet":
        """Add ``said``: how many utterances stand."""
        standing = Count("utterances", filter=Q(utterances__withdrawn_at=None), distinct=True)
        return self.select_related("term").annotate(said=standing)


class Hearing(Versioned):
    """One meeting of a congress or committee to which ours listen. Closed = nothing more is taken down.

    Body and level are those of ``term``. ``group`` is the delegation or sector, in the words of the seats.
    """

    term = models.ForeignKey(Term, verbose_name="届", on_delete=models.PROTECT, related_name="+")
    session = models.CharField("会议", max_length=20, help_text="如“五次会议”")
    meeting = models.CharField("会议形式", max_length=10, choices=Meeting)
    group = models.CharField("代表团/界别", max_length=40, blank=True)
    held_on = models.DateField("日期")
    place = models.CharField("地点", max_length=60, blank=True)
    listeners = models.ManyToManyField(User, verbose_name="旁听人员", blank=True, related_name="+")
    closed_at = models.DateTimeField("结束记录时间", null=True, blank=True)
    created_by = models.ForeignKey(User, verbose_name="登记人", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField("登记时间", auto_now_add=True)

    objects = HearingQuerySet.as_manager()

    class Meta:
        verbose_name = "审议旁听"
        constraints = [
            one_of("meeting", Meeting, table="hearing"),
            not_blank("session", table="hearing"),
            models.UniqueConstraint(
                fields=["term", "session", "meeting", "group", "held_on", "place"], name="hearing_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.where}（{self.held_on:%Y-%m-%d}）"

    @property
    def where(self) -> str:
        """知禾区第5届人大五次会议 甘露镇代表团"""
        return f"{self.term}{self.session} {self.group or self.get_meeting_display()}"


class UtteranceQuerySet(models.QuerySet["Utterance"]):
    def visible_to(self, user: object) -> "UtteranceQuerySet":
        """What was said where the user may look, without what was taken back."""
        return self.within_reach_of(user).filter(withdrawn_at=None)

    def within_reach_of(self, user: object) -> "UtteranceQuerySet":
        """Like ``visible_to``, with those taken back: to bring one back."""
        return self.filter(hearing__in=Hearing.objects.visible_to(user).values("pk"))

    def decomposed(self) -> "UtteranceQuerySet":
        return self.filter(Exists(_standing_shares()))

    def set_aside(self) -> "UtteranceQuerySet":
        """不需办理, with a reason."""
        return self.exclude(aside="")

    def open(self) -> "UtteranceQuerySet":
        """Neither decomposed nor set aside: somebody still has to decide."""
        return self.filter(~Exists(_standing_shares()), aside="")

    def heard_in(self, year: int) -> "UtteranceQuerySet":
        return self.filter(hearing__held_on__range=(date(year, 1, 1), date(year, 12, 31)))

    def in_order(self) -> "UtteranceQuerySet":
        """As they were spoken."""
        return self.order_by("hearing__held_on", "hearing", "said_at", "pk")

    def with_speakers(self) -> "UtteranceQuerySet":
        """Ready to be listed, and to ask of each whether it may be corrected: a constant number of queries."""
        full = self.select_related("hearing__term", "recorded_by").annotate(is_decomposed=Exists(_standing_shares()))
        return full.prefetch_related(told_apart("speaker"), "speaker__mandates", "hearing__listeners")


class Utterance(Versioned):
    """发言: the words of one speaker, verbatim. ``heard_as`` is the name as heard, of one not yet found on the roster.

    Once sent it is there once (``idempotency_key``), also when the answer was lost on the way.
    """

    hearing = models.ForeignKey(Hearing, verbose_name="旁听", on_delete=models.PROTECT, related_name="utterances")
    speaker = models.ForeignKey(
        Deputy, verbose_name="发言人", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    heard_as = models.CharField("听到的姓名", max_length=40, blank=True)
    words = models.TextField("原话", max_length=1000)
    said_at = models.DateTimeField("发言时间")
    aside = models.CharField("不需办理的理由", max_length=100, blank=True)
    recorded_by = models.ForeignKey(User, verbose_name="记录人", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("记录时间", auto_now_add=True)
    withdrawn_at = models.DateTimeField("删除时间", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        User, verbose_name="删除人", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    idempotency_key = models.UUIDField(unique=True, editable=False)

    objects = UtteranceQuerySet.as_manager()

    class Meta:
        verbose_name = "旁听发言"
        constraints = [
            not_blank("words", table="utterance"),
            models.CheckConstraint(condition=Q(speaker__isnull=False) | ~Q(heard_as=""), name="utterance_of_somebody"),
            together("withdrawn_at", "withdrawn_by", table="utterance"),
        ]
        indexes = [models.Index(fields=["hearing", "said_at"], name="utterance_as_spoken")]

    def __str__(self) -> str:
        return f"{self.hearing}第{self.pk}条发言"

    @property
    def by_whom(self) -> str:
        return self.speaker.told_apart if self.speaker else self.heard_as


class PointQuerySet(models.QuerySet["Point"]):
    def standing(self) -> "PointQuerySet":
        """Those of which at least one suggestion stands."""
        alive = Share.objects.standing().filter(point=OuterRef("pk"))
        return self.filter(Exists(alive))

    def of(self, utterances: UtteranceQuerySet) -> "PointQuerySet":
        return self.filter(voices__utterance__in=utterances.values("pk")).distinct()

    def with_answers(self) -> "PointQuerySet":
        """Ready to be told line by line: a constant number of queries however many rows."""
        return self.select_related("leader").prefetch_related(
            "voices__utterance__hearing__term",
            told_apart("voices__utterance__speaker"),
            "voices__utterance__speaker__mandates",
            "shares__department",
            "shares__suggestion__department",
            "shares__suggestion__steps",
            "shares__suggestion__replies__result_class",
            "shares__suggestion__replies__evaluations__deputy",
            "shares__suggestion__replies__promises",
        )


class Point(models.Model):
    """归纳意见: what one or several of them meant, in our words; theirs stay apart, in ``voices``.

    It goes to one or several departments (:class:`Share`), to each as a suggestion of its own.
    """

    summary = models.CharField("归纳意见", max_length=100)
    leader = models.ForeignKey(User, verbose_name="责任领导", on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField("完成时限", null=True, blank=True)
    made_by = models.ForeignKey(User, verbose_name="分解人", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField("分解时间", auto_now_add=True)

    objects = PointQuerySet.as_manager()

    class Meta:
        verbose_name = "审议意见分解"
        constraints = [not_blank("summary", table="point")]

    def __str__(self) -> str:
        return self.summary


class Voice(models.Model):
    """One utterance that says this point."""

    point = models.ForeignKey(Point, on_delete=models.PROTECT, related_name="voices")
    utterance = models.ForeignKey(Utterance, on_delete=models.PROTECT, related_name="voices")

    class Meta:
        verbose_name = "归入的发言"
        constraints = [models.UniqueConstraint(fields=["point", "utterance"], name="voice_once")]

    def __str__(self) -> str:
        return f"{self.utterance} → {self.point}"


class ShareQuerySet(models.QuerySet["Share"]):
    def standing(self) -> "ShareQuerySet":
        """Without what turned out not to be ours: its words wait to be decided upon again."""
        return self.exclude(suggestion__state__in=NOT_OURS)

    def waiting(self) -> "ShareQuerySet":
        """Decomposed, but no department has got it yet."""
        return self.standing().filter(suggestion__department=None)


class Share(models.Model):
    """What one department is to do about a point: a suggestion. ``department`` is the one planned; after the
    assignment that of the suggestion counts."""

    point = models.ForeignKey(Point, on_delete=models.PROTECT, related_name="shares")
    department = models.ForeignKey(Department, verbose_name="责任部门", on_delete=models.PROTECT, related_name="+")
    suggestion = models.OneToOneField(Suggestion, on_delete=models.PROTECT, related_name="share")

    objects = ShareQuerySet.as_manager()

    class Meta:
        verbose_name = "责任分解"
        constraints = [models.UniqueConstraint(fields=["point", "department"], name="share_once_per_department")]

    def __str__(self) -> str:
        return f"{self.point} {self.department}"


def _standing_shares() -> ShareQuerySet:
    return Share.objects.standing().filter(point__voices__utterance=OuterRef("pk"))
