"""Whom have we reached and whom not, in a year or in a term, by level, area, group or leader, and by which way.

A figure is a number of persons (人). Somebody with several seats is one person; in the lines of levels and groups he
or she stands in the line of each seat, which is why those lines add up to more. Every figure carries the query of the
list of exactly these persons: list and figure ask the same ``touches``.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.db.models import Case, F, Q, QuerySet, TextChoices, When

from deputies.models import Area, Body, Level, Mandate, Pairing, Term
from deputies.stats.outlook import Outlook, outlook
from deputies.stats.tally import Counted, Key, Tally, Way, count, total, ways_of_meeting
from staff.models import Role, User

# django-filter's word for "has none" in a query string.
NONE = "null"
UNNAMED = "未登记"
_SEAT_WORDS = {Body.CONGRESS: "人大代表", Body.CPPCC: "政协委员"}


class By(TextChoices):
    LEVEL = "level", "层级"
    AREA = "area", "板块"
    GROUP = "group", "代表团/界别"
    LEADER = "leader", "挂钩领导"


@dataclass(frozen=True)
class Period:
    """A year of those now serving, or a term of those who sit in it (who sat in it, once it is over)."""

    first: date
    last: date
    label: str
    query: dict[str, str]
    term: Term | None = None

    @classmethod
    def of_year(cls, year: int) -> "Period":
        return cls(date(year, 1, 1), date(year, 12, 31), f"{year}年", {"year": str(year)})

    @classmethod
    def of_term(cls, term: Term, today: date) -> "Period":
        query = {"term": str(term.pk)} | ({"state": "all"} if term.ends_on and term.ends_on < today else {})
        return cls(term.starts_on, term.ends_on or date.max, str(term), query, term)

    def seats(self) -> QuerySet[Mandate]:
        if "state" in self.query:
            return Mandate.objects.filter(term=self.term)
        held = Mandate.objects.held()
        return held.filter(term=self.term) if self.term else held


@dataclass(frozen=True)
class Figure:
    """So many persons, the query of their list, and the way if it is one."""

    value: int
    query: str
    name: str = ""


@dataclass(frozen=True)
class Line:
    """One line of the table: all its persons, the unreached first, then the reached, then by each way."""

    label: str
    people: Figure
    unreached: Figure
    reached: Figure
    ways: tuple[Figure, ...]
    outlook: Outlook | None = None
    detail: str = ""  # the period in which this line is a page of its own

    @property
    def unreached_at_end(self) -> int | None:
        """Expected; None where the term has no end ahead."""
        if self.outlook is None or self.outlook.is_over:
            return None
        return self.outlook.unreached(self.people.value, self.reached.value)

    @property
    def needed_a_month(self) -> int | None:
        if self.outlook is None or self.outlook.is_over:
            return None
        return self.outlook.needed_a_month(self.people.value, self.reached.value)


@dataclass(frozen=True)
class Coverage:
    """``total`` counts each person once; several terms have none. ``ways`` names the figures ``Line.ways``."""

    total: Line | None
    lines: list[Line]
    ways: list[str]

    @property
    def prospect(self) -> Outlook | None:
        return self.total.outlook if self.total else None

    @property
    def has_outlook(self) -> bool:
        return any(line.outlook for line in self.lines)

    @property
    def total_by_way(self) -> list[tuple[str, int]]:
        return [(figure.name, figure.value) for figure in self.total.ways] if self.total else []


class _Group(NamedTuple):
    """A line to be: its key, its words, what its lists filter by."""

    key: Key
    label: str
    query: dict[str, str]


def coverage(period: Period, by: By, *, user: User, today: date) -> Coverage:
    ways = ways_of_meeting()
    columns, lines_from = _SPLITS[by]
    counted = count(period.seats(), columns(today), period.first, period.last, ways, user=user, today=today)
    groups, lines_of = lines_from(counted, today)
    tallies: dict[Key, list[Tally]] = defaultdict(list)
    for each in counted:
        for key in lines_of(each.key):
            tallies[key].append(each.tally)
    prospect = _prospect(period.term, user, today) if period.term else None
    return Coverage(
        total=_line("合计", period.query, [each.tally for each in counted if each.is_once], ways, prospect),
        lines=[
            _line(group.label, period.query | group.query, tallies[group.key], ways, prospect)
            for group in groups
            if group.key in tallies
        ],
        ways=[way.name for way in ways],
    )


def coverage_of_terms(*, user: User, today: date) -> Coverage:
    """Each open term by its own days. No total: a person counts in each term in which he or she sits."""
    ways, levels = ways_of_meeting(), list(Level)
    open_now = Term.objects.filter(Q(ends_on=None) | Q(ends_on__gte=today), retired_on=None, starts_on__lte=today)
    terms = sorted(open_now, key=lambda term: (term.body == Body.CPPCC, levels.index(Level(term.level)), term.pk))
    seats = Mandate.objects.held().filter(term__in=open_now.values("pk"))
    tallies: dict[int, list[Tally]] = defaultdict(list)
    for (pk,), _, tally in count(seats, (F("term"),), F("term__starts_on"), date.max, ways, user=user, today=today):
        tallies[pk].append(tally)
    lines = [
        replace(
            _line(str(term), Period.of_term(term, today).query, tallies[term.pk], ways, _prospect(term, user, today)),
            detail=f"term-{term.pk}",
        )
        for term in terms
        if term.pk in tallies
    ]
    return Coverage(None, lines, [way.name for way in ways])


def _prospect(term: Term, user: User, today: date) -> Outlook | None:
    """A handler sees a part of the contacts: from a part nothing can be foretold."""
    return None if user.role == Role.HANDLER else outlook(term, today)


def _line(label: str, query: dict[str, str], tallies: list[Tally], ways: list[Way], prospect: Outlook | None) -> Line:
    def figure(value: int, **more: str) -> Figure:
        return Figure(value, urlencode(query | more))

    summed = total(tallies, len(ways))
    return Line(
        label=label,
        people=figure(summed.people),
        unreached=figure(summed.people - summed.reached, reached="no"),
        reached=figure(summed.reached, reached="yes"),
        ways=tuple(
            Figure(number, urlencode(query | {"way": way.key}), way.name)
            for way, number in zip(ways, summed.ways, strict=True)
        ),
        outlook=prospect,
    )


# The lines in their order, and in which of them somebody with this key stands.
_Lines = tuple[list[_Group], Callable[[Key], list[Key]]]


def _alone(key: Key) -> list[Key]:
    return [key]


def _levels(counted: list[Counted], today: date) -> _Lines:
    return [
        _Group((body, level), f"{level.label}{_SEAT_WORDS[body]}", {"body": body, "level": level})
        for body in Body
        for level in Level
    ], _alone


def _groups(counted: list[Counted], today: date) -> _Lines:
    bodies, levels = list(Body), list(Level)

    def place(key: Key) -> tuple[Any, ...]:
        body, level, group = key
        return bodies.index(body), levels.index(level), group == "", group

    keys = sorted({each.key for each in counted}, key=place)
    return [
        _Group(
            (body, level, group),
            f"{Level(level).label}{_SEAT_WORDS[body]}　{group or UNNAMED}",
            {"body": body, "level": level, "group": group or UNNAMED},
        )
        for body, level, group in keys
    ], _alone


def _areas(counted: list[Counted], today: date) -> _Lines:
    known = [_Group((area.pk,), area.name, {"area": str(area.pk)}) for area in Area.objects.all()]
    return [*known, _Group((None,), "未登记板块", {"area": NONE})], _alone


def _leaders(counted: list[Counted], today: date) -> _Lines:
    """Somebody may have two leaders, one with the area and one alone, and then stands in both lines."""
    names: dict[int, str] = {}
    of_area: dict[int | None, set[int]] = defaultdict(set)
    of_person: dict[int | None, set[int]] = defaultdict(set)
    for pairing in Pairing.objects.in_force(today).select_related("leader"):
        names[pairing.leader_id] = pairing.leader.name
        (of_person if pairing.deputy_id else of_area)[pairing.deputy_id or pairing.area_id].add(pairing.leader_id)

    def lines_of(key: Key) -> list[Key]:
        area, person = key
        return [(leader,) for leader in of_person[person] | of_area[area]] or [(None,)]

    known = [_Group((pk,), names[pk], {"leader": str(pk)}) for pk in sorted(names, key=lambda pk: (names[pk], pk))]
    return [*known, _Group((None,), "未挂钩", {"leader": NONE})], lines_of


# By which columns of a seat persons are counted, and how the lines come of them. Whoever is paired as a person is
# counted alone: there are few of them.
_SPLITS: dict[By, tuple[Callable[[date], tuple[Any, ...]], Callable[[list[Counted], date], _Lines]]] = {
    By.LEVEL: (lambda today: (F("term__body"), F("term__level")), _levels),
    By.GROUP: (lambda today: (F("term__body"), F("term__level"), F("group")), _groups),
    By.AREA: (lambda today: (F("deputy__area"),), _areas),
    By.LEADER: (lambda today: (F("deputy__area"), _paired_alone(today)), _leaders),
}


def _paired_alone(today: date) -> Case:
    alone = Pairing.objects.in_force(today).filter(deputy__isnull=False)
    return Case(When(deputy__in=alone.values("deputy"), then=F("deputy")))
