"""One FilterSet for the list, its count and its export; a figure of ``stats`` names its rows by this query string."""

from typing import Any

import django_filters as filters
from django.db.models import Case, F, Q, Value, When
from django.forms import TextInput

from common.filters import ListFilter, years_of
from common.sensitive import tidy
from deputies.models import Body, Level
from staff.models import Department, User
from suggestions.models import (
    Delivery,
    Extension,
    FirstTask,
    FirstVisit,
    How,
    Kind,
    Making,
    OurRole,
    Promise,
    Proposer,
    Reply,
    ResultClass,
    Scope,
    Suggestion,
)
from suggestions.models.suggestion import SuggestionQuerySet
from suggestions.stats import due_within
from suggestions.waiting import late_feedback, to_review
from suggestions.workflow import AWAITING_REPLY, SuggestionState

DUES = [
    ("overdue", "已超期"),
    ("0", "今天到期"),
    *((str(days), f"{days}天内到期") for days in (3, 7, 15, 30)),
]
REVIEWS = [("mine", "待我审核签发")]
FEEDBACKS = [("late", "待催告评价")]
ANSWERS = [("on_time", "按期答复"), ("late", "逾期答复"), ("any", "已答复"), ("none", "尚未答复")]
FACES = [("yes", "当面答复")]
EXTENSIONS = [("waiting", "延期待批")]
PROGRESS = [("awaiting", "待答复"), ("ours", "由本院办理（不含退办、转来信和撤回）")]
PROMISES = [("open", "承诺待落实"), ("overdue", "承诺已逾期"), ("made", "列入承诺"), ("kept", "承诺已落实")]
PUBLICATIONS = [("waiting", "未审定"), *Scope.choices, ("published", "已公开")]
VERDICTS = [
    ("returned", "已反馈"),
    ("satisfied", "满意或基本满意"),
    ("unsatisfied", "不满意"),
    ("by_handlers", "承办部门代录"),
]


class ResultFilter(filters.ModelChoiceFilter):
    """By the letter of the class: what the last reply told, or what holds since."""

    def __init__(self, **kwargs: Any) -> None:
        classes = {"queryset": ResultClass.objects.all(), "to_field_name": "code", "empty_label": "全部结果"}
        super().__init__(**(classes | kwargs))


