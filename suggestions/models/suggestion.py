from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from common.constraints import not_before, not_blank, one_of, together
from common.versions import Versioned
from deputies.models import Body, Deputy, FieldOfConcern, Level, Opinion, Term
from deputies.models.deputy import told_apart
from staff.models import Department, Role, User
from staff.permissions import P, may
from suggestions.workflow import AWAITING_REPLY, NOT_OURS, OPEN, WITH_DEPARTMENT, SuggestionState

if TYPE_CHECKING:
    from suggestions.models.drafting import Draft
    from suggestions.models.reply import Reply


class Kind(models.TextChoices):
    """The four kinds of voice. 建议 and 提案 are formal and counted in 件; the last two in 条."""

    SUGGESTION = "suggestion", "代表建议"
    PROPOSAL = "proposal", "政协提案"
    DELIBERATION = "deliberation", "审议意见"
    EVERYDAY = "everyday", "日常意见"


FORMAL = [Kind.SUGGESTION, Kind.PROPOSAL]


class OurRole(models.TextChoices):
    SOLE = "sole", "独办"
    LEAD = "lead", "主办"
    JOINT = "joint", "会办"
    SEPARATE = "separate", "分办"


class Organisation(models.TextChoices):
    """Whose a collective one is (集体提案, 代表团建议): it has a unit beside the person who answers for it."""

    PARTY = "party", "党派"
    PEOPLES = "peoples", "团体"
    SECTOR = "sector", "界别"
    GROUP = "group", "小组"
    COMMITTEE = "committee", "专门委员会"
    DELEGATION = "delegation", "代表团"


class Wish(models.TextChoices):
    """What the proposers ticked on the form about publishing (公开意愿)."""

    FULL = "full", "同意全文公开"
    TITLE = "title", "仅公开标题"
    NONE = "none", "不同意公开"


class Making(models.TextChoices):
    """How many are behind one: 个人, 联名 or 集体. Never stored: it follows from the proposers and the unit."""

    SINGLE = "single", "个人"
    JOINT = "joint", "联名"
    COLLECTIVE = "collective", "集体"


class Occasion(models.TextChoices):
    """Made while the congress or the plenary sits, or between two sessions."""

    SESSION = "session", "会议期间"
    RECESS = "recess", "闭会期间"


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    def visible_to(self, user: object) -> "SuggestionQuerySet":
        """A handler sees what the own department handles; leaders and the office see all."""
        if not (isinstance(user, User) and may(user, P.SUGGESTION_VIEW)):
            return self.none()
        return self.filter(department=user.department) if user.role == Role.HANDLER else self.all()

    def open(self) -> "SuggestionQuerySet":
        return self.filter(state__in=OPEN)

    def awaiting_reply(self) -> "SuggestionQuerySet":
        return self.filter(state__in=AWAITING_REPLY)

    def overdue(self, today: date) -> "SuggestionQuerySet":
        return self.awaiting_reply().filter(due_on__lt=today)

    def due_between(self, first: date, last: date) -> "SuggestionQuerySet":
        return self.awaiting_reply().filter(due_on__range=(first, last))

    def answered(self, replies: "models.QuerySet[Reply]") -> "SuggestionQuerySet":
        """Those with a reply among ``replies``: one round of each (``last_round()`` or ``first_round()``)."""
        return self.filter(replies__in=replies)

    def with_answers(self) -> "SuggestionQuerySet":
        """Ready for ``overview.line``: a constant number of queries however many rows."""
        return self.select_related("department", "term").prefetch_related(
            told_apart("proposers__deputy"), "replies__evaluations", "replies__result_class", "replies__class_now"
        )

    def made_as(self, making: str) -> "SuggestionQuerySet":
        joint = models.Exists(Proposer.objects.filter(suggestion=models.OuterRef("pk"), role=ProposerRole.JOINT))
        if making == Making.COLLECTIVE:
            return self.exclude(organisation="")
        return self.filter(joint if making == Making.JOINT else ~joint, organisation="")

    def standing(self) -> "SuggestionQuerySet":
        """Without those that turned out not to be ours."""
        return self.exclude(state__in=NOT_OURS)

    def registered_in(self, year: int) -> "SuggestionQuerySet":
        return self.filter(received_on__range=(date(year, 1, 1), date(year, 12, 31)))


