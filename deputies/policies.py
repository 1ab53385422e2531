"""Who may do what with a contact, and when. Each check raises ``Denied`` with what to do instead."""

from datetime import datetime

from django.utils import timezone

from common.denied import Denied
from deputies.models import Contact, FollowUp, Origin
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
        raise Denied("只有撤回人和办公室可以恢复这条联络。")


def check_can_finish(user: User, follow_up: FollowUp) -> None:
    if follow_up.done_at:
        raise Denied("这件后续事项已经完成。")
    if user.role != Role.OFFICE and user.pk not in (follow_up.owner_id, follow_up.contact.recorded_by_id):
        raise Denied(f"这件后续事项由{follow_up.owner}负责，只有责任人、登记人和办公室可以办结。")


def _check_not_derived(contact: Contact) -> None:
    if contact.origin in _MEND_AT:
        raise Denied(_MEND_AT[Origin(contact.origin)])
