"""Who may do what with the ledger, the files and the lists of the office. ``Denied`` says what to do instead."""

import re
from datetime import date, datetime

from django.utils import timezone

from common.choices import OfficeChoice
from common.denied import Denied
from common.texts import clipped
from deputies.models import (
    Appointment,
    AppointmentRole,
    Body,
    Contact,
    ContactPhoto,
    Deputy,
    DeputyMerge,
    Distinction,
    FollowUp,
    Mandate,
    MandateState,
    Origin,
    Pairing,
    Pause,
    Term,
    TermChange,
)
from deputies.workflow import TRANSITIONS
from staff.models import Role, User
from staff.permissions import P, may

_STANDING = re.compile("常委|常务委员")
_MEND_AT = {
    Origin.ACTIVITY: "这条联络由活动办结时转入，请到该活动中重新开启并修改。",
    Origin.REPLY: "这条联络由建议提案转入，请到该建议提案的面商、答复或第一任务中修改。",
}


def check_can_log(user: User) -> None:
    if not may(user, P.CONTACT_LOG):
        raise Denied("您的角色不登记联络，请联系办公室。")


def check_can_lift(user: User, pause: Pause) -> None:
    """Who set it, or the office."""
    if pause.lifted_at:
        raise Denied("这次暂缓已经取消，请刷新页面查看最新情况。")
    if pause.set_by_id != user.pk and user.role != Role.OFFICE:
        raise Denied(f"这次暂缓由{pause.set_by}登记，只有登记人和办公室可以取消，请与其联系。")


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


def check_can_add(user: User, contact: Contact) -> None:
    """Words, things to do, photos: of a contact that was taken back nobody would see them again."""
    check_can_log(user)
    if contact.withdrawn_at:
        raise Denied("这条联络已撤回，请先恢复再添加。")


def check_can_add_photo(user: User, contact: Contact) -> None:
    """Whoever may log, to each contact in reach: the one who took the picture is often not the one who wrote."""
    check_can_add(user, contact)
    if contact.origin == Origin.ACTIVITY:
        raise Denied("这条联络由活动转入，照片请在该活动中上传。")


def check_can_manage_photo(user: User, photo: ContactPhoto) -> None:
    """Who sent it, who recorded the contact, or the office."""
    if user.role != Role.OFFICE and user.pk not in (photo.uploaded_by_id, photo.contact.recorded_by_id):
        raise Denied(f"这张照片由{photo.uploaded_by}上传，只有上传人、登记人和办公室可以更改，请与其联系。")


def check_can_finish(user: User, follow_up: FollowUp) -> None:
    if follow_up.done_at:
        raise Denied("这件后续事项已经完成，不用重复办结。")
    if user.role != Role.OFFICE and user.pk not in (follow_up.owner_id, follow_up.contact.recorded_by_id):
        raise Denied(f"这件后续事项由{follow_up.owner}负责，只有责任人、登记人和办公室可以办结，请与其联系。")


def check_is_kept(deputy: Deputy) -> None:
    """A closed file gets no new seat and no appointment."""
    if deputy.retired_at:
        raise Denied(f"{deputy}的档案已停用，请先恢复档案。")


def check_can_keep_photo(user: User, deputy: Deputy) -> None:
    if not may(user, P.DEPUTY_EDIT):
        raise Denied("代表委员的档案由办公室维护，请联系办公室。")
    check_is_kept(deputy)


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
    if roles := deputy.appointments.standing(today).select_related("role"):
        names = "、".join(str(each.role) for each in roles)
        raise Denied(f"{deputy}仍在聘任为{names}。请先在档案中办理解聘，再停用档案。")
    if pairing := deputy.pairings.exclude(pk__in=deputy.pairings.past(today)).select_related("leader").first():
        raise Denied(f"{deputy}仍由{pairing.leader}挂钩。请先在“挂钩联系”中结束，再停用档案。")


def check_can_change_term(user: User, term: Term) -> None:
    if not may(user, P.DEPUTY_EDIT):
        raise Denied("换届由办公室办理，请联系办公室。")
    if term.ends_on:
        raise Denied(f"{term}已于{term.ends_on:%Y-%m-%d}结束，不能再次换届。")


