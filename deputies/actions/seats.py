"""Seats and appointments: what a deputy is, until when."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q

from common.denied import Denied
from common.versions import save_version
from deputies import policies
from deputies.actions.changes import changes_of
from deputies.models import Appointment, AppointmentRole, Deputy, Mandate, MandateState, NeutralReason, Term
from staff import audit
from staff.models import User


@transaction.atomic
def give_seat(
    *, deputy: Deputy, term: Term, by: User, group: str = "", certificate_no: str = "", committee_post: str = ""
) -> Mandate:
    policies.check_is_kept(deputy)
    facts = {"group": group, "certificate_no": certificate_no, "committee_post": committee_post}
    mandate, is_new = Mandate.objects.get_or_create(deputy=deputy, term=term, defaults=facts)
    if not is_new:
        raise Denied(f"{deputy}已登记为{term}的{term.seat_name}，不用重复登记。")
    audit.record("deputy.seat_given", by=by, target=deputy, changes={"seat": ["", term.seat_name]})
    return mandate


@transaction.atomic
def edit_seat(*, seat: Mandate, expected: int, by: User, **fields: Any) -> Mandate:
    """Correct what was written down of a seat: group, certificate number, post."""
    told = changes_of(Mandate.objects.get(pk=seat.pk), fields)
    save_version(seat, expected=expected, **fields)
    audit.record("deputy.seat_edited", by=by, target=seat, changes=told)
    return seat


@transaction.atomic
def move_seat(
    *, seat: Mandate, state: MandateState, on: date, expected: int, by: User, reason: NeutralReason | None = None
) -> Mandate:
    """暂停, 终止, 恢复在任. Whoever leaves a seat does so for a neutral reason; who comes back needs none."""
    before = Mandate.objects.select_related("term", "deputy").get(pk=seat.pk)
    policies.check_can_move_seat(before, state)
    fields = {"state": state, "state_on": on, "state_reason": reason or ""}
    told = changes_of(before, fields)
    save_version(seat, expected=expected, **fields)
    audit.record("deputy.seat_moved", by=by, target=seat, changes=told)
    return seat


@transaction.atomic
def appoint(
    *,
    deputy: Deputy,
    role: AppointmentRole,
    from_on: date,
    by: User,
    to_on: date | None = None,
    number: str = "",
    conflict_ok: bool = False,
    renews: Appointment | None = None,
) -> Appointment:
    """Appoint from–to; the same role twice at one time is refused, a renewal starts after the old end.

    A conflict with a seat is refused unless it was seen (``conflict_ok``); then it stays written with the appointment.
    """
    deputy = Deputy.objects.select_for_update(no_key=True).get(pk=deputy.pk)  # one appointment after the other
    policies.check_is_kept(deputy)
    conflict = policies.conflict_of(deputy, role)
    if conflict and not conflict_ok:
        raise Denied(f"{conflict}。如确需聘任，请确认后再办。")
    _check_free(deputy, role, from_on, to_on)
    appointment = Appointment.objects.create(
        deputy=deputy, role=role, number=number, from_on=from_on, to_on=to_on, created_by=by, renews=renews,
        conflict_note=conflict[:120],
    )  # fmt: skip
    event = "deputy.appointment_renewed" if renews else "deputy.appointed"
    audit.record(event, by=by, target=deputy, reason=conflict[:200], changes={"role": ["", str(role)]})
    return appointment


@transaction.atomic
def renew_appointment(*, appointment: Appointment, by: User, **facts: Any) -> Appointment:
    """续聘: the next appointment of the same person to the same role, linked to the one before."""
    appointment = Appointment.objects.select_for_update(of=("self",)).get(pk=appointment.pk)
    policies.check_can_renew(appointment)
    return appoint(deputy=appointment.deputy, role=appointment.role, by=by, renews=appointment, **facts)


def _check_free(deputy: Deputy, role: AppointmentRole, first: date, last: date | None) -> None:
    same = Appointment.objects.filter(Q(to_on=None) | Q(to_on__gte=first), deputy=deputy, role=role, ended_on=None)
    if last:
        same = same.filter(from_on__lte=last)
    if same.exists():
        raise Denied(f"{deputy}在这段时间内已聘任为{role}。续聘请从原聘期届满次日起算。")


@transaction.atomic
def end_appointment(*, appointment: Appointment, on: date, reason: str, by: User) -> Appointment:
    """解聘: not in force from ``on``. Who was appointed and when stays written."""
    policies.check_can_end_appointment(appointment)
    standing = Appointment.objects.filter(pk=appointment.pk, ended_on=None)
    if not standing.update(ended_on=on, ended_reason=reason):
        raise Denied("这项聘任已经解聘。")
    changes = {"role": [str(appointment.role), ""], "ended_on": ["", str(on)]}
    audit.record("deputy.appointment_ended", by=by, target=appointment.deputy, reason=reason, changes=changes)
    appointment.refresh_from_db()
    return appointment
