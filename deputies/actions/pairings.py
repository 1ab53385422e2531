"""挂钩: who of the leaders looks after whom, from when to when."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction

from common.denied import Denied
from common.versions import save_version
from deputies.actions.changes import changes_of
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
    type(with_)._default_manager.select_for_update(no_key=True).get(pk=with_.pk)  # one pairing after the other
    for earlier in Pairing.objects.select_for_update().filter(to_on=None, **whom):
        if earlier.from_on >= from_on:
            raise Denied(f"{with_}自{earlier.from_on:%Y-%m-%d}起由{earlier.leader}挂钩，新的挂钩须晚于这一天开始。")
        end_pairing(pairing=earlier, on=from_on - timedelta(days=1), by=by)
    pairing = Pairing(leader=leader, liaison=liaison, from_on=from_on, to_on=to_on, created_by=by, **whom)
    _check_alone(pairing, from_on, to_on)
    pairing.save()
    changes = {"leader": ["", str(leader)], "with": ["", str(with_)], "from_on": ["", str(from_on)]}
    audit.record("deputy.paired", by=by, target=pairing, changes=changes)
    return pairing


@transaction.atomic
def edit_pairing(*, pairing: Pairing, expected: int, by: User, **fields: Any) -> Pairing:
    """Correct what was written down: leader, 联络员, days. Whoever takes over is a new row instead (``pair``)."""
    before = Pairing.objects.select_for_update().get(pk=pairing.pk)
    _check_alone(before, fields.get("from_on", before.from_on), fields.get("to_on", before.to_on))
    told = changes_of(before, fields)
    save_version(pairing, expected=expected, **fields)
    audit.record("deputy.pairing_edited", by=by, target=pairing, changes=told)
    return pairing


@transaction.atomic
def end_pairing(*, pairing: Pairing, on: date, by: User) -> Pairing:
    """``on`` is its last day. Where one is written already, it is corrected (``edit_pairing``) instead."""
    if pairing.to_on:
        raise Denied(f"这项挂钩已写明到{pairing.to_on:%Y-%m-%d}结束，日期有误请用“更正”。")
    if on < pairing.from_on:
        raise Denied(f"挂钩自{pairing.from_on:%Y-%m-%d}开始，不能在此之前结束。")
    before = pairing.to_on
    save_version(pairing, expected=pairing.version, to_on=on)
    audit.record("deputy.pairing_ended", by=by, target=pairing, changes={"to_on": [str(before or ""), str(on)]})
    return pairing


def _check_alone(pairing: Pairing, first: date, last: date | None) -> None:
    """One leader at a time, also among pairings that have ended."""
    same = Pairing.objects.filter(area=pairing.area_id, deputy=pairing.deputy_id).exclude(pk=pairing.pk)
    if other := same.overlapping(first, last).select_related("leader").first():
        until = f"至{other.to_on:%Y-%m-%d}" if other.to_on else "起"
        raise Denied(f"{pairing.whom}在{other.from_on:%Y-%m-%d}{until}由{other.leader}挂钩，两段时间不能重叠。")