def check_can_undo_term_change(user: User, change: TermChange, today: date) -> None:
    if not may(user, P.DEPUTY_EDIT):
        raise Denied("换届由办公室办理，请联系办公室。")
    if change.undone_at:
        raise Denied("这次换届已经撤销。")
    if not change.is_of(today):
        raise Denied("换届只能在办理当天整体撤销；个别有误的，请在各人档案中更正。")


def check_can_see_phone(user: User, deputy: Deputy, today: date) -> None:
    """The office, and who is paired with the person or the area: the leader and the 联络员."""
    if user.role == Role.OFFICE:
        return
    if not Pairing.objects.of(user).in_force(today).covering(deputy).exists():
        raise Denied("电话只有办公室、挂钩领导和挂钩联络员可以查看，请与办公室联系。")


def check_can_merge(user: User, kept: Deputy, lost: Deputy) -> None:
    if not may(user, P.DEPUTY_EDIT):
        raise Denied("合并档案由办公室办理，请联系办公室。")
    if kept.pk == lost.pk:
        raise Denied("这是同一份档案，请选择另一份。")
    for each in (kept, lost):
        if each.merged_into_id:
            raise Denied(f"{each}的档案已并入另一份档案，请刷新页面查看最新情况。")
    if kept.retired_at:
        raise Denied(f"{kept}的档案已停用，请保留另一份，或先恢复这份档案。")
    if apart := Distinction.objects.standing().between(kept, lost).select_related("made_by").first():
        day = timezone.localdate(apart.made_at)
        raise Denied(f"{apart.made_by}已于{day:%Y-%m-%d}确认不是同一人。确需合并，请先在“重复档案”页取消这个标记。")


def check_can_tell_apart(user: User, one: Deputy, other: Deputy) -> None:
    if not may(user, P.DEPUTY_EDIT):
        raise Denied("重复档案由办公室核对，请联系办公室。")
    if one.pk == other.pk:
        raise Denied("这是同一份档案，请选择另一份。")
    if one.merged_into_id or other.merged_into_id:
        raise Denied("其中一份档案已并入另一份，请刷新页面查看最新情况。")
    if Distinction.objects.standing().between(one, other).exists():
        raise Denied("已经确认过不是同一人，不用重复确认。")


def check_can_lift_distinction(user: User, distinction: Distinction) -> None:
    if not may(user, P.DEPUTY_EDIT):
        raise Denied("重复档案由办公室核对，请联系办公室。")
    if distinction.lifted_at:
        raise Denied("这个标记已经取消，请刷新页面查看最新情况。")


def check_can_undo_merge(user: User, merge: DeputyMerge) -> None:
    if not may(user, P.DEPUTY_EDIT):
        raise Denied("合并档案由办公室办理，请联系办公室。")
    if merge.undone_at:
        raise Denied("这次合并已经撤销。")


def conflict_of(deputy: Deputy, role: AppointmentRole) -> str:
    """Why ``deputy`` is not suited to ``role`` (人大常委会组成人员), nothing if there is no reason."""
    if not role.bars_standing_committee:
        return ""
    held = deputy.mandates.filter(state=MandateState.SERVING, term__body=Body.CONGRESS).select_related("term")
    seats = [seat for seat in held if _STANDING.search(seat.committee_post)]
    posts = "、".join(f"{seat.term}{seat.committee_post}" for seat in seats)
    return f"{deputy}是{clipped(posts, 50)}，人大常委会组成人员不宜聘任为{role}" if posts else ""


def check_can_renew(appointment: Appointment) -> None:
    check_is_kept(appointment.deputy)
    if appointment.ended_on:
        raise Denied("这项聘任已经解聘，请重新聘任。")
    if not appointment.to_on:
        raise Denied("这项聘任没有届满日期，不用续聘。")
    if appointment.renewal:
        raise Denied(f"这项聘任已自{appointment.renewal.from_on:%Y-%m-%d}起续聘。")


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
