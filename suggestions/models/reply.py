from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from common.choices import OfficeChoice
from common.constraints import not_blank, one_of
from deputies.models import Deputy
from staff.models import User
from suggestions.models.suggestion import Suggestion
from suggestions.workflow import NOT_OURS


class ResultClass(OfficeChoice):
    """办理结果 A/B/C/D, rows that the office edits. ``promises`` = promises something (承诺台账), until a 二次答复."""

    code = models.CharField("类", max_length=2, unique=True)
    name = models.CharField("含义", max_length=30)
    promises = models.BooleanField("须二次答复", default=False)
    order = models.PositiveSmallIntegerField("排序", default=0)

    class Meta:
        verbose_name = "办理结果类别"
        ordering = ["order", "code"]
        constraints = [not_blank("code", table="result_class"), not_blank("name", table="result_class")]

    def __str__(self) -> str:
        return f"{self.code}类 {self.name}"


class ReplyQuerySet(models.QuerySet["Reply"]):
    def last_round(self) -> "ReplyQuerySet":
        """The last round of each suggestion: what counts now. Earlier rounds are history."""
        later = Reply.objects.filter(suggestion=OuterRef("suggestion"), round__gt=OuterRef("round"))
        return self.filter(~Exists(later))

    def first_round(self) -> "ReplyQuerySet":
        return self.filter(round=1)

    def on_time(self) -> "ReplyQuerySet":
        return self.filter(replied_on__lte=F("due_on"))

    def late(self) -> "ReplyQuerySet":
        return self.filter(replied_on__gt=F("due_on"))

    def promising(self) -> "ReplyQuerySet":
        """Answered with a promise that is not yet kept. A later round replaces the promises of an earlier one."""
        standing = self.last_round().exclude(suggestion__state__in=NOT_OURS)
        return standing.filter(promises__kept_on=None, promises__isnull=False).distinct()

    def returned(self) -> "ReplyQuerySet":
        """Last replies that at least one proposer has evaluated: the denominator of satisfaction."""
        return self.last_round().filter(Exists(Evaluation.objects.filter(reply=OuterRef("pk"))))

    def typed_by_handlers(self) -> "ReplyQuerySet":
        """Last replies of which a verdict was typed in by the department that did the work."""
        return self.last_round().filter(Exists(Evaluation.objects.filter(reply=OuterRef("pk"), by_handlers=True)))

    def unsatisfied(self) -> "ReplyQuerySet":
        """Last replies that some proposer is dissatisfied with, in attitude or in result."""
        return self.last_round().filter(Exists(Evaluation.objects.unsatisfied().filter(reply=OuterRef("pk"))))

    def satisfied(self) -> "ReplyQuerySet":
        """Returned, and nobody dissatisfied (满意 or 基本满意)."""
        return self.returned().filter(~Exists(Evaluation.objects.unsatisfied().filter(reply=OuterRef("pk"))))


