"""One FilterSet for the list, its count and its export; a figure of ``stats`` names its rows by this query string."""

import django_filters as filters
from django.db.models import Case, F, Q, Value, When
from django.forms import TextInput

from common.filters import ListFilter, years_of
from common.sensitive import tidy
from deputies.models import Body, Level
from staff.models import Department, User
from suggestions.models import Extension, FirstTask, FirstVisit, Kind, Proposer, Reply, Suggestion, VisitState
from suggestions.models.first_task import FirstVisitQuerySet
from suggestions.models.suggestion import SuggestionQuerySet
from suggestions.stats import due_within
from suggestions.workflow import AWAITING_REPLY, SuggestionState

DUES = [("overdue", "已超期"), ("7", "7天内到期"), ("30", "30天内到期")]
ANSWERS = [("on_time", "按期答复"), ("late", "逾期答复")]
EXTENSIONS = [("waiting", "延期待批")]
PROMISES = [("open", "承诺待落实")]
LISTED = [(state.value, state.label) for state in VisitState if state != VisitState.DROPPED]
SIGNED = [("yes", "已签字"), ("no", "未签字")]
VOICES = [("yes", "提了意见")]
VERDICTS = [("returned", "已反馈"), ("satisfied", "满意或基本满意"), ("unsatisfied", "不满意")]


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
    department = filters.ModelChoiceFilter(queryset=Department.objects.all(), label="承办部门", empty_label="全部部门")
    due = filters.ChoiceFilter(method="by_due", choices=DUES, label="期限", empty_label="全部期限")
    answer = filters.ChoiceFilter(method="by_answer", choices=ANSWERS, label="答复", empty_label="全部答复情况")
    verdict = filters.ChoiceFilter(method="by_verdict", choices=VERDICTS, label="评价", empty_label="全部评价")
    promise = filters.ChoiceFilter(method="by_promise", choices=PROMISES, label="承诺", empty_label="不限承诺")

    extension = filters.ChoiceFilter(method="by_extension", choices=EXTENSIONS, label="延期", empty_label="不限延期")
    first_task = filters.ChoiceFilter(method="by_first_task", choices=[], label="第一任务", empty_label="不限")

    class Meta:
        model = Suggestion
        fields: list[str] = []

    def offer(self) -> None:
        self.filters["year"].extra["choices"] = years_of(Suggestion.objects.all(), "received_on", self.today)
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
            {"body", "level", "answer", "verdict", "promise", "extension", "first_task", "department"}
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

    def by_due(self, rows: SuggestionQuerySet, name: str, value: str) -> SuggestionQuerySet:
        return rows.overdue(self.today) if value == "overdue" else due_within(rows, self.today, int(value))

    def by_answer(self, rows: SuggestionQuerySet, name: str, value: str) -> SuggestionQuerySet:
        first = Reply.objects.first_round()
        return rows.answered(first.on_time() if value == "on_time" else first.late())

    def by_verdict(self, rows: SuggestionQuerySet, name: str, value: str) -> SuggestionQuerySet:
        replies = Reply.objects.all()
        wanted = {"returned": replies.returned, "satisfied": replies.satisfied, "unsatisfied": replies.unsatisfied}
        return rows.answered(wanted[value]())

    def by_promise(self, rows: SuggestionQuerySet, name: str, value: str) -> SuggestionQuerySet:
        return rows.answered(Reply.objects.promising())

    def by_first_task(self, rows: SuggestionQuerySet, name: str, value: str) -> SuggestionQuerySet:
        return rows.filter(pk__in=FirstVisit.objects.met().filter(task__year=value).values("suggestions"))

    def by_extension(self, rows: SuggestionQuerySet, name: str, value: str) -> SuggestionQuerySet:
        return rows.filter(pk__in=Extension.objects.waiting().values("suggestion"))


class FirstVisitFilter(ListFilter):
    """The visits of one year: its page, the figures that lead there, and its export."""

    everything = "全部走访"
    leader = filters.ModelChoiceFilter(queryset=User.objects.none(), label="走访领导", empty_label="全部领导")
    state = filters.ChoiceFilter(label="结果", choices=LISTED, empty_label="全部结果")
    signed = filters.ChoiceFilter(method="by_signed", choices=SIGNED, label="签字", empty_label="不限签字")
    voice = filters.ChoiceFilter(method="by_voice", choices=VOICES, label="代表意见", empty_label="不限意见")

    class Meta:
        model = FirstVisit
        fields: list[str] = []

    def offer(self) -> None:
        going = User.objects.filter(pk__in=self.queryset.values("leader"))
        self.filters["leader"].queryset = going.order_by("pk")
        self.form.auto_id = "filter-%s"  # the dialogs of the page have fields of these names too

    def by_signed(self, rows: FirstVisitQuerySet, name: str, value: str) -> FirstVisitQuerySet:
        return rows.met().filter(signed=value == "yes")

    def by_voice(self, rows: FirstVisitQuerySet, name: str, value: str) -> FirstVisitQuerySet:
        return rows.exclude(voice="")
