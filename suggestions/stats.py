"""What suggestions count for. 件 and 条 are apart; each figure carries the query of the list that shows its rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models
from django.db.models import Count, Q

from deputies.models import Deputy
from deputies.stats.waiting import last_touches
from staff.models import User
from suggestions.models import FORMAL, Evaluation, Kind, Promise, Proposer, Reply, ResultClass, Suggestion
from suggestions.models.hearing import UtteranceQuerySet
from suggestions.models.promise import PromiseQuerySet
from suggestions.models.suggestion import SuggestionQuerySet
from suggestions.workflow import NOT_OURS, SuggestionState

A_YEAR = timedelta(days=365)
# Below so many returned forms a percentage says more than is known.
ENOUGH_FOR_PERCENT = 5
# 「x件建议、y件提案、z条审议意见」: the short names that stand behind a number.
SHORT = {Kind.SUGGESTION: "建议", Kind.PROPOSAL: "提案", Kind.DELIBERATION: "审议意见", Kind.EVERYDAY: "日常意见"}


def unit_of(kinds: Iterable[Kind]) -> str:
    """件 for formal kinds, 条 for spoken ones, 项 only where a list mixes both (and then the parts are told)."""
    formal = {kind in FORMAL for kind in kinds}
    return "项" if len(formal) > 1 else "条" if formal == {False} else "件"


# Below so many a percentage says more than is known.
ENOUGH_FOR_PERCENT = 5


@dataclass(frozen=True)
class Counts:
    """How many of each kind a list holds."""

    by_kind: tuple[tuple[Kind, int], ...]

    @property
    def total(self) -> int:
        return sum(number for _, number in self.by_kind)

    @property
    def unit(self) -> str:
        return unit_of(kind for kind, _ in self.by_kind)

    @property
    def parts(self) -> str:
        """Empty where there is only one kind."""
        if len(self.by_kind) < 2:
            return ""
        return "、".join(f"{number}{unit_of([kind])}{SHORT[kind]}" for kind, number in self.by_kind)


def counts(rows: SuggestionQuerySet) -> Counts:
    numbers = dict(rows.order_by().values_list("kind").annotate(Count("pk")))
    return Counts(tuple((kind, numbers[kind]) for kind in Kind if kind in numbers))


@dataclass(frozen=True)
class Figure:
    """A number with its unit and the query string of the list that shows exactly its rows."""

    number: int
    unit: str
    query: str


def figure(rows: SuggestionQuerySet, query: str) -> Figure:
    counted = counts(rows)
    return Figure(counted.total, counted.unit, query)


def percent(part: int, whole: int) -> int | None:
    """None where ``whole`` (forms returned, items answered) is too small. Whoever prints it prints ``whole`` too."""
    return round(100 * part / whole) if whole >= ENOUGH_FOR_PERCENT else None


@dataclass(frozen=True)
class HouseYear:
    """The house's own work. The first block is of the year's items, the second of today, whatever their year.

    Satisfaction is counted in items whose last reply has come back evaluated (``returned``, the denominator);
    one dissatisfied proposer makes the item unsatisfied.
    """

    received: Figure
    by_kind: tuple[tuple[str, Figure], ...]
    on_time: Figure
    late: Figure
    returned: Figure
    satisfied: Figure
    unsatisfied: Figure

    promises: Figure
    unsatisfied_open: Figure


def house_year(year: int) -> HouseYear:
    rows, replies = Suggestion.objects.registered_in(year), Reply.objects.all()
    mine = f"year={year}"
    return HouseYear(
        received=figure(rows, mine),
        by_kind=tuple((kind.label, _of_kind(rows, kind, f"{mine}&kind={kind}")) for kind in Kind),
        on_time=figure(rows.answered(replies.first_round().on_time()), f"{mine}&answer=on_time"),
        late=figure(rows.answered(replies.first_round().late()), f"{mine}&answer=late"),
        returned=figure(rows.answered(replies.returned()), f"{mine}&verdict=returned"),
        satisfied=figure(rows.answered(replies.satisfied()), f"{mine}&verdict=satisfied"),
        unsatisfied=figure(rows.answered(replies.unsatisfied()), f"{mine}&verdict=unsatisfied"),
        promises=figure(Suggestion.objects.answered(replies.promising()), "promise=open"),
        # A dissatisfied verdict sends the item back into handling until it is answered again.
        unsatisfied_open=figure(
            Suggestion.objects.awaiting_reply().answered(replies.unsatisfied()),
            "verdict=unsatisfied&progress=awaiting",
        ),
    )


def _of_kind(rows: SuggestionQuerySet, kind: Kind, query: str) -> Figure:
    return Figure(rows.filter(kind=kind).count(), unit_of([kind]), query)


def due_within(rows: SuggestionQuerySet, today: date, days: int) -> SuggestionQuerySet:
    return rows.due_between(today, today + timedelta(days=days))


@dataclass(frozen=True)
class ResultFigures:
    """One class of result: how many were told so, and how many stand so now. Each is a link to its rows."""

    result: ResultClass
    told: Figure
    now: Figure


def results(rows: SuggestionQuerySet, query: str) -> list[ResultFigures]:
    """Of the last replies to ``rows``, class by class, also the classes that nobody got: for reports of a year.

    ``query`` is the query string of the list that shows ``rows``.
    """
    last = Reply.objects.last_round()
    found = []
    for result in ResultClass.objects.all():
        told, now = last.filter(result_class=result), last.filter(class_now=result)
        found.append(
            ResultFigures(
                result,
                figure(rows.answered(told), f"{query}&told={result.code}"),
                figure(rows.answered(now), f"{query}&now={result.code}"),
            )
        )
    return found


@dataclass(frozen=True)
class PromiseFigure:
    """A number of promises, in 项, and the query of the ledger that shows them."""

    label: str
    number: int
    query: str
    tone: str = ""


def promise_figures(promises: PromiseQuerySet, today: date) -> list[PromiseFigure]:
    """What the ledger says above its rows, whatever is filtered below."""
    year = promises.kept().filter(kept_on__year=today.year)
    figures = [
        PromiseFigure("待落实", promises.open().count(), "state=open"),
        PromiseFigure("已逾期", promises.overdue(today).count(), "state=overdue", "bad"),
        PromiseFigure("30天内到期", promises.due_within(today, 30).count(), "state=30", "warn"),
        PromiseFigure("待补时限或责任人", promises.incomplete().count(), "state=incomplete", "warn"),
        PromiseFigure(f"{today.year}年已落实", year.count(), f"state=kept&kept={today.year}"),
    ]
    return [each if each.number else PromiseFigure(each.label, 0, each.query) for each in figures]


def unvisited(user: User, today: date) -> dict[int, date]:
    """Proposers whom nobody met since they were answered on paper in the last year → the day of the latest answer."""
    answered = Reply.objects.last_round().filter(in_person=False, replied_on__range=(today - A_YEAR, today))
    known = Suggestion.objects.visible_to(user).filter(state__in=[SuggestionState.REPLIED, SuggestionState.CLOSED])
    pairs = answered.filter(suggestion__in=known).values_list("suggestion__proposers__deputy", "replied_on")
    latest = {deputy: day for deputy, day in pairs.order_by("replied_on") if deputy}
    met = last_touches(latest)
    return {deputy: day for deputy, day in latest.items() if met.get(deputy, date.min) < day}


def promised(user: User) -> dict[int, int]:
    """Proposers who wait for a second answer → in how many items."""
    waiting = Suggestion.objects.visible_to(user).answered(Reply.objects.promising())
    rows = Proposer.objects.filter(suggestion__in=waiting).values_list("deputy").annotate(Count("pk"))
    return dict(rows)


@dataclass(frozen=True)
class SuggestionItem:
    """One suggestion as its proposer sees it at the end of the year: what was asked, what was done, what was said."""

    ref: str  # "suggestion:12"
    title: str
    kind: str
    unit: str
    role: str
    received_on: date
    steps: int
    replied_on: date | None
    summary: str
    result_class: str
    in_person: bool
    evaluation: str
    kept_on: date | None
    kept_how: str


@dataclass(frozen=True)
class SuggestionYear:
    """What one deputy proposed, was answered or was answered again (二次答复) in one year, oldest first."""

    items: tuple[SuggestionItem, ...]


def answered_between(first: date, last: date) -> models.QuerySet[Reply]:
    """Replies that went out, or were followed by a 二次答复, in these days."""
    days = (first, last)
    return Reply.objects.filter(Q(replied_on__range=days) | Q(promises__kept_on__range=days))


def of_deputy(deputy: Deputy, year: int) -> SuggestionYear:
    """Facts up to the end of ``year``; what happened later belongs to the next year's page."""
    days = (date(year, 1, 1), date(year, 12, 31))
    answered = answered_between(*days)
    ours = (
        Proposer.objects.filter(deputy=deputy)
        .filter(
            Q(suggestion__received_on__range=days) | Q(suggestion__in=answered.values("suggestion")),
            suggestion__received_on__lte=days[1],
        )
        .exclude(suggestion__state__in=NOT_OURS)
        .select_related("suggestion")
        .order_by("suggestion__received_on", "suggestion_id")
    )
    return SuggestionYear(tuple(_item(proposer, days[1]) for proposer in ours))


