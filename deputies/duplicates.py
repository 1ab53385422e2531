"""Which two files may be one person. The same name alone is no reason: each pair says what else speaks for it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from common.pinyin import search_key
from deputies.models import Body, Deputy, Distinction
from deputies.models.deputy import DeputyQuerySet

TAIL = 4  # digits of a telephone number


@dataclass(frozen=True)
class Pair:
    """``why`` speaks for one person, ``but`` against it; each a sentence."""

    one: Deputy
    other: Deputy
    why: tuple[str, ...]
    but: tuple[str, ...]


def pairs(deputies: DeputyQuerySet) -> list[Pair]:
    """Those with most in common first, without those told apart for good. A constant number of queries."""
    apart = {frozenset(pair) for pair in Distinction.objects.standing().values_list("one", "other")}
    alike = _alike(deputies.with_seats().order_by("pk"))
    found = (pair_of(one, other) for one, other in alike if frozenset([one.pk, other.pk]) not in apart)
    return sorted(
        (pair for pair in found if pair.why), key=lambda pair: (len(pair.but) - len(pair.why), pair.one.pinyin)
    )


def pair_of(one: Deputy, other: Deputy) -> Pair:
    """Two files compared, whether or not anything speaks for one person."""
    why, but = tuple(_reasons(one, other)), tuple(_doubts(one, other))
    alone = len(why) == 1 and search_key(one.name) == search_key(other.name)
    return Pair(one, other, () if alone else why, but)


def _alike(deputies: Iterable[Deputy]) -> Iterator[tuple[Deputy, Deputy]]:
    """Those who share the name, or the telephone number and the reading of the name."""
    groups: dict[tuple[str, ...], list[Deputy]] = defaultdict(list)
    for deputy in deputies:
        groups["name", search_key(deputy.name)].append(deputy)
        if _digits(deputy):
            groups["phone", _digits(deputy), deputy.pinyin].append(deputy)
    seen = set()
    for group in groups.values():
        for one, other in combinations(group, 2):
            if (one.pk, other.pk) not in seen:
                seen.add((one.pk, other.pk))
                yield one, other


def _reasons(one: Deputy, other: Deputy) -> Iterator[str]:
    if search_key(one.name) == search_key(other.name):
        yield "姓名相同"
    elif one.pinyin == other.pinyin:
        yield "姓名读音相同，可能是错别字"
    if one.unit and search_key(one.unit) == search_key(other.unit):
        yield f"单位相同：{one.unit}"
    if _digits(one) and _digits(one)[-TAIL:] == _digits(other)[-TAIL:]:
        yield f"电话尾号相同：{_digits(one)[-TAIL:]}"
    yield from _shared_seats(one, other)


def _shared_seats(one: Deputy, other: Deputy) -> Iterator[str]:
    for seat in one.seats:
        for twin in other.seats:
            first, second = seat.term, twin.term
            same_house = (first.body, first.level, first.place) == (second.body, second.level, second.place)
            if seat.certificate_no and seat.certificate_no == twin.certificate_no:
                yield f"证号相同：{seat.certificate_no}"
            elif same_house and seat.group == twin.group and abs(first.number - second.number) < 2:
                house = f"{first.place}{Body(first.body).label}"
                yield f"先后或同届在{house}任职" + (f"，都在{seat.group}" if seat.group else "")


def _doubts(one: Deputy, other: Deputy) -> Iterator[str]:
    if one.sex and other.sex and one.sex != other.sex:
        yield "性别不同"
    if one.born_on and other.born_on and one.born_on != other.born_on:
        yield "出生年月不同"
    if _digits(one) and _digits(other) and _digits(one) != _digits(other):
        yield "电话不同"
    terms = {seat.term_id: seat for seat in one.seats if seat.is_held}
    for twin in other.seats:
        seat = terms.get(twin.term_id)
        if seat and twin.is_held and (seat.group != twin.group or seat.certificate_no != twin.certificate_no):
            yield f"同为{twin.term.seat_name}，而代表团、界别或证号不同"


def _digits(deputy: Deputy) -> str:
    return "".join(char for char in deputy.phone if char.isdecimal())
