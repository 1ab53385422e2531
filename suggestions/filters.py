"""One FilterSet for the list, its count and its export; a figure of ``stats`` names its rows by this query string."""

import django_filters as filters
from django.db.models import Case, F, Q, Value, When
from django.forms import HiddenInput, TextInput

from common.filters import ListFilter, years_of
from common.sensitive import tidy
from deputies.models import Body, Level, Term
from staff.models import Department
from suggestions.models import Extension, Hearing, Kind, Proposer, Reply, Suggestion, Utterance
from suggestions.models.hearing import HearingQuerySet, UtteranceQuerySet
from suggestions.models.suggestion import SuggestionQuerySet
from suggestions.stats import due_within
from suggestions.workflow import AWAITING_REPLY, SuggestionState

DUES = [("overdue", "已超期"), ("7", "7天内到期"), ("30", "30天内到期")]
ANSWERS = [("on_time", "按期答复"), ("late", "逾期答复")]
EXTENSIONS = [("waiting", "延期待批")]
PROMISES = [("open", "承诺待落实")]
SHOWN = [("open", "待分解"), ("decomposed", "已分解"), ("aside", "不需办理")]
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

    class Meta:
        model = Suggestion
        fields: list[str] = []

    def offer(self) -> None:
        self.filters["year"].extra["choices"] = years_of(Suggestion.objects.all(), "received_on", self.today)

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
            {"body", "level", "answer", "verdict", "promise", "extension", "department"}
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

    def by_extension(self, rows: SuggestionQuerySet, name: str, value: str) -> SuggestionQuerySet:
        return rows.filter(pk__in=Extension.objects.waiting().values("suggestion"))


class HearingFilter(ListFilter):
    everything = "全部旁听场次"
    year = filters.ChoiceFilter(method="by_year", label="年度", choices=[], empty_label="全部年度")
    body = filters.ChoiceFilter("term__body", choices=Body.choices, label="性质", empty_label="全部性质")

    class Meta:
        model = Hearing
        fields: list[str] = []

    def offer(self) -> None:
        self.filters["year"].extra["choices"] = years_of(Hearing.objects.all(), "held_on", self.today)

    @property
    def rows(self) -> HearingQuerySet:
        return self.qs.with_counts().order_by("-held_on", "-pk")

    def by_year(self, rows: HearingQuerySet, name: str, value: str) -> HearingQuerySet:
        return rows.filter(held_on__year=int(value))


class UtteranceFilter(ListFilter):
    """What was said in a year, a session or at one hearing: page, 分解表 and Annex-5 table share it."""

    everything = "全部旁听发言"
    q = filters.CharFilter(method="by_text", label="关键词", widget=TextInput({"placeholder": "原话、发言人、拼音"}))
    year = filters.ChoiceFilter(method="by_year", label="年度", choices=[], empty_label="全部年度")
    session = filters.ChoiceFilter(method="by_session", label="会议", choices=[], empty_label="全部会议")
    hearing = filters.ModelChoiceFilter(queryset=Hearing.objects.none(), label="场次", widget=HiddenInput)
    show = filters.ChoiceFilter(method="by_show", choices=SHOWN, label="分解情况", empty_label="全部发言")

    class Meta:
        model = Utterance
        fields: list[str] = []

    def offer(self) -> None:
        heard = Hearing.objects.filter(pk__in=self.queryset.values("hearing"))
        unheard = Suggestion.objects.filter(kind=Kind.DELIBERATION, share=None)
        years = {*years_of(heard, "held_on", self.today), *years_of(unheard, "received_on", self.today)}
        self.filters["year"].extra["choices"] = sorted(years, reverse=True)
        self.filters["session"].extra["choices"] = _sessions(heard, unheard.exclude(session=""))
        self.filters["hearing"].queryset = Hearing.objects.all()

    def besides(self, suggestions: SuggestionQuerySet) -> SuggestionQuerySet:
        """审议意见 registered without a hearing, of the same year and session; none under conditions on utterances."""
        if self.chosen.keys() - {"year", "session"}:
            return suggestions.none()
        rows = suggestions.filter(kind=Kind.DELIBERATION, share=None).exclude(state=SuggestionState.WITHDRAWN)
        if year := self.chosen.get("year"):
            rows = rows.registered_in(int(year))
        if session := self.chosen.get("session"):
            term, _, name = session.partition("-")
            rows = rows.filter(term=int(term), session=name)
        return rows

    def by_text(self, rows: UtteranceQuerySet, name: str, value: str) -> UtteranceQuerySet:
        text = tidy(value)
        named = Q(heard_as__icontains=text) | Q(speaker__search_text__contains=text.casefold())
        return rows.filter(Q(words__icontains=text) | named)

    def by_year(self, rows: UtteranceQuerySet, name: str, value: str) -> UtteranceQuerySet:
        return rows.heard_in(int(value))

    def by_session(self, rows: UtteranceQuerySet, name: str, value: str) -> UtteranceQuerySet:
        term, _, session = value.partition("-")
        return rows.filter(hearing__term=int(term), hearing__session=session)

    def by_show(self, rows: UtteranceQuerySet, name: str, value: str) -> UtteranceQuerySet:
        wanted = {"open": rows.open, "decomposed": rows.decomposed, "aside": rows.set_aside}
        return wanted[value]()


def _sessions(heard: HearingQuerySet, unheard: SuggestionQuerySet) -> list[tuple[str, str]]:
    """知禾区第5届人大五次会议 and so on, the latest first."""
    rows = [*heard.values_list("term", "session", "held_on"), *unheard.values_list("term", "session", "received_on")]
    terms = Term.objects.in_bulk([term for term, _, _ in rows if term])
    latest = sorted((row for row in rows if row[0]), key=lambda row: row[2], reverse=True)
    return list({f"{term}-{session}": f"{terms[term]}{session}" for term, session, _ in latest}.items())