class SuggestionFilter(ListFilter):
    everything = "全部建议提案"
    q = filters.CharFilter(
        method="by_text", label="关键词", widget=TextInput({"placeholder": "标题、编号、姓名、拼音"})
    )
    year = filters.ChoiceFilter(method="by_year", label="年度", choices=[], empty_label="全部年度")
    kind = filters.ChoiceFilter(choices=Kind.choices, label="类别", empty_label="全部类别")
    body = filters.ChoiceFilter(choices=Body.choices, label="性质", empty_label="全部性质")
    level = filters.ChoiceFilter(choices=Level.choices, label="层级", empty_label="全部层级")
    state = filters.ChoiceFilter(choices=SuggestionState.choices, label="状态", empty_label="全部状态")
    progress = filters.ChoiceFilter(method="by_progress", choices=PROGRESS, label="进度", empty_label="不限进度")
    making = filters.ChoiceFilter(
        method="by_making", choices=Making.choices, label="提出方式", empty_label="不限提出方式"
    )
    our_role = filters.ChoiceFilter(choices=OurRole.choices, label="办理性质", empty_label="不限办理性质")
    department = filters.ModelChoiceFilter(queryset=Department.objects.all(), label="承办部门", empty_label="全部部门")
    due = filters.ChoiceFilter(method="by_due", choices=DUES, label="期限", empty_label="全部期限")
    answer = filters.ChoiceFilter(method="by_answer", choices=ANSWERS, label="答复", empty_label="全部答复情况")
    verdict = filters.ChoiceFilter(method="by_verdict", choices=VERDICTS, label="评价", empty_label="全部评价")
    told = ResultFilter(method="by_told", label="答复时结果")
    now = ResultFilter(method="by_now", label="现办理结果")
    face = filters.ChoiceFilter(method="by_face", choices=FACES, label="面复", empty_label="不限面复")
    publication = filters.ChoiceFilter(
        method="by_publication", choices=PUBLICATIONS, label="公开", empty_label="不限公开"
    )
    promise = filters.ChoiceFilter(method="by_promise", choices=PROMISES, label="承诺", empty_label="不限承诺")

    extension = filters.ChoiceFilter(method="by_extension", choices=EXTENSIONS, label="延期", empty_label="不限延期")
    first_task = filters.ChoiceFilter(method="by_first_task", choices=[], label="第一任务", empty_label="不限")

    leader = filters.ModelChoiceFilter(queryset=User.objects.none(), label="分管领导", empty_label="全部分管领导")
    review = filters.ChoiceFilter(method="by_review", choices=REVIEWS, label="审核", empty_label="不限审核")
    feedback = filters.ChoiceFilter(method="by_feedback", choices=FEEDBACKS, label="反馈", empty_label="不限反馈")

    class Meta:
        model = Suggestion
        fields: list[str] = []

    def __init__(self, *args: Any, user: User | None = None, **kwargs: Any) -> None:
        """``user``: whose 待我审核 is meant; nobody's without one."""
        self.user = user
        super().__init__(*args, **kwargs)

    def offer(self) -> None:
        self.filters["year"].extra["choices"] = years_of(Suggestion.objects.all(), "received_on", self.today)
        self.filters["leader"].queryset = User.objects.leaders()
        years = FirstTask.objects.values_list("year", flat=True)
        self.filters["first_task"].extra["choices"] = [(str(year), f"{year}年") for year in years]

    @property
    def rows(self) -> SuggestionQuerySet:
        """What must be answered soonest first, then the newest."""
        answered_last = Case(When(state__in=AWAITING_REPLY, then=Value(0)), default=Value(1))
        due = Case(When(state__in=AWAITING_REPLY, then=F("due_on")), default=None)
        return self.qs.order_by(answered_last, due.asc(nulls_last=True), "-received_on", "-pk")

    @property
    def is_narrowed(self) -> bool:
        """Is one of the less used fields set? Then the page shows them open."""
        return not self.chosen.keys().isdisjoint(
            {
                "body",
                "level",
                "answer",
                "verdict",
                "told",
                "now",
                "promise",
                "publication",
                "extension",
                "first_task",
                "department",
                "progress",
                "making",
                "our_role",
                "face",
                "leader",
                "review",
                "feedback",
            }
        )

    def by_text(self, rows: SuggestionQuerySet, name: str, value: str) -> SuggestionQuerySet:
        text = tidy(value)
        named = Proposer.objects.filter(deputy__search_text__icontains=text.casefold())
        return rows.filter(
            Q(title__icontains=text)
            | Q(text__icontains=text)
            | Q(number__icontains=text)
            | Q(pk__in=named.values("suggestion"))
        )

    def by_year(self, rows: SuggestionQuerySet, name: str, value: str) -> SuggestionQuerySet:
        return rows.registered_in(int(value))

    def by_progress(self, rows: SuggestionQuerySet, name: str, value: str) -> SuggestionQuerySet:
        return rows.standing() if value == "ours" else rows.awaiting_reply()

    def by_making(self, rows: SuggestionQuerySet, name: str, value: str) -> SuggestionQuerySet:
        return rows.made_as(value)

    def by_due(self, rows: SuggestionQuerySet, name: str, value: str) -> SuggestionQuerySet:
        return rows.overdue(self.today) if value == "overdue" else due_within(rows, self.today, int(value))

    def by_review(self, rows: SuggestionQuerySet, name: str, value: str) -> SuggestionQuerySet:
        return rows.filter(pk__in=to_review(self.user).values("pk")) if self.user else rows.none()

    def by_feedback(self, rows: SuggestionQuerySet, name: str, value: str) -> SuggestionQuerySet:
        return rows.filter(pk__in=[late.reply.suggestion_id for late in late_feedback(self.today)])

    def by_answer(self, rows: SuggestionQuerySet, name: str, value: str) -> SuggestionQuerySet:
        first = Reply.objects.first_round()
        if value == "none":
            return rows.exclude(replies__in=first)
        wanted = {"on_time": first.on_time, "late": first.late, "any": first.all}
        return rows.answered(wanted[value]())

    def by_face(self, rows: SuggestionQuerySet, name: str, value: str) -> SuggestionQuerySet:
        """At least one proposer was answered face to face."""
        return rows.filter(pk__in=Delivery.objects.filter(how=How.IN_PERSON).values("reply__suggestion"))

    def by_verdict(self, rows: SuggestionQuerySet, name: str, value: str) -> SuggestionQuerySet:
        replies = Reply.objects.all()
        wanted = {
            "returned": replies.returned,
            "satisfied": replies.satisfied,
            "unsatisfied": replies.unsatisfied,
            "by_handlers": replies.typed_by_handlers,
        }
        return rows.answered(wanted[value]())

    def by_promise(self, rows: SuggestionQuerySet, name: str, value: str) -> SuggestionQuerySet:
        promises = Promise.objects.all()
        wanted = {
            "made": promises.standing(),
            "open": promises.open(),
            "overdue": promises.overdue(self.today),
            "kept": promises.kept(),
        }
        return rows.filter(pk__in=wanted[value].values("reply__suggestion"))

    def by_publication(self, rows: SuggestionQuerySet, name: str, value: str) -> SuggestionQuerySet:
        last = Reply.objects.last_round()
        if value == "waiting":
            return rows.answered(last.filter(publication=None))
        published = value == "published"
        wanted = {"publication__published_on__isnull": False} if published else {"publication__scope": value}
        return rows.answered(last.filter(**wanted))

    def by_told(self, rows: SuggestionQuerySet, name: str, value: ResultClass) -> SuggestionQuerySet:
        return rows.answered(Reply.objects.last_round().filter(result_class=value))

    def by_now(self, rows: SuggestionQuerySet, name: str, value: ResultClass) -> SuggestionQuerySet:
        return rows.answered(Reply.objects.last_round().filter(class_now=value))

    def by_first_task(self, rows: SuggestionQuerySet, name: str, value: str) -> SuggestionQuerySet:
        return rows.filter(pk__in=FirstVisit.objects.met().filter(task__year=value).values("suggestions"))

    def by_extension(self, rows: SuggestionQuerySet, name: str, value: str) -> SuggestionQuerySet:
        return rows.filter(pk__in=Extension.objects.waiting().values("suggestion"))