class Reply(models.Model):
    """答复, one per round; 不满意 opens the next round.

    ``due_on`` is the deadline that bound this reply when it went out. ``draft`` is what was signed in this system;
    empty where the paper was signed elsewhere. Of a 会办 item it is the 会办意见 that went to the lead unit.
    ``result_class`` is what the proposers were told, ``class_now`` what holds since (二次答复, correction): how it
    came there is in its ``ResultMove`` rows.
    """

    suggestion = models.ForeignKey(Suggestion, on_delete=models.PROTECT, related_name="replies")
    round = models.PositiveSmallIntegerField("轮次")
    number = models.CharField("答复文号", max_length=30, blank=True)
    replied_on = models.DateField("答复日期")
    due_on = models.DateField("答复期限")
    summary = models.TextField("答复要点", max_length=2000)
    result_class = models.ForeignKey(ResultClass, verbose_name="办理结果", on_delete=models.PROTECT, related_name="+")
    class_now = models.ForeignKey(ResultClass, verbose_name="现办理结果", on_delete=models.PROTECT, related_name="+")
    in_person = models.BooleanField("当面答复", default=False)
    draft = models.OneToOneField(
        "Draft", verbose_name="答复稿", null=True, blank=True, on_delete=models.PROTECT, related_name="reply"
    )
    signed_by = models.ForeignKey(
        User, verbose_name="签发/带队领导", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_by = models.ForeignKey(User, verbose_name="登记人", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("登记时间", auto_now_add=True)

    objects = ReplyQuerySet.as_manager()

    class Meta:
        verbose_name = "答复"
        constraints = [
            not_blank("summary", table="reply"),
            models.UniqueConstraint(fields=["suggestion", "round"], name="reply_once_per_round"),
            models.CheckConstraint(condition=Q(round__gte=1), name="reply_round_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.suggestion} 第{self.round}轮答复"

    def unreached(self) -> list[Deputy]:
        """Proposers whom this reply has not been delivered to. 会办意见 goes to the lead unit alone."""
        if self.suggestion.goes_to_lead_unit:
            return []
        reached = self.deliveries.values("deputy")
        waiting = self.suggestion.proposers.exclude(deputy__in=reached).select_related("deputy")
        return [proposer.deputy for proposer in waiting.order_by("pk")]

    def unheard(self) -> list[Deputy]:
        """Proposers whose evaluation of this reply has not come back; of a 会办 item the lead unit hears them."""
        if self.suggestion.goes_to_lead_unit:
            return []
        heard = self.evaluations.values("deputy")
        waiting = self.suggestion.proposers.exclude(deputy__in=heard).select_related("deputy")
        return [proposer.deputy for proposer in waiting.order_by("pk")]


class Verdict(models.TextChoices):
    SATISFIED = "satisfied", "满意"
    MOSTLY = "mostly", "基本满意"
    UNSATISFIED = "unsatisfied", "不满意"


class Channel(models.TextChoices):
    """How an evaluation reached us; typed from a telephone call is visibly weaker than a signed form."""

    FORM = "form", "书面征询表"
    IN_PERSON = "in_person", "当面"
    PHONE = "phone", "电话转录"


class EvaluationQuerySet(models.QuerySet["Evaluation"]):
    def unsatisfied(self) -> "EvaluationQuerySet":
        return self.filter(Q(attitude=Verdict.UNSATISFIED) | Q(result=Verdict.UNSATISFIED))


class Evaluation(models.Model):
    """评价 by one proposer of one reply: attitude and result apart (不满意 needs a reason).

    ``by_handlers`` marks one typed in by the department that did the work: shown beside the verdict for ever.
    """

    reply = models.ForeignKey(Reply, on_delete=models.PROTECT, related_name="evaluations")
    deputy = models.ForeignKey(Deputy, verbose_name="评价人", on_delete=models.PROTECT, related_name="+")
    attitude = models.CharField("对办理态度", max_length=12, choices=Verdict)
    result = models.CharField("对办理结果", max_length=12, choices=Verdict)
    reason = models.CharField("理由", max_length=300, blank=True)
    channel = models.CharField("收到方式", max_length=10, choices=Channel)
    received_on = models.DateField("收到日期")
    by_handlers = models.BooleanField("承办部门代录", default=False)
    recorded_by = models.ForeignKey(User, verbose_name="登记人", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("登记时间", auto_now_add=True)

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        verbose_name = "评价"
        constraints = [
            one_of("attitude", Verdict, table="evaluation"),
            one_of("result", Verdict, table="evaluation"),
            one_of("channel", Channel, table="evaluation"),
            models.UniqueConstraint(fields=["reply", "deputy"], name="evaluation_once_per_reply"),
            models.CheckConstraint(
                condition=(~Q(attitude=Verdict.UNSATISFIED) & ~Q(result=Verdict.UNSATISFIED)) | ~Q(reason=""),
                name="evaluation_unsatisfied_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deputy} {self.get_result_display()}"

    @property
    def is_unsatisfied(self) -> bool:
        return Verdict.UNSATISFIED in (self.attitude, self.result)

    @property
    def words(self) -> str:
        return f"对办理态度{self.get_attitude_display()}，对办理结果{self.get_result_display()}"
