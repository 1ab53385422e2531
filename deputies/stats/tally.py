"""Counting persons by how they were met, in the database: one query, however many people and contacts."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Case, DateField, F, Max, QuerySet, Value, When
from django.db.models.functions import Coalesce, Least

from deputies.models import Appointment, ContactMethod, Mandate
from deputies.models.last_contact import touches
from staff.models import User

# 聘任 stands beside the ways of meeting, and is none of them: the page says why.
APPOINTED = "appointed"

# Seats beside the last contacts of their holders: both sides are grouped before they meet, which the ORM cannot say.
# ``one`` is 1 on one of the rows of each person, so that nobody counts twice in a total.
_SQL = """
SELECT {keys}, one, COUNT(*), {sums}
FROM (
  SELECT s.*, CASE WHEN ROW_NUMBER() OVER (PARTITION BY person ORDER BY person) = 1 THEN 1 ELSE 0 END AS one
  FROM ({seats}) s
) seats
LEFT JOIN ({met}) met ON met.person = seats.person
LEFT JOIN ({appointed}) appointed ON appointed.person = seats.person
GROUP BY {keys}, one
"""


Key = tuple[Any, ...]


class Way(NamedTuple):
    """A way of meeting, named by the key of its method, or 聘任."""

    key: str
    name: str


class Tally(NamedTuple):
    """Persons, those of them met at least once, and those by each way."""

    people: int
    reached: int
    ways: tuple[int, ...]


class Counted(NamedTuple):
    """The persons of one key. ``is_once``: only those who stand under no other key with this flag."""

    key: Key
    is_once: bool
    tally: Tally


def ways_of_meeting() -> list[Way]:
    methods = ContactMethod.objects.filter(is_touch=True).order_by("order", "pk")
    return [*(Way(str(method.pk), method.name) for method in methods), Way(APPOINTED, "聘任")]


def total(tallies: Iterable[Tally], ways: int) -> Tally:
    """Their sum; of nobody at all, so many zeros."""
    found = [Tally(0, 0, (0,) * ways), *tallies]
    people, reached, by_way = zip(*found, strict=True)
    return Tally(sum(people), sum(reached), tuple(map(sum, zip(*by_way, strict=True))))


def count(
    seats: QuerySet[Mandate], columns: Key, since: date | F, last: date, ways: list[Way], *, user: User, today: date
) -> list[Counted]:
    """The holders of ``seats`` by ``columns``, met from ``since`` (a day, or a column of the seat) to ``last``."""
    keys = [f"key{number}" for number in range(len(columns))]
    start = since if isinstance(since, F) else Value(since, DateField())
    first = date.min if isinstance(since, F) else since
    rows = seats.values(person=F("deputy"), since=start, **dict(zip(keys, columns, strict=True))).distinct()
    sides = {"seats": rows, "met": _met(first, last, ways, user, today), "appointed": _appointed(last)}
    compiled = {name: side.order_by().query.sql_with_params() for name, side in sides.items()}
    days = ["met.last_on", *(f"met.way{number}" for number in range(len(ways) - 1)), "appointed.until"]
    sums = ", ".join(f"SUM(CASE WHEN {day} >= seats.since THEN 1 ELSE 0 END)" for day in days)
    sql = _SQL.format(keys=", ".join(keys), sums=sums, **{name: text for name, (text, _) in compiled.items()})
    with connection.cursor() as cursor:
        cursor.execute(sql, [value for _, values in compiled.values() for value in values])
        return [_counted(row, len(keys)) for row in cursor.fetchall()]


def _counted(row: tuple[Any, ...], width: int) -> Counted:
    is_once, people, reached, *ways = row[width:]
    return Counted(row[:width], bool(is_once), Tally(people, reached, tuple(ways)))


def _met(first: date, last: date, ways: list[Way], user: User, today: date) -> QuerySet[Any]:
    """Of each person the last day in the period, in all and by each way."""
    by_way = {f"way{number}": Max(Case(When(by=way.key, then="on"))) for number, way in enumerate(ways[:-1])}
    met = touches(first, last, user=user, today=today)
    return met.values(person=F("deputy")).annotate(last_on=Max("on"), **by_way)


def _appointed(last: date) -> QuerySet[Any]:
    """Of each person appointed by then, until when the longest appointment runs."""
    ends = Least(Coalesce("ended_on", date.max), Coalesce("to_on", date.max), output_field=DateField())
    begun = Appointment.objects.filter(from_on__lte=last)
    return begun.values(person=F("deputy")).annotate(until=Max(ends))
