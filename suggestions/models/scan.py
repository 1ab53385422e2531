"""Scans of signed papers: one model for every kind."""

from django.db import models
from django.db.models import Q

from common.constraints import not_blank, one_of, together
from staff.models import User
from suggestions.models.promise import Promise
from suggestions.models.reply import Evaluation, Reply
from suggestions.models.suggestion import Suggestion


class ScanKind(models.TextChoices):
    EVALUATION = "evaluation", "征询意见表"
    SIGNED_OFF = "signed_off", "签批件"
    REPLY = "reply", "答复函"
    TALK = "talk", "面商记录"
    IN_PERSON = "in_person", "面复记录"
    PROOF = "proof", "承诺佐证"
    OTHER = "other", "其他"


class ScanQuerySet(models.QuerySet["Scan"]):
    def standing(self) -> "ScanQuerySet":
        return self.filter(removed_at=None)

    def visible_to(self, user: object) -> "ScanQuerySet":
        """With the item; the proof of a promise also with the promise."""
        ours = Q(suggestion__in=Suggestion.objects.visible_to(user))
        return self.standing().filter(ours | Q(promise__in=Promise.objects.visible_to(user)))


class Scan(models.Model):
    """A signed paper of a suggestion; of one evaluation, reply or promise where it says so.

    ``file`` is a path below MEDIA_ROOT, written by ``common.papers``. A removed scan leaves its row and its reason;
    the janitor takes the file.
    """

    suggestion = models.ForeignKey(Suggestion, on_delete=models.PROTECT, related_name="scans")
    kind = models.CharField("材料", max_length=12, choices=ScanKind)
    evaluation = models.ForeignKey(Evaluation, null=True, on_delete=models.PROTECT, related_name="scans")
    reply = models.ForeignKey(Reply, null=True, on_delete=models.PROTECT, related_name="scans")
    promise = models.ForeignKey(Promise, null=True, on_delete=models.PROTECT, related_name="scans")
    file = models.CharField("文件", max_length=120)
    name = models.CharField("文件名", max_length=100)
    content_type = models.CharField("格式", max_length=20)
    size = models.PositiveIntegerField("大小")
    sha256 = models.CharField("摘要", max_length=64)
    uploaded_by = models.ForeignKey(User, verbose_name="上传人", on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField("上传时间", auto_now_add=True)
    removed_at = models.DateTimeField("移除时间", null=True)
    removed_by = models.ForeignKey(User, verbose_name="移除人", null=True, on_delete=models.PROTECT, related_name="+")
    removed_why = models.CharField("移除理由", max_length=200, blank=True)

    objects = ScanQuerySet.as_manager()

    class Meta:
        verbose_name = "扫描件"
        constraints = [
            one_of("kind", ScanKind, table="scan"),
            not_blank("file", table="scan"),
            not_blank("name", table="scan"),
            together("removed_at", "removed_by", table="scan"),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True, removed_why="")
                | (Q(removed_at__isnull=False) & ~Q(removed_why="")),
                name="scan_removed_for_a_reason",
            ),
            # An evaluation or a promise knows its reply.
            models.CheckConstraint(
                condition=Q(evaluation__isnull=True, promise__isnull=True)
                | Q(evaluation__isnull=True, reply__isnull=True)
                | Q(promise__isnull=True, reply__isnull=True),
                name="scan_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.name}"
