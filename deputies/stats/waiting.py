"""Whom the house should meet next, as far as the ledger knows: an order of our own work, never of persons."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Count, Max, Q, QuerySet

from deputies.models import (
    Contact,
    ContactDeputy,
    ContactMethod,
    Deputy,
    LastContact,
    Mandate,
    Pause,
    QuietTime,
    Term,
)
from deputies.models.deputy import DeputyQuerySet
from deputies.stats.outlook import outlook

# Whoever was met is left in peace for so long; without a contact for so long somebody should be met.
REST, LONG = timedelta(days=30), timedelta(days=180)
# So many contacts in so many days are enough for anybody.
ENOUGH, LATELY = 4, timedelta(days=90)


@dataclass(frozen=True)
class Waiting:
    """One person with the last days of contact, and how many there were lately."""

    deputy: Deputy
    last_on: date | None
    visited_on: date | None
    active_on: date | None
    lately: int

    @property
    def is_tired(self) -> bool:
        return self.lately >= ENOUGH


def at_peace(people: DeputyQuerySet, today: date) -> DeputyQuerySet:
    """Without those for whom a pause or a quiet time (两会) stands."""
    people = people.exclude(pk__in=Pause.objects.in_force(today).values("deputy"))
    for quiet in QuietTime.in_force(today):
        people = people.exclude(pk__in=quiet.deputies().values("pk"))
    return people


def waiting(
    people: DeputyQuerySet, owed: Collection[int], today: date, first: int, most: int
) -> tuple[list[Waiting], int]:
    """The next ``most`` from place ``first`` on, and how many there are in all.

    First those to whom we owe something (``owed``), then those never met, then those not met for longest. Any
    contact, by whomever, takes a person out until ``REST`` is over.
    """
    met = {days.deputy: days for days in _rested(people, owed, today)}
    once_met = _touches().values("deputy").distinct()
    unmet = people.exclude(pk__in=once_met).by_name().values_list("pk", flat=True)
    order = sorted([*unmet, *met], key=lambda pk: pk not in owed)
    shown = order[first : first + most]
    found, lately = Deputy.objects.with_seats().with_namesake_hint().in_bulk(shown), _lately(shown, today)
    active, nothing = _active(shown), _Days(0, None, None)
    return [Waiting(found[pk], *met.get(pk, nothing)[1:], active.get(pk), lately.get(pk, 0)) for pk in shown], len(
        order
    )


class _Days(NamedTuple):
    """When one person was last met at all, and last visited."""

    deputy: int
    last_on: date | None
    visited_on: date | None


def _touches() -> QuerySet[LastContact]:
    # By the few keys that do not count: joining the methods to every row would cost more than the whole question.
    uncounted = ContactMethod.objects.filter(is_touch=False)
    return LastContact.objects.exclude(method__in=[method.pk for method in uncounted])


def _rested(people: DeputyQuerySet, owed: Collection[int], today: date) -> list[_Days]:
    """Those met before whose rest is over and for whom there is a reason, longest ago first."""
    visit = ContactMethod.objects.get(code="visit")
    half = [term for term in Term.objects.filter(starts_on__lte=today) if is_past_half(term, today)]
    last_begun = max((term.starts_on for term in half), default=date.min)
    rows = (
        _touches()
        .values_list("deputy")
        .annotate(on=Max("last_on"), visited=Max("last_on", filter=Q(method=visit.pk)))
        .filter(on__lt=today - REST)
        .filter(Q(on__lt=today - LONG) | Q(deputy__in=owed) | Q(visited=None) | Q(visited__lt=last_begun))
        .order_by("on", "deputy")
    )
    # Of a few candidates it is quick to say who is meant; joined to every row it would take most of the time.
    candidates = [_Days(*row) for row in rows]
    meant = set(people.filter(pk__in=[days.deputy for days in candidates]).values_list("pk", flat=True))
    found = [days for days in candidates if days.deputy in meant]
    sure = {days.deputy for days in found if days.deputy in owed or today - LONG > (days.last_on or date.min)}
    begun = _begun([days.deputy for days in found if days.deputy not in sure], half)
    return [
        days
        for days in found
        if days.deputy in sure or any(day > (days.visited_on or date.min) for day in begun[days.deputy])
    ]


def _active(people: list[int]) -> dict[int, date]:
    """When each of them last came to an activity."""
    rows = LastContact.objects.filter(deputy__in=people, method__code="activity")
    return dict(rows.values_list("deputy", "last_on"))


def _begun(people: list[int], terms: list[Term]) -> dict[int, list[date]]:
    """Of each of them, when those of ``terms`` began in which they sit."""
    began: dict[int, list[date]] = defaultdict(list)
    seats = Mandate.objects.held().filter(deputy__in=people, term__in=[term.pk for term in terms])
    for deputy, day in seats.values_list("deputy", "term__starts_on"):
        began[deputy].append(day)
    return began


def last_touches(people: Collection[int]) -> dict[int, date]:
    """When each of them was last met; without those never met."""
    return dict(_touches().filter(deputy__in=people).values_list("deputy").annotate(Max("last_on")))


def reasons(person: Waiting, today: date) -> list[str]:
    """Why the ledger proposes this person, in words."""
    held = [seat for seat in person.deputy.seats if seat.is_held]
    told = [_since(person.last_on, min((seat.term.starts_on for seat in held), default=date.min), today)]
    for seat in held:
        if is_past_half(seat.term, today) and not (person.visited_on and person.visited_on >= seat.term.starts_on):
            told.append(f"{seat.term.seat_name}任期过半未走访")
    if person.active_on and person.active_on != person.last_on and today - person.active_on > LONG:
        told.append(f"上次参加活动{(today - person.active_on).days}天前")
    return told


def is_past_half(term: Term, today: date) -> bool:
    prospect = outlook(term, today)
    return prospect.days_gone >= prospect.days_left


def _since(last_on: date | None, began: date, today: date) -> str:
    if last_on is None:
        return "尚无联络记录"
    words = f"上次联络{(today - last_on).days}天前"
    return f"本届尚未联络，{words}" if last_on < began else words


def _lately(people: list[int], today: date) -> dict[int, int]:
    contacts = Contact.objects.touching().filter(happened_on__gte=today - LATELY)
    met = ContactDeputy.objects.filter(deputy__in=people, contact__in=contacts)
    return dict(met.values_list("deputy").annotate(Count("pk")))
