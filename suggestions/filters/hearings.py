"""What is heard in session, by year, session and how far it is decomposed."""

import django_filters as filters
from django.db.models import Q
from django.forms import HiddenInput, TextInput

from common.filters import ListFilter, years_of
from common.sensitive import tidy
from deputies.models import Body, Term
from suggestions.models import Hearing, Kind, Suggestion, Utterance
from suggestions.models.hearing import HearingQuerySet, UtteranceQuerySet
from suggestions.models.suggestion import SuggestionQuerySet

SHOWN = [("open", "待分解"), ("decomposed", "已分解"), ("aside", "不需办理")]


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
        rows = suggestions.filter(kind=Kind.DELIBERATION, share=None).standing()
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
