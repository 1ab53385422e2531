"""Who may do what with the ledger, the files and the lists of the office. ``Denied`` says what to do instead."""

from datetime import date, datetime

from django.utils import timezone

from common.choices import OfficeChoice
from common.denied import Denied
from deputies.models import Appointment, Contact, Deputy, FollowUp, Mandate, MandateState, Origin
from deputies.workflow import TRANSITIONS
from staff.models import Role, User
from staff.permissions import P, may

_MEND_AT = {
    Origin.ACTIVITY: "这条联络由活动办结时转入，请到该活动中重新开启并修改。",
    Origin.REPLY: "这条联络由当面答复转入，请到该建议提案的答复中修改。",
}


def check_can_log(user: User) -> None:
    if not may(user, P.CONTACT_LOG):
        raise Denied("您的角色不登记联络，请联系办公室。")


def check_can_edit_contact(user: User, contact: Contact) -> None:
    """Who recorded it, or the office; rows written by an activity or a reply are mended there."""
    _check_not_derived(contact)
    if contact.withdrawn_at:
        raise Denied("这条联络已撤回，请先恢复再修改。")
    if contact.recorded_by_id != user.pk and user.role != Role.OFFICE:
        raise Denied(f"这条联络由{contact.recorded_by}登记，只有登记人和办公室可以修改，请与其联系。")


def check_can_withdraw(user: User, contact: Contact, now: datetime) -> None:
    """One's own on the day it was recorded, the office any day."""
    _check_not_derived(contact)
    if user.role == Role.OFFICE:
        return
    if contact.recorded_by_id != user.pk:
        raise Denied(f"这条联络由{contact.recorded_by}登记，只有登记人和办公室可以撤回，请与其联系。")
    if timezone.localdate(contact.recorded_at) != timezone.localdate(now):
        raise Denied("只能撤回当天登记的联络。如需更正请使用“修改”，确需撤回请联系办公室。")


def check_can_restore(user: User, contact: Contact) -> None:
    """Who took it back, or the office."""
    _check_not_derived(contact)
    if contact.withdrawn_by_id != user.pk and user.role != Role.OFFICE:
        raise Denied("只有撤回人和办公室可以恢复这条联络，请与其联系。")


def check_can_finish(user: User, follow_up: FollowUp) -> None:
    if follow_up.done_at:
        raise Denied("这件后续事项已经完成，不用重复办结。")
    if user.role != Role.OFFICE and user.pk not in (follow_up.owner_id, follow_up.contact.recorded_by_id):
        raise Denied(f"这件后续事项由{follow_up.owner}负责，只有责任人、登记人和办公室可以办结，请与其联系。")


def check_is_kept(deputy: Deputy) -> None:
    """A closed file gets no new seat and no appointment."""
    if deputy.retired_at:
        raise Denied(f"{deputy}的档案已停用，请先恢复档案。")


def check_can_move_seat(seat: Mandate, state: MandateState) -> None:
    if state not in TRANSITIONS[MandateState(seat.state)]:
        raise Denied(f"{seat.term.seat_name}身份现为“{seat.get_state_display()}”，请刷新页面查看最新情况。")
    if state == MandateState.SERVING:
        check_is_kept(seat.deputy)


def check_can_retire(deputy: Deputy, today: date) -> None:
    """Nobody who still is something for us disappears from the lists."""
    if deputy.retired_at:
        raise Denied(f"{deputy}的档案已经停用。")
    seats = deputy.mandates.exclude(state=MandateState.ENDED).select_related("term")
    if seats:
        names = "、".join(seat.term.seat_name for seat in seats)
        raise Denied(f"{deputy}的{names}身份尚未终止。请先在档案中将身份办理终止，再停用档案。")
    if roles := deputy.appointments.in_force(today).select_related("role"):
        names = "、".join(str(each.role) for each in roles)
        raise Denied(f"{deputy}仍在聘任为{names}。请先在档案中办理解聘，再停用档案。")


def check_can_end_appointment(appointment: Appointment) -> None:
    if appointment.ended_on:
        raise Denied(f"这项聘任已于{appointment.ended_on:%Y-%m-%d}解聘。")


def check_can_keep_choices(user: User) -> None:
    if not may(user, P.BASICS_EDIT):
        raise Denied("基础资料由办公室维护，请联系办公室。")


def check_can_retire_choice(user: User, row: OfficeChoice) -> None:
    check_can_keep_choices(user)
    if row.is_relied_on:
        raise Denied(f"“{row}”由系统自动记入台账，可以改名，不能停用。")


def _check_not_derived(contact: Contact) -> None:
    if contact.origin in _MEND_AT:
        raise Denied(_MEND_AT[Origin(contact.origin)])
