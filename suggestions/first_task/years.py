"""The years of the 第一任务 side by side: the house's own work, each number a link to exactly its rows."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from staff.models import User
from suggestions.models import FirstTask, FirstVisit, Kind, Reply, Suggestion, VisitState
from suggestions.models.suggestion import SuggestionQuerySet
from suggestions.stats import SHORT, unit_of


@dataclass(frozen=True)
class Cell:
    """A number with its unit and the list of its rows."""

    value: int
    unit: str
    url: str
    label: str = ""


@dataclass(frozen=True)
class Year:
    """Satisfaction is told only of items that have come back evaluated (``returned``, the denominator)."""

    task: FirstTask
    leaders: Cell
    listed: Cell
    met: Cell
    not_met: Cell
    waiting: Cell
    signed: Cell
    voices: Cell
    items: list[Cell]
    returned: Cell
    satisfied: Cell
    unsatisfied: Cell

    @property
    def day(self) -> date | None:
        return self.task.the_day


def years(user: User) -> list[Year]:
    """The newest first; a constant number of queries (but for days that are not approved)."""
    figures, items = _visits(user), _Items(user)
    return [_year(task, figures.get(task.year, {}), items) for task in FirstTask.objects.visible_to(user)]


def _visits(user: User) -> dict[int, dict[str, Any]]:
    rows = FirstVisit.objects.visible_to(user).listed().order_by().values("task__year")
    met = Q(state=VisitState.MET)
    counted = rows.annotate(
        listed=Count("pk"),
        leaders=Count("leader", distinct=True),
        met=Count("pk", filter=met),
        not_met=Count("pk", filter=Q(state=VisitState.NOT_MET)),
        waiting=Count("pk", filter=Q(state=VisitState.PLANNED)),
        signed=Count("pk", filter=met & Q(signed=True)),
        voices=Count("pk", filter=~Q(voice="")),
    )
    return {row["task__year"]: dict(row) for row in counted}


class _Items:
    """What was answered at the visits, by year and kind; and what of it was evaluated."""

    def __init__(self, user: User) -> None:
        self.mine = Suggestion.objects.visible_to(user)
        replies = Reply.objects.all()
        self.answered = self._by_year(self.mine)
        self.returned = self._by_year(self.mine.answered(replies.returned()))
        self.satisfied = self._by_year(self.mine.answered(replies.satisfied()))
        self.unsatisfied = self._by_year(self.mine.answered(replies.unsatisfied()))

    def _by_year(self, rows: SuggestionQuerySet) -> dict[int, dict[Kind, int]]:
        visits = FirstVisit.objects.met().filter(suggestions__in=rows)
        pairs = visits.order_by().values_list("task__year", "suggestions__kind")
        found: dict[int, dict[Kind, int]] = defaultdict(dict)
        for year, kind, number in pairs.annotate(Count("suggestions", distinct=True)):
            found[year][Kind(kind)] = number
        return found


def _year(task: FirstTask, figures: dict[str, Any], items: _Items) -> Year:
    page, ledger = reverse("suggestions:first-task-year", args=[task.year]), reverse("suggestions:list")
    asked = f"{ledger}?first_task={task.year}"

    def people(name: str, query: str, unit: str = "人") -> Cell:
        return Cell(figures.get(name, 0), unit, f"{page}?{query}" if query else page)

    def all_kinds(of: dict[int, dict[Kind, int]], query: str) -> Cell:
        kinds = of.get(task.year, {})
        return Cell(sum(kinds.values()), unit_of(kinds or [Kind.SUGGESTION]), f"{asked}&{query}")

    answered = items.answered.get(task.year, {})
    return Year(
        task=task,
        leaders=people("leaders", ""),
        listed=people("listed", ""),
        met=people("met", f"state={VisitState.MET}"),
        not_met=people("not_met", f"state={VisitState.NOT_MET}"),
        waiting=people("waiting", f"state={VisitState.PLANNED}"),
        signed=people("signed", "signed=yes"),
        voices=people("voices", "voice=yes", "条"),
        items=[
            Cell(answered[kind], unit_of([kind]), f"{asked}&kind={kind}", SHORT[kind])
            for kind in Kind
            if kind in answered
        ],
        returned=all_kinds(items.returned, "verdict=returned"),
        satisfied=all_kinds(items.satisfied, "verdict=satisfied"),
        unsatisfied=all_kinds(items.unsatisfied, "verdict=unsatisfied"),
    )
