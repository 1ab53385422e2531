"""From the first words of an answer to the signature: drafts, what was said of them, opinions of co-handlers."""

from django.db import models
from django.db.models import Q

from common.constraints import not_before, not_blank, one_of
from staff.models import User
from suggestions.models.reply import Reply, ResultClass
from suggestions.models.suggestion import Suggestion
from suggestions.workflow import REVIEWS, SuggestionState


class Scope(models.TextChoices):
    """公开属性 of an answer."""

    FULL = "full", "全文公开"
    SUMMARY = "summary", "摘要公开"
    NONE = "none", "不公开"


class Draft(models.Model):
    """答复稿 of one round. Never changed: a correction is a new row, and the last row of a round counts.

    ``text`` is the body of the letter, ``summary`` what the ledger and the portrait say of it.
    """

    suggestion = models.ForeignKey(Suggestion, on_delete=models.PROTECT, related_name="drafts")
    round = models.PositiveSmallIntegerField("轮次")
    text = models.TextField("答复正文", max_length=8000)
    summary = models.TextField("答复要点", max_length=2000)
    result_class = models.ForeignKey(ResultClass, verbose_name="办理结果", on_delete=models.PROTECT, related_name="+")
    scope = models.CharField("公开属性", max_length=8, choices=Scope, default=Scope.FULL)
    scope_reason = models.CharField("不全文公开的理由", max_length=100, blank=True)
    # What goes with a class that promises; further promises are added to the reply.
    promise_what = models.CharField("承诺事项", max_length=200, blank=True)
    promise_due_on = models.DateField("承诺完成时限", null=True, blank=True)
    promise_owner = models.ForeignKey(
        User, verbose_name="承诺责任人", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    drafted_by = models.ForeignKey(User, verbose_name="拟稿人", on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField("拟稿时间", auto_now_add=True)

    class Meta:
        verbose_name = "答复稿"
        ordering = ["pk"]
        constraints = [
            one_of("scope", Scope, table="draft"),
            not_blank("text", table="draft"),
            not_blank("summary", table="draft"),
            models.CheckConstraint(
                condition=Q(promise_what="", promise_due_on=None, promise_owner=None)
                | (~Q(promise_what="") & Q(promise_due_on__isnull=False, promise_owner__isnull=False)),
                name="draft_promise_is_whole",
            ),
            models.CheckConstraint(condition=Q(round__gte=1), name="draft_round_from_one"),
            models.CheckConstraint(
                condition=Q(scope=Scope.FULL) | ~Q(scope_reason=""), name="draft_not_in_full_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.suggestion} 第{self.round}轮答复稿"

    @property
    def is_pending(self) -> bool:
        return not hasattr(self, "reply")


class Approval(models.Model):
    """One yes or no to a draft, with the 批示 as it was written. ``stage`` is the state in which it was given."""

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="approvals")
    stage = models.CharField("环节", max_length=20, choices=SuggestionState)
    agreed = models.BooleanField("同意")
    remark = models.CharField("批示", max_length=300, blank=True)
    on = models.DateField("日期")
    by = models.ForeignKey(User, verbose_name="审核人", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        verbose_name = "审核意见"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(stage__in=[*REVIEWS, SuggestionState.SIGNED]), name="approval_stage_is_a_review"
            ),
            models.CheckConstraint(condition=Q(agreed=True) | ~Q(remark=""), name="approval_no_has_remark"),
            models.UniqueConstraint(fields=["draft", "stage"], name="approval_once_per_stage"),
        ]

    def __str__(self) -> str:
        return f"{self.by} {'同意' if self.agreed else '退回修改'}"

    @property
    def role_words(self) -> str:
        """待部门审核 → 部门审核: the stage as what was done in it."""
        return self.get_stage_display().removeprefix("待")


class CoHandler(models.Model):
    """会办单位 of an item that we lead: asked, and what it wrote. Our answer explains its opinion."""

    suggestion = models.ForeignKey(Suggestion, on_delete=models.PROTECT, related_name="co_handlers")
    unit = models.CharField("会办单位", max_length=60)
    asked_on = models.DateField("商请日期")
    received_on = models.DateField("收到日期", null=True, blank=True)
    opinion = models.TextField("会办意见", max_length=2000, blank=True)

    class Meta:
        verbose_name = "会办单位"
        ordering = ["pk"]
        constraints = [
            not_blank("unit", table="co_handler"),
            not_before("received_on", "asked_on", table="co_handler"),
            models.UniqueConstraint(fields=["suggestion", "unit"], name="co_handler_once"),
            models.CheckConstraint(
                condition=Q(received_on=None, opinion="") | (Q(received_on__isnull=False) & ~Q(opinion="")),
                name="co_handler_received_with_opinion",
            ),
        ]

    def __str__(self) -> str:
        return self.unit


class How(models.TextChoices):
    """How an answer reached a proposer."""

    IN_PERSON = "in_person", "当面"
    HANDED = "handed", "专人送达"
    MAILED = "mailed", "邮寄"
    RELAYED = "relayed", "领衔人转告"


class Delivery(models.Model):
    """送达: each proposer is answered one by one."""

    reply = models.ForeignKey(Reply, on_delete=models.PROTECT, related_name="deliveries")
    deputy = models.ForeignKey("deputies.Deputy", verbose_name="代表委员", on_delete=models.PROTECT, related_name="+")
    on = models.DateField("送达日期")
    how = models.CharField("送达方式", max_length=10, choices=How)

    class Meta:
        verbose_name = "送达"
        ordering = ["pk"]
        constraints = [
            one_of("how", How, table="delivery"),
            models.UniqueConstraint(fields=["reply", "deputy"], name="delivery_once_each"),
        ]

    def __str__(self) -> str:
        return f"{self.deputy} {self.on}"
