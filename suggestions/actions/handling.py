"""受理, 退办, 转来信, 分办 and 退回."""

from datetime import date
from typing import Any

from django.db import transaction

from common.denied import Denied
from staff import audit
from staff.models import Department, User
from suggestions import deadlines, policies
from suggestions.actions.due import due_fields, due_for, return_by
from suggestions.actions.forgetting import forget_case
from suggestions.actions.moves import locked, move, needed, not_in_future, taken_is_denied, the_day
from suggestions.models import OurRole, Suggestion
from suggestions.workflow import SuggestionState

LETTER = "代表委员来信"


@transaction.atomic
def accept(
    *,
    suggestion: Suggestion,
    assigned_on: date,
    by: User,
    our_role: OurRole | None = None,
    due_on: date | None = None,
    due_source: str = "",
    lead_unit: str = "",
    assigned_by: str = "",
) -> Suggestion:
    """受理. The law counts from ``assigned_on``, whenever a department gets it.

    ``due_on`` with ``due_source`` is a day that the assigning body fixed itself (六个月, 决议另定 …).
    ``lead_unit`` is whom a 会办意见 goes to.
    """
    suggestion = locked(suggestion)
    policies.check_can_accept(by, suggestion)
    not_in_future(assigned_on, "交办日")
    if assigned_on < suggestion.received_on:
        raise Denied(f"交办日不能早于收到日期（{suggestion.received_on}）。")
    if suggestion.assigned_on and assigned_on > suggestion.assigned_on:
        raise Denied(f"期限自首次交办日（{suggestion.assigned_on}）起算，重新受理不能往后改。")
    role = OurRole(our_role or suggestion.our_role)
    if role == OurRole.JOINT and not (lead_unit.strip() or suggestion.lead_unit):
        raise Denied("本院会办的，请填写主办单位：会办意见送主办单位，由其答复代表委员。")
    due = _deadline(suggestion, assigned_on, role, due_on, due_source)
    facts: dict[str, Any] = {"our_role": role, "assigned_on": assigned_on, **due_fields(due)}
    facts |= {name: text.strip() for name, text in (("lead_unit", lead_unit), ("assigned_by", assigned_by)) if text}
    move(suggestion, SuggestionState.ACCEPTED, by=by, on=assigned_on, remark=role.label, **facts)
    audit.record("suggestion.accepted", by=by, target=suggestion, changes={"due_on": ["", str(due.day)]})
    return suggestion


@transaction.atomic
def distribute(
    *, suggestion: Suggestion, department: Department, by: User, leader: User | None = None, on: date | None = None
) -> Suggestion:
    """分办 to a department, with the leader in charge; without one any of the leaders reviews."""
    suggestion = locked(suggestion)
    policies.check_can_distribute(by, suggestion)
    if department.closed_on:
        raise Denied(f"{department}已撤销，请选择现有部门。")
    day = the_day(on)
    if suggestion.assigned_on and day < suggestion.assigned_on:
        raise Denied(f"分办日期不能早于交办日（{suggestion.assigned_on}）。")
    move(
        suggestion,
        SuggestionState.HANDLING,
        by=by,
        on=day,
        remark=str(department),
        department=department,
        leader=leader,
    )
    audit.record("suggestion.assigned", by=by, target=suggestion)
    return suggestion


@transaction.atomic
def assign(
    *,
    suggestion: Suggestion,
    department: Department,
    assigned_on: date,
    by: User,
    leader: User | None = None,
    **acceptance: Any,
) -> Suggestion:
    """受理 and 分办 on one day, as a small house does; ``acceptance`` as in :func:`accept`."""
    accepted = accept(suggestion=suggestion, assigned_on=assigned_on, by=by, **acceptance)
    return distribute(suggestion=accepted, department=department, leader=leader, by=by, on=assigned_on)


@transaction.atomic
def accept_and_distribute(
    *, suggestion: Suggestion, by: User, department: Department | None, leader: User | None, **acceptance: Any
) -> Suggestion:
    """受理, and 分办 at once where a department is named."""
    if department is None:
        return accept(suggestion=suggestion, by=by, **acceptance)
    return assign(suggestion=suggestion, department=department, leader=leader, by=by, **acceptance)


@transaction.atomic
def hand_back(*, suggestion: Suggestion, reason: str, by: User, on: date | None = None) -> Suggestion:
    """Not this department's: back to the office. The clock runs on (交办日 and the deadline stay)."""
    suggestion = locked(suggestion)
    policies.check_can_hand_back(by, suggestion)
    remark = needed(reason, "请写明退回的理由。")
    move(suggestion, SuggestionState.ACCEPTED, by=by, on=the_day(on), remark=remark, department=None, leader=None)
    audit.record("suggestion.handed_back", by=by, target=suggestion)
    return suggestion


@transaction.atomic
def give_back(
    *, suggestion: Suggestion, reason: str, by: User, today: date, consent: str = "", on: date | None = None
) -> Suggestion:
    """退办: not ours, back to the assigning body with the reason; after the days for it only with its consent."""
    suggestion = locked(suggestion)
    policies.check_can_give_back(by, suggestion)
    remark, day = needed(reason, "请写明退办的理由和建议的承办单位。"), the_day(on)
    last = return_by(suggestion)
    if last and day > last.day and not consent.strip():
        raise Denied(f"退办期限（{last.day}）已过，须经交办单位同意：请写明谁、怎样同意的。")
    remark = f"{remark}（交办单位意见：{consent.strip()}）" if consent.strip() else remark
    move(suggestion, SuggestionState.RETURNED, by=by, on=day, remark=remark)
    audit.record("suggestion.given_back", by=by, target=suggestion)
    return suggestion


@transaction.atomic
def take_again(*, suggestion: Suggestion, reason: str, by: User, on: date | None = None) -> Suggestion:
    """The assigning body did not take it back: it is ours again, and is accepted anew."""
    suggestion = locked(suggestion)
    policies.check_can_take_again(by, suggestion)
    remark = needed(reason, "请写明交办单位的答复。")
    with taken_is_denied():
        move(suggestion, SuggestionState.REGISTERED, by=by, on=the_day(on), remark=remark)
    audit.record("suggestion.taken_again", by=by, target=suggestion)
    return suggestion


@transaction.atomic
def transfer(*, suggestion: Suggestion, letter_number: str, by: User, on: date | None = None) -> Suggestion:
    """转来信: it is about one concrete case. A number and a date stay; words and names go (三个规定, 代表法 59)."""
    suggestion = locked(suggestion)
    policies.check_can_transfer(by, suggestion)
    number = needed(letter_number, "请填写来信登记编号。")
    forget_case(suggestion)
    emptied: dict[str, Any] = {"due_reason": LETTER} if suggestion.due_on else {}
    emptied |= {"title": LETTER, "text": "", "source": None, "field": None, "organisation": ""}
    move(
        suggestion,
        SuggestionState.TRANSFERRED,
        by=by,
        on=the_day(on),
        remark=f"来信编号{number}",
        **emptied,
        organisation_kind="",
    )
    audit.record("suggestion.transferred", by=by, target=suggestion, reason=f"来信编号{number}")
    return suggestion


def _deadline(
    suggestion: Suggestion, assigned_on: date, role: OurRole, due_on: date | None, due_source: str
) -> deadlines.Deadline:
    if due_on is None:
        return due_for(suggestion, role, assigned_on)
    if due_on < assigned_on:
        raise Denied("交办单位另定的期限不能早于交办日。")
    return deadlines.set_by_assigner(due_on, needed(due_source, "另定期限的，请写明依据（如交办通知、决议）。"))
