"""交办, 退回 and the steps of the work."""

from datetime import date

from django.db import transaction

from common.denied import Denied
from staff import audit
from staff.models import Department, User
from suggestions import deadlines, policies
from suggestions.actions.due import due_fields, due_for
from suggestions.actions.moves import locked, move, needed, not_in_future, the_day
from suggestions.models import OurRole, Step, Suggestion
from suggestions.workflow import SuggestionState


@transaction.atomic
def assign(
    *,
    suggestion: Suggestion,
    department: Department,
    assigned_on: date,
    by: User,
    our_role: OurRole | None = None,
    due_on: date | None = None,
    due_source: str = "",
) -> Suggestion:
    """交办 to a department. The law counts from ``assigned_on``, so a second assignment keeps the first day.

    ``due_on`` with ``due_source`` is a day that the assigning body fixed itself (六个月, 决议另定 …).
    """
    suggestion = locked(suggestion)
    policies.check_can_assign(by, suggestion)
    if department.closed_on:
        raise Denied(f"{department}已撤销，请选择现有部门。")
    _check_assigned_on(suggestion, assigned_on)
    role = OurRole(our_role or suggestion.our_role)
    due = _deadline(suggestion, assigned_on, role, due_on, due_source)
    facts = {"department": department, "our_role": role, "assigned_on": assigned_on, **due_fields(due)}
    remark = f"{department}{role.label}"
    move(suggestion, SuggestionState.HANDLING, by=by, on=assigned_on, remark=remark, **facts)
    audit.record("suggestion.assigned", by=by, target=suggestion, changes={"due_on": ["", str(due.day)]})
    return suggestion


@transaction.atomic
def hand_back(*, suggestion: Suggestion, reason: str, by: User, on: date | None = None) -> Suggestion:
    """Not this department's: back to the office. The clock runs on (交办日 and the deadline stay)."""
    suggestion = locked(suggestion)
    policies.check_can_hand_back(by, suggestion)
    remark = needed(reason, "请写明退回的理由。")
    move(suggestion, SuggestionState.REGISTERED, by=by, on=the_day(on), remark=remark, department=None)
    audit.record("suggestion.handed_back", by=by, target=suggestion, reason=remark)
    return suggestion


@transaction.atomic
def add_step(*, suggestion: Suggestion, happened_on: date, what: str, by: User) -> Step:
    """One dated step of the work (案件化办理): meeting, research, hearing."""
    suggestion = locked(suggestion)
    policies.check_can_add_step(by, suggestion)
    not_in_future(happened_on, "办理日期")
    if happened_on < suggestion.received_on:
        raise Denied(f"办理日期不能早于收到日期（{suggestion.received_on}）。")
    step = Step.objects.create(
        suggestion=suggestion, happened_on=happened_on, what=needed(what, "请写明做了什么。"), recorded_by=by
    )
    audit.record("suggestion.step_added", by=by, target=suggestion)
    return step


def _check_assigned_on(suggestion: Suggestion, assigned_on: date) -> None:
    not_in_future(assigned_on, "交办日")
    if assigned_on < suggestion.received_on:
        raise Denied(f"交办日不能早于收到日期（{suggestion.received_on}）。")
    if suggestion.assigned_on and assigned_on > suggestion.assigned_on:
        raise Denied(f"期限自首次交办日（{suggestion.assigned_on}）起算，重新交办不能往后改。")


def _deadline(
    suggestion: Suggestion, assigned_on: date, role: OurRole, due_on: date | None, due_source: str
) -> deadlines.Deadline:
    if due_on is None:
        return due_for(suggestion, role, assigned_on)
    if due_on < assigned_on:
        raise Denied("交办单位另定的期限不能早于交办日。")
    return deadlines.set_by_assigner(due_on, needed(due_source, "另定期限的，请写明依据（如交办通知、决议）。"))