class Suggestion(Versioned):
    """One 建议 / 提案 / 审议意见 / 日常意见. No case content: a concrete case becomes 来信 outside this system.

    ``assigned_on`` is the 交办日 from which the law counts (代表法 51); handing the item back inside the
    house does not stop that clock. ``due_on`` is the last day for the reply now owed, with its reason in
    words as ``suggestions.deadlines`` gave it from ``due_start`` by ``due_rule`` (both empty where the assigning
    body fixed the day); the day that bound an earlier reply stays with that reply.
    ``number`` is text and may come later; ``pk`` is the internal serial number. States are moved only by
    ``suggestions.actions``.
    """

    kind = models.CharField("类别", max_length=12, choices=Kind)
    body = models.CharField("性质", max_length=8, choices=Body)
    level = models.CharField("层级", max_length=8, choices=Level)
    term = models.ForeignKey(
        Term, verbose_name="届", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    session = models.CharField("会议", max_length=20, blank=True, help_text="如“五次会议”“闭会期间”")
    number = models.CharField("编号", max_length=20, blank=True)
    title = models.CharField("标题（案由）", max_length=120)
    text = models.TextField("内容", max_length=5000, blank=True)
    field = models.ForeignKey(
        FieldOfConcern, verbose_name="领域", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    source = models.ForeignKey(
        Opinion, verbose_name="来自意见", null=True, blank=True, on_delete=models.PROTECT, related_name="suggestions"
    )
    organisation_kind = models.CharField("提案单位类别", max_length=12, choices=Organisation, blank=True)
    organisation = models.CharField("提案单位", max_length=60, blank=True)
    publication_wish = models.CharField("提出人公开意愿", max_length=8, choices=Wish, blank=True)
    assigned_by = models.CharField("交办单位", max_length=60, blank=True)
    lead_unit = models.CharField("主办单位", max_length=60, blank=True)
    our_role = models.CharField("办理性质", max_length=10, choices=OurRole, default=OurRole.SOLE)
    received_on = models.DateField("收到日期")
    assigned_on = models.DateField("交办日", null=True, blank=True)
    due_on = models.DateField("答复期限", null=True, blank=True)
    due_reason = models.CharField("为什么是这一天", max_length=400, blank=True)
    due_start = models.DateField("期限起算日", null=True, blank=True)
    due_rule = models.ForeignKey(
        "DeadlineRule", verbose_name="期限规则", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    department = models.ForeignKey(
        Department, verbose_name="承办部门", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    leader = models.ForeignKey(
        User, verbose_name="分管领导", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    key_supervised = models.BooleanField("重点督办", default=False)
    as_case = models.BooleanField("案件化办理", default=False)
    state = models.CharField("状态", max_length=20, choices=SuggestionState, default=SuggestionState.REGISTERED)
    registered_by = models.ForeignKey(User, verbose_name="登记人", on_delete=models.PROTECT, related_name="+")
    registered_at = models.DateTimeField("登记时间", auto_now_add=True)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        verbose_name = "建议提案"
        constraints = [
            one_of("kind", Kind, table="suggestion"),
            one_of("body", Body, table="suggestion"),
            one_of("level", Level, table="suggestion"),
            one_of("our_role", OurRole, table="suggestion"),
            one_of("state", SuggestionState, table="suggestion"),
            not_blank("title", table="suggestion"),
            not_before("assigned_on", "received_on", table="suggestion"),
            not_before("due_on", "assigned_on", table="suggestion"),
            together("due_on", "assigned_on", table="suggestion"),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | ~Q(due_reason=""), name="suggestion_due_on_has_reason"
            ),
            together("due_start", "due_rule", table="suggestion"),
            models.CheckConstraint(
                condition=~Q(state__in=[*WITH_DEPARTMENT, SuggestionState.REPLIED, SuggestionState.CLOSED])
                | Q(department__isnull=False, assigned_on__isnull=False),
                name="suggestion_handled_by_a_department",
            ),
            models.CheckConstraint(
                condition=~Q(state=SuggestionState.ACCEPTED) | Q(assigned_on__isnull=False),
                name="suggestion_accepted_is_assigned_to_us",
            ),
            one_of("organisation_kind", Organisation, table="suggestion", or_blank=True),
            one_of("publication_wish", Wish, table="suggestion", or_blank=True),
            models.CheckConstraint(
                condition=Q(organisation="", organisation_kind="") | (~Q(organisation="") & ~Q(organisation_kind="")),
                name="suggestion_organisation_with_its_kind",
            ),
            models.CheckConstraint(
                condition=~Q(kind=Kind.SUGGESTION, body=Body.CPPCC) & ~Q(kind=Kind.PROPOSAL, body=Body.CONGRESS),
                name="suggestion_kind_fits_body",
            ),
            models.CheckConstraint(
                condition=~Q(body=Body.CPPCC, level=Level.TOWN), name="suggestion_no_cppcc_in_towns"
            ),
            models.CheckConstraint(
                condition=Q(number="") | Q(term__isnull=False), name="suggestion_number_needs_term"
            ),
            models.UniqueConstraint(
                fields=["source"], condition=~Q(state__in=NOT_OURS), name="suggestion_once_per_opinion"
            ),
            models.UniqueConstraint(
                fields=["term", "session", "kind", "number"],
                # One registered by mistake is withdrawn and registered again under its number.
                condition=~Q(number="") & ~Q(state__in=NOT_OURS),
                name="suggestion_number_once",
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="suggestion_by_deadline")]

    def __str__(self) -> str:
        return self.title

    @property
    def audit_label(self) -> str:
        """Without the title: the audit trail cannot forget, and an item may turn out to be about a case (转来信)."""
        return f"{self.kind_name}（流水号{self.pk}）"

    @property
    def kind_name(self) -> str:
        """区人大代表建议, 市政协提案, 区人大审议意见: level, body and kind as the trade says them."""
        congress = self.body == Body.CONGRESS
        words = {
            Kind.SUGGESTION: "人大代表建议",
            Kind.PROPOSAL: "政协提案",
            Kind.DELIBERATION: "人大审议意见" if congress else "政协讨论意见",
            Kind.EVERYDAY: "人大代表日常意见" if congress else "政协委员日常意见",
        }
        return f"{self.get_level_display()}{words[Kind(self.kind)]}"

    @property
    def making(self) -> Making:
        """From the prefetched proposers."""
        if self.organisation:
            return Making.COLLECTIVE
        joint = any(row.role == ProposerRole.JOINT for row in self.proposers.all())
        return Making.JOINT if joint else Making.SINGLE

    @property
    def goes_to_lead_unit(self) -> bool:
        """会办: our opinion goes to the lead unit, which answers the proposers and hears their verdict."""
        return self.our_role == OurRole.JOINT

    @property
    def answer_name(self) -> str:
        return "会办意见" if self.goes_to_lead_unit else "答复"

    @property
    def unit(self) -> str:
        """件 for formal ones, 条 for what was said; never added up."""
        return "件" if self.kind in FORMAL else "条"

    @property
    def occasion(self) -> str:
        """As the words of ``session`` say; empty where they say nothing."""
        if any(word in self.session for word in ("闭会", "会后", "平时")):
            return Occasion.RECESS
        return Occasion.SESSION if self.session else ""

    def draft_to_sign(self) -> "Draft | None":
        """The last words for the answer now owed."""
        return self.drafts.filter(round=self.replies.count() + 1).last()

    @property
    def is_awaiting_reply(self) -> bool:
        return self.state in AWAITING_REPLY

    @property
    def lead(self) -> Deputy | None:
        """领衔代表 / 第一提案人, from the prefetched proposers."""
        return next((row.deputy for row in self.proposers.all() if row.role == ProposerRole.LEAD), None)


class ProposerRole(models.TextChoices):
    LEAD = "lead", "领衔"
    JOINT = "joint", "联名"
    SECOND = "second", "附议"


class Proposer(models.Model):
    """One deputy who made the suggestion; each is answered and evaluates."""

    suggestion = models.ForeignKey(Suggestion, on_delete=models.PROTECT, related_name="proposers")
    deputy = models.ForeignKey(Deputy, verbose_name="代表委员", on_delete=models.PROTECT, related_name="+")
    role = models.CharField("身份", max_length=8, choices=ProposerRole, default=ProposerRole.LEAD)

    class Meta:
        verbose_name = "提出人"
        constraints = [
            one_of("role", ProposerRole, table="proposer"),
            models.UniqueConstraint(fields=["suggestion", "deputy"], name="proposer_once"),
            models.UniqueConstraint(
                fields=["suggestion"], condition=Q(role=ProposerRole.LEAD), name="proposer_one_lead"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.deputy}"


class Transition(models.Model):
    """One move of the state. ``on`` is the day it took effect, ``at`` the moment it was typed in."""

    suggestion = models.ForeignKey(Suggestion, on_delete=models.PROTECT, related_name="transitions")
    old = models.CharField("原状态", max_length=20, choices=SuggestionState, blank=True)
    new = models.CharField("新状态", max_length=20, choices=SuggestionState)
    at = models.DateTimeField("时间", auto_now_add=True)
    on = models.DateField("业务日期")
    by = models.ForeignKey(User, verbose_name="操作人", on_delete=models.PROTECT, related_name="+")
    remark = models.CharField("说明", max_length=500, blank=True)

    class Meta:
        verbose_name = "状态变动"
        constraints = [one_of("new", SuggestionState, table="transition")]

    def __str__(self) -> str:
        return f"{self.get_new_display()} {self.at:%Y-%m-%d}"
