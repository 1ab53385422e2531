from django.db import models
from django.db.models import Q

from common.constraints import not_blank, one_of
from deputies.models import Deputy
from staff.models import User
from suggestions.models.suggestion import Suggestion


class ResultClass(models.Model):
    """办理结果 A/B/C/D, rows that the office edits. ``promises`` = stays open until a second answer (二次答复)."""

    code = models.CharField("类", max_length=2, unique=True)
    name = models.CharField("含义", max_length=30)
    promises = models.BooleanField("须二次答复", default=False)
    order = models.PositiveSmallIntegerField("排序", default=0)

    class Meta:
        verbose_name = "办理结果类别"
        ordering = ["order", "code"]
        constraints = [not_blank("code", table="result_class")]

    def __str__(self) -> str:
        return f"{self.code}类 {self.name}"


class ReplyQuerySet(models.QuerySet["Reply"]):
    def promising(self) -> "ReplyQuerySet":
        """Answered with a promise that is not yet kept."""
        return self.filter(result_class__promises=True, kept_on=None)


class Reply(models.Model):
    """答复, one per round; 不满意 opens the next round. ``kept_on`` is the day of the second answer (二次答复)."""

    suggestion = models.ForeignKey(Suggestion, on_delete=models.PROTECT, related_name="replies")
    round = models.PositiveSmallIntegerField("轮次")
    number = models.CharField("答复文号", max_length=30, blank=True)
    replied_on = models.DateField("答复日期")
    summary = models.TextField("答复要点", max_length=2000)
    result_class = models.ForeignKey(ResultClass, verbose_name="办理结果", on_delete=models.PROTECT, related_name="+")
    in_person = models.BooleanField("当面答复", default=False)
    signed_by = models.ForeignKey(
        User, verbose_name="签发/带队领导", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    kept_on = models.DateField("二次答复日期", null=True, blank=True)
    kept_how = models.CharField("落实情况", max_length=200, blank=True)
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


class Verdict(models.TextChoices):
    SATISFIED = "satisfied", "满意"
    MOSTLY = "mostly", "基本满意"
    UNSATISFIED = "unsatisfied", "不满意"


class Channel(models.TextChoices):
    """How an evaluation reached us; typed from a telephone call is visibly weaker than a signed form."""

    FORM = "form", "书面征询表"
    IN_PERSON = "in_person", "当面"
    PHONE = "phone", "电话转录"


class Evaluation(models.Model):
    """评价 by one proposer of one reply: attitude and result apart (不满意 needs a reason)."""

    reply = models.ForeignKey(Reply, on_delete=models.PROTECT, related_name="evaluations")
    deputy = models.ForeignKey(Deputy, verbose_name="评价人", on_delete=models.PROTECT, related_name="+")
    attitude = models.CharField("对办理态度", max_length=12, choices=Verdict)
    result = models.CharField("对办理结果", max_length=12, choices=Verdict)
    reason = models.CharField("理由", max_length=300, blank=True)
    channel = models.CharField("收到方式", max_length=10, choices=Channel)
    received_on = models.DateField("收到日期")
    recorded_by = models.ForeignKey(User, verbose_name="登记人", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("登记时间", auto_now_add=True)

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