def _item(proposer: Proposer, until: date) -> SuggestionItem:
    suggestion = proposer.suggestion
    replies = suggestion.replies.filter(replied_on__lte=until).select_related("result_class")
    reply = replies.order_by("-round").first()
    kept = kept_until(reply, until) if reply else []
    return SuggestionItem(
        ref=f"suggestion:{suggestion.pk}",
        title=suggestion.title,
        kind=suggestion.get_kind_display(),
        unit=suggestion.unit,
        role=proposer.get_role_display(),
        received_on=suggestion.received_on,
        steps=suggestion.steps.filter(happened_on__lte=until).count(),
        replied_on=reply.replied_on if reply else None,
        summary=reply.summary if reply else "",
        result_class=str(reply.result_class) if reply else "",
        in_person=bool(reply and reply.in_person),
        evaluation=_verdict(reply, proposer.deputy, until) if reply else "",
        kept_on=kept[-1].kept_on if kept else None,
        kept_how="；".join(promise.kept_how for promise in kept),
    )


def kept_until(reply: Reply, until: date) -> list[Promise]:
    """Its promises that were answered by that day, as they were answered."""
    return list(reply.promises.filter(kept_on__lte=until).order_by("kept_on", "pk"))


def _verdict(reply: Reply, deputy: Deputy, until: date) -> str:
    found = Evaluation.objects.filter(reply=reply, deputy=deputy, received_on__lte=until).first()
    return found.words if found else ""


@dataclass(frozen=True)
class Meter:
    """How far what was said in session has been decomposed, in 条; ``show`` of ``UtteranceFilter`` gives the rows."""

    said: int
    decomposed: int
    aside: int
    open: int


def meter(utterances: UtteranceQuerySet) -> Meter:
    return Meter(
        utterances.count(),
        utterances.decomposed().count(),
        utterances.set_aside().count(),
        utterances.open().count(),
    )
