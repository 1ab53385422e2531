"""Which leader goes to whom: who is paired, who leads the department, the chief for some, the others evenly."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from deputies.models import Deputy, Level, Pairing
from staff.models import Role, User
from suggestions.models import Suggestion

_HIGH = {Level.NATIONAL, Level.PROVINCE}
_HEAD = re.compile("团长|召集人")


@dataclass(frozen=True)
class Leading:
    """A proposed leader and why."""

    leader: User
    why: str


def leading(deputies: Sequence[Deputy], handled: Mapping[int, Sequence[int]], today: date) -> dict[int, Leading]:
    """Person → leader. ``deputies`` know their seats; ``handled`` are the items of each. Empty without any leader."""
    leaders = sorted(User.objects.leaders(), key=lambda user: (user.role != Role.CHIEF, user.pk))
    if not leaders:
        return {}
    bound = _Bound(leaders, deputies, handled, today)
    found = {deputy.pk: known for deputy in deputies if (known := bound.of(deputy))}
    load = Counter(known.leader.pk for known in found.values())
    for deputy in deputies:
        if deputy.pk not in found:
            least = min(leaders, key=lambda leader: load[leader.pk])
            load[least.pk] += 1
            found[deputy.pk] = Leading(least, "各位领导均衡安排")
    return found


class _Bound:
    """Those whose leader is not a matter of evenness."""

    def __init__(
        self, leaders: list[User], deputies: Sequence[Deputy], handled: Mapping[int, Sequence[int]], today: date
    ) -> None:
        self.chief = next((leader for leader in leaders if leader.role == Role.CHIEF), None)
        self.by_department = {leader.department_id: leader for leader in reversed(leaders) if leader.department_id}
        self.by_person, self.by_area = _paired(leaders, deputies, today)
        self.handled, items = handled, {pk for each in handled.values() for pk in each}
        self.department = Suggestion.objects.select_related("department").in_bulk(items)

    def of(self, deputy: Deputy) -> Leading | None:
        return next(self._reasons(deputy), None)

    def _reasons(self, deputy: Deputy) -> Iterator[Leading]:
        if deputy.pk in self.by_person:
            yield Leading(self.by_person[deputy.pk], "挂钩领导")
        if deputy.area_id in self.by_area:
            yield Leading(self.by_area[deputy.area_id], f"挂钩{deputy.area}")
        for item in self.handled[deputy.pk]:
            department = self.department[item].department
            if department and department.pk in self.by_department:
                yield Leading(self.by_department[department.pk], f"承办部门{department}的领导")
        if self.chief and (why := _for_the_chief(deputy)):
            yield Leading(self.chief, why)


def _paired(
    leaders: Collection[User], deputies: Sequence[Deputy], today: date
) -> tuple[dict[int, User], dict[int | None, User]]:
    areas = {deputy.area_id for deputy in deputies if deputy.area_id}
    ours = Pairing.objects.in_force(today).filter(leader__in=leaders).select_related("leader")
    pairings = ours.filter(Q(deputy__in=deputies) | Q(area__in=areas)).order_by("from_on", "pk")
    by_person = {each.deputy_id: each.leader for each in pairings if each.deputy_id}
    return by_person, {each.area_id: each.leader for each in pairings if each.area_id}


def _for_the_chief(deputy: Deputy) -> str:
    for seat in deputy.seats:
        if seat.is_held and seat.term.level in _HIGH:
            return f"{seat.term.seat_name}，由检察长走访"
        if seat.is_held and _HEAD.search(seat.committee_post):
            return f"{seat.group or seat.term}{seat.committee_post}，由检察长走访"
    return ""
