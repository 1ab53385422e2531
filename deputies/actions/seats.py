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
    if Mandate.objects.filter(deputy=deputy, term=term).exists():
        raise Denied(f"{deputy}已登记为{term}的{term.seat_name}，不用重复登记。")
    mandate = Mandate.objects.create(
        deputy=deputy, term=term, group=group, certificate_no=certificate_no, committee_post=committee_post
    )
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
    *, deputy: Deputy, role: AppointmentRole, from_on: date, by: User, to_on: date | None = None, number: str = ""
) -> Appointment:
    """Appoint from–to; the same role twice at one time is refused, a renewal starts after the old end."""
    policies.check_is_kept(deputy)
    same = Appointment.objects.filter(Q(to_on=None) | Q(to_on__gte=from_on), deputy=deputy, role=role, ended_on=None)
    if to_on:
        same = same.filter(from_on__lte=to_on)
    if same.exists():
        raise Denied(f"{deputy}在这段时间内已聘任为{role}。续聘请从原聘期届满次日起算。")
    appointment = Appointment.objects.create(
        deputy=deputy, role=role, number=number, from_on=from_on, to_on=to_on, created_by=by
    )
    audit.record("deputy.appointed", by=by, target=deputy, changes={"role": ["", str(role)]})
    return appointment


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
