"""挂钩: who of the leaders looks after whom, from when to when."""

from datetime import date, timedelta

from django.db import transaction

from common.denied import Denied
from deputies.models import Area, Deputy, Pairing
from staff import audit
from staff.models import User


@transaction.atomic
def pair(
    *,
    leader: User,
    with_: Area | Deputy,
    from_on: date,
    by: User,
    liaison: User | None = None,
    to_on: date | None = None,
) -> Pairing:
    """Pair a leader with an area or a person. An open pairing of the same area or person ends the day before."""
    whom = {"area": with_} if isinstance(with_, Area) else {"deputy": with_}
    for earlier in Pairing.objects.select_for_update().filter(to_on=None, **whom):
        if earlier.from_on >= from_on:
            raise Denied(f"{with_}自{earlier.from_on:%Y-%m-%d}起由{earlier.leader}挂钩，新的挂钩须晚于这一天开始。")
        end_pairing(pairing=earlier, on=from_on - timedelta(days=1), by=by)
    pairing = Pairing.objects.create(
        leader=leader, liaison=liaison, from_on=from_on, to_on=to_on, created_by=by, **whom
    )
    changes = {"leader": ["", str(leader)], "with": ["", str(with_)], "from_on": ["", str(from_on)]}
    audit.record("deputy.paired", by=by, target=pairing, changes=changes)
    return pairing


@transaction.atomic
def end_pairing(*, pairing: Pairing, on: date, by: User) -> Pairing:
    """``on`` is its last day."""
    if on < pairing.from_on:
        raise Denied(f"挂钩自{pairing.from_on:%Y-%m-%d}开始，不能在此之前结束。")
    before, pairing.to_on = pairing.to_on, on
    pairing.save(update_fields=["to_on"])
    audit.record("deputy.pairing_ended", by=by, target=pairing, changes={"to_on": [str(before or ""), str(on)]})
    return pairing
