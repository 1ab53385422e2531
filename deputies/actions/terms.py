"""换届: close one term and open the next, all or nothing, and take it back on the same day."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from common.denied import Denied
from common.undo import Journal, take_back
from deputies import policies
from deputies.actions.people import register_deputy
from deputies.actions.seats import give_seat
from deputies.models import Deputy, Mandate, MandateState, NeutralReason, Term, TermChange
from staff import audit
from staff.models import User


class Member(NamedTuple):
    """One member of the new term; without ``deputy`` a file is opened. An empty ``group`` is that of the old term."""

    name: str
    deputy: Deputy | None = None
    unit: str = ""
    group: str = ""
    committee_post: str = ""


@transaction.atomic
def change_term(*, old: Term, number: int, on: date, members: Sequence[Member], by: User) -> TermChange:
    """Every seat of ``old`` still open ends on ``on`` for 届满; ``members`` get their seats in the next term.
    A seat that somebody already has there is left as it is.

    Those who are not among them keep file, history and every claim to a later answer.
    """
    old = Term.objects.select_for_update().get(pk=old.pk)
    policies.check_can_change_term(by, old)
    journal = Journal()
    groups = dict(Mandate.objects.filter(term=old).values_list("deputy_id", "group"))
    _close(old, on, journal)
    new = _open(old, number, on, journal)
    for member in members:
        _seat(member, new, groups, journal, by)
    change = TermChange.objects.create(old=old, new=new, on=on, steps=journal.steps, done_by=by)
    audit.record("term.changed", by=by, target=change, changes={"new": ["", str(new)], "seats": [0, len(members)]})
    return change


@transaction.atomic
def undo_term_change(*, change: TermChange, by: User) -> TermChange:
    """Everything as it was, on the same day only."""
    change = TermChange.objects.select_for_update(of=("self",)).select_related("old").get(pk=change.pk)
    policies.check_can_undo_term_change(by, change, timezone.localdate())
    TermChange.objects.filter(pk=change.pk).update(undone_at=timezone.now(), undone_by=by)
    take_back(change.steps)
    audit.record("term.change_undone", by=by, target=change)
    change.refresh_from_db()
    return change


def _close(old: Term, on: date, journal: Journal) -> None:
    journal.update(old, ends_on=on)
    expired = {"state": MandateState.ENDED, "state_reason": NeutralReason.EXPIRED, "state_on": on}
    for seat in Mandate.objects.filter(term=old).exclude(state=MandateState.ENDED):
        journal.update(seat, **expired)


def _open(old: Term, number: int, on: date, journal: Journal) -> Term:
    """The next term; one that the office has already registered is taken as it is."""
    key = {"body": old.body, "level": old.level, "place": old.place, "number": number}
    new, is_new = Term.objects.get_or_create(**key, defaults={"starts_on": on})
    if new.pk == old.pk or new.ends_on:
        raise Denied(f"{new}已经结束，请核对新一届的届次。")
    if is_new:
        journal.created(new)
    return new


def _seat(member: Member, new: Term, groups: dict[int, str], journal: Journal, by: User) -> None:
    if member.deputy is None:
        deputy = register_deputy(by=by, name=member.name, unit=member.unit)
        journal.created(deputy)
    else:
        deputy = Deputy.objects.get(pk=member.deputy.pk)
        journal.update(deputy, retired_at=None)
    if deputy.mandates.filter(term=new).exists():
        return
    group = member.group or groups.get(deputy.pk, "")
    journal.created(give_seat(deputy=deputy, term=new, group=group, committee_post=member.committee_post, by=by))
