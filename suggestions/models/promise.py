"""承诺: what a reply of class B or C promised, who keeps it and by when; open until its 二次答复."""

from datetime import date, timedelta

from django.db import models
from django.db.models import Exists, OuterRef, Q

from common.constraints import not_blank
from common.versions import Versioned
from staff.models import Department, Role, User
from staff.permissions import P, may
from suggestions.models.reply import Reply, ResultClass
from suggestions.workflow import SuggestionState


class ToldHow(models.TextChoices):
    """How the proposers were told at the 二次答复; empty where an old ledger does not say."""

    LETTER = "letter", "书面"
    IN_PERSON = "in_person", "当面"
    PHONE = "phone", "电话"


class PromiseQuerySet(models.QuerySet["Promise"]):
    def visible_to(self, user: object) -> "PromiseQuerySet":
        """A handler sees those of the own department, the own ones, and those of what the department handles."""
        if not (isinstance(user, User) and may(user, P.SUGGESTION_VIEW)):
            return self.none()
        if user.role != Role.HANDLER:
            return self.all()
        ours = Q(department=user.department) | Q(reply__suggestion__department=user.department)
        return self.filter(ours | Q(owner=user))

    def standing(self) -> "PromiseQuerySet":
        """Without those that a later round replaced unkept, and those of what was withdrawn."""
        later = Reply.objects.filter(suggestion=OuterRef("reply__suggestion"), round__gt=OuterRef("reply__round"))
        replaced = Q(kept_on=None) & Exists(later)
        return self.filter(~replaced).exclude(reply__suggestion__state=SuggestionState.WITHDRAWN)

    def open(self) -> "PromiseQuerySet":
        return self.standing().filter(kept_on=None)

    def kept(self) -> "PromiseQuerySet":
        return self.standing().filter(kept_on__isnull=False)

    def overdue(self, today: date) -> "PromiseQuerySet":
        return self.open().filter(due_on__lt=today)

    def due_within(self, today: date, days: int) -> "PromiseQuerySet":
        return self.open().filter(due_on__range=(today, today + timedelta(days=days)))

    def incomplete(self) -> "PromiseQuerySet":
        """Taken over from an older ledger: by when, or who keeps it, is still to be said."""
        return self.open().filter(Q(due_on=None) | Q(owner=None))


class Promise(Versioned):
    """One dated promise of a reply, with the colleague who keeps it.

    ``due_on`` and ``owner`` are missing only in what older ledgers told. A promise that cannot be kept is not
    cancelled: it is answered as well, with words and the class that holds then (``class_now``).
    """

    reply = models.ForeignKey(Reply, on_delete=models.PROTECT, related_name="promises")
    what = models.CharField("承诺事项", max_length=200)
    due_on = models.DateField("完成时限", null=True, blank=True)
    owner = models.ForeignKey(
        User, verbose_name="责任人", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    department = models.ForeignKey(
        Department, verbose_name="责任部门", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    kept_on = models.DateField("二次答复日期", null=True, blank=True)
    kept_how = models.CharField("落实情况", max_length=300, blank=True)
    told_how = models.CharField("告知方式", max_length=10, choices=ToldHow, blank=True)
    class_now = models.ForeignKey(
        ResultClass, verbose_name="现办理结果", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_by = models.ForeignKey(User, verbose_name="登记人", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("登记时间", auto_now_add=True)

    objects = PromiseQuerySet.as_manager()

    class Meta:
        verbose_name = "承诺"
        constraints = [
            not_blank("what", table="promise"),
            models.CheckConstraint(
                condition=Q(told_how="") | Q(told_how__in=ToldHow.values, kept_on__isnull=False),
                name="promise_told_how_known",
            ),
            models.CheckConstraint(
                condition=Q(kept_on__isnull=True, kept_how="", class_now__isnull=True)
                | (Q(kept_on__isnull=False, class_now__isnull=False) & ~Q(kept_how="")),
                name="promise_kept_in_words_and_class",
            ),
        ]
        indexes = [models.Index(fields=["kept_on", "due_on"], name="promise_by_deadline")]

    def __str__(self) -> str:
        return self.what


class PromiseMove(models.Model):
    """A promise that got another day or another keeper; what it was before stays readable, with the reason."""

    promise = models.ForeignKey(Promise, on_delete=models.PROTECT, related_name="moves")
    old_due_on = models.DateField("原时限", null=True)
    new_due_on = models.DateField("新时限")
    old_owner = models.ForeignKey(User, verbose_name="原责任人", null=True, on_delete=models.PROTECT, related_name="+")
    new_owner = models.ForeignKey(User, verbose_name="新责任人", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField("理由", max_length=200)
    at = models.DateTimeField("时间", auto_now_add=True)
    by = models.ForeignKey(User, verbose_name="操作人", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "承诺调整"
        constraints = [not_blank("reason", table="promise_move")]

    def __str__(self) -> str:
        return f"{self.promise} {self.new_due_on}"


class ResultMove(models.Model):
    """The result of a reply came to be another than was told: by a kept promise, or corrected for a reason."""

    reply = models.ForeignKey(Reply, on_delete=models.PROTECT, related_name="result_moves")
    promise = models.OneToOneField(Promise, null=True, on_delete=models.PROTECT, related_name="result_move")
    old = models.ForeignKey(ResultClass, verbose_name="原结果", on_delete=models.PROTECT, related_name="+")
    new = models.ForeignKey(ResultClass, verbose_name="现结果", on_delete=models.PROTECT, related_name="+")
    on = models.DateField("日期")
    why = models.CharField("依据", max_length=300)
    at = models.DateTimeField("时间", auto_now_add=True)
    by = models.ForeignKey(User, verbose_name="操作人", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "办理结果变动"
        constraints = [
            not_blank("why", table="result_move"),
            models.CheckConstraint(condition=~Q(old=models.F("new")), name="result_move_changes"),
        ]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"
