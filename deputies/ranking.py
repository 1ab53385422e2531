"""Whom of the roster a member of staff probably means. It orders an offer to choose from and says nothing of people.

What was typed decides first (the exact name, reading or initials, then what begins so). Of equals: those paired with
the user, those whom today's activities expect, those whom the user met lately, then whom the house has not contacted
for longest.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, IntegerField, Max, Q, Value, When
from django.db.models.functions import Replace

from common.pinyin import search_key
from deputies.models import ContactDeputy, ContactStaff, Deputy, Pairing
from deputies.models.deputy import DeputyQuerySet
from staff.models import User

MOST = 12
# Of more than these only what was typed and the first three reasons decide: nobody reads that far.
COMPARED = 60
# Of the user's own contacts, the last ones count as lately.
LATELY = 50
PAIRED, EXPECTED, MET, OTHERS = range(4)

Expecting = Callable[[date], Iterable[int]]
_EXPECTING: list[Expecting] = []


def expecting(ids_on: Expecting) -> Expecting:
    """Register where the ids of people come from who are expected on a day: apps above know the day's events."""
    _EXPECTING.append(ids_on)
    return ids_on


@dataclass(frozen=True)
class Favourites:
    """Ids of whom one member of staff deals with. ``recent`` begins with whom he or she met last."""

    paired: frozenset[int]
    paired_areas: frozenset[int]
    expected: frozenset[int]
    recent: tuple[int, ...]

    @property
    def tier(self) -> Case:
        return Case(
            When(Q(pk__in=self.paired) | Q(area__in=self.paired_areas), then=PAIRED),
            When(pk__in=self.expected, then=EXPECTED),
            When(pk__in=self.recent, then=MET),
            default=OTHERS,
            output_field=IntegerField(),
        )


def favourites(user: User, today: date) -> Favourites:
    pairings = Pairing.objects.of(user).in_force(today).values_list("deputy", "area")
    mine = ContactStaff.objects.filter(user=user).order_by("-pk")[:LATELY]
    met = ContactDeputy.objects.filter(contact__in=mine.values("contact"))
    recent = (
        met.filter(contact__withdrawn_at=None)
        .values("deputy")
        .annotate(last=Max("contact__happened_on"))
        .order_by("-last", "deputy")
    )
    return Favourites(
        paired=frozenset(deputy for deputy, _ in pairings if deputy),
        paired_areas=frozenset(area for _, area in pairings if area),
        expected=frozenset(pk for ids_on in _EXPECTING for pk in ids_on(today)),
        recent=tuple(recent.values_list("deputy", flat=True)),
    )


def best_first(query: str, *, user: User, today: date) -> list[Deputy]:
    """At most twelve of those found by ``query`` whose file is open, ready to be listed."""
    liked = favourites(user, today)
    found = Deputy.objects.visible_to(user).filter(retired_at=None).found_by(query)
    ranked = found.alias(full=Replace("pinyin", Value(" "))).annotate(match=_match(query), tier=liked.tier)
    order = ranked.order_by("match", "tier", "pinyin", "pk")
    rows = list(order.values_list("match", "tier", "pinyin", "pk")[:COMPARED])
    last = _last_contacts([pk for *_, pk in rows])
    recency = {pk: place for place, pk in enumerate(liked.recent)}

    def place(row: tuple[int, int, str, int]) -> tuple[Any, ...]:
        match, tier, pinyin, pk = row
        return match, tier, recency.get(pk, 0) if tier == MET else 0, last.get(pk, date.min), pinyin, pk

    best = [pk for *_, pk in sorted(rows, key=place)[:MOST]]
    known = _shown(Deputy.objects.filter(pk__in=best)).in_bulk()
    return [known[pk] for pk in best]


def meant_by(word: str, *, user: User, today: date) -> list[Deputy]:
    """Those whose name, reading or initials ``word`` is; if there are none, all whom it finds. Best first."""
    found = best_first(word, user=user, today=today)
    key = search_key(word)
    exact = [each for each in found if key in (each.name, each.initials, each.pinyin.replace(" ", ""))]
    return exact or found


def named(names: Collection[str], user: User) -> dict[str, list[Deputy]]:
    """Those with exactly these names whose file is open, by name."""
    open_files = Deputy.objects.visible_to(user).filter(retired_at=None, name__in=names)
    found: dict[str, list[Deputy]] = {}
    for deputy in _shown(open_files).by_name():
        found.setdefault(deputy.name, []).append(deputy)
    return found


def _match(query: str) -> Case:
    """0: the exact name, reading or initials; 1: what begins so; 2: the rest. Nothing typed: all are alike."""
    key, name = search_key(query).replace(" ", ""), query.strip()
    cases = [
        When(Q(name=name) | Q(initials=key) | Q(full=key), then=0),
        When(Q(name__startswith=name) | Q(initials__startswith=key) | Q(full__startswith=key), then=1),
    ]
    return Case(*(cases if key else []), default=2, output_field=IntegerField())


def _last_contacts(ids: Collection[int]) -> dict[int, date]:
    touched = ContactDeputy.objects.filter(deputy__in=ids, contact__withdrawn_at=None, contact__method__is_touch=True)
    return dict(touched.values_list("deputy").annotate(last=Max("contact__happened_on")))


def _shown(deputies: DeputyQuerySet) -> DeputyQuerySet:
    return deputies.with_seats().with_namesake_hint()
