"""Whose portraits to make: those of a scope with something to show in the year, and who has nothing."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from deputies.models import Deputy
from deputies.models.deputy import DeputyQuerySet
from profiles.models import Portrait
from suggestions.models import Proposer
from suggestions.stats import answered_between
from suggestions.workflow import NOT_OURS


@dataclass(frozen=True)
class Selection:
    words: str  # what was chosen, for the run: "2026年有联络的全部代表委员"
    deputies: list[Deputy]
    without: list[Deputy]  # chosen, but nothing is known of their year
    again: int  # of ``deputies``, how many have a portrait of the year already


def select(scope: DeputyQuerySet, year: int, words: str) -> Selection:
    with_facts = with_something_to_show(scope, year)
    deputies = list(with_facts.with_namesake_hint().by_name())
    return Selection(
        words=words,
        deputies=deputies,
        without=list(scope.exclude(pk__in=with_facts.values("pk")).by_name()),
        again=Portrait.objects.ready().filter(year=year, deputy__in=deputies).values("deputy").distinct().count(),
    )


def with_something_to_show(scope: DeputyQuerySet, year: int) -> DeputyQuerySet:
    """A contact of the year, or a suggestion received or answered in it. Who has left office since stays in."""
    days = (date(year, 1, 1), date(year, 12, 31))
    answered = answered_between(*days).values("suggestion")
    proposers = Proposer.objects.filter(
        Q(suggestion__received_on__range=days) | Q(suggestion__in=answered, suggestion__received_on__lte=days[1])
    ).exclude(suggestion__state__in=NOT_OURS)
    reached = Deputy.objects.reached_in(year)
    return scope.filter(Q(pk__in=reached.values("pk")) | Q(pk__in=proposers.values("deputy")))
