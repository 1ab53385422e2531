"""Verbs of an activity itself: schedule, edit, close, reopen, cancel."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from activities.models import Activity, ActivityKind, Attendance
from activities.policies import (
    check_can_cancel,
    check_can_close,
    check_can_edit,
    check_can_host,
    check_can_manage,
    check_can_reopen,
)
from activities.workflow import TRANSITIONS, ActivityState
from common.denied import Denied
from common.quotes import quoted
from common.versions import save_version
from deputies.actions import remove_derived_contact, withdraw_derived_contact, write_derived_contact
from deputies.models import ContactMethod, Deputy, Origin
from staff import audit
from staff.models import Department, User

NOTE_LENGTH = 2000


@transaction.atomic
def schedule(
    *,
    by: User,
    kind: ActivityKind,
    title: str,
    held_on: date,
    host: Department,
    deputies: Iterable[Deputy] = (),
    leaders: Iterable[User] = (),
    **fields: Any,
) -> Activity:
    """Register an activity, coming or already held, with those who are invited."""
    check_can_host(by, host)
    activity = Activity(kind=kind, title=title, held_on=held_on, host=host, created_by=by, **fields)
    activity.save()
    activity.leaders.set(leaders)
    Attendance.objects.bulk_create(Attendance(activity=activity, deputy=deputy) for deputy in deputies)
    audit.record("activity.scheduled", by=by, target=activity)
    return activity


@transaction.atomic
def edit(
    *, activity: Activity, expected: int, by: User, leaders: Iterable[User] | None = None, **fields: Any
) -> Activity:
    """Change facts of an activity that is not closed. A handler cannot give it to another department."""
    activity = lock(activity)
    check_can_edit(by, activity)
    if "host" in fields:
        check_can_host(by, fields["host"])
    changes = {
        name: [str(getattr(activity, name)), str(value)]
        for name, value in fields.items()
        if getattr(activity, name) != value and name != "summary"
    }
    save_version(activity, expected=expected, **fields)
    if leaders is not None:
        activity.leaders.set(leaders)
    audit.record("activity.edited", by=by, target=activity, changes=changes)
    return activity


@transaction.atomic
def close(*, activity: Activity, by: User, today: date | None = None) -> Activity:
    """办结: those not ticked did not come; those who came get one contact in the ledger.

    Closing again after a reopening updates that same contact, so no encounter counts twice.
    """
    activity = lock(activity)
    check_can_close(by, activity, today or timezone.localdate())
    activity.attendances.filter(came=None).update(came=False)
    _move(activity, ActivityState.CLOSED, closed_at=timezone.now(), closed_by=by)
    _write_contact(activity, by=by)
    audit.record("activity.closed", by=by, target=activity)
    return activity


@transaction.atomic
def reopen(*, activity: Activity, by: User) -> Activity:
    """重新打开 to mend. The contact already written stands until the next closing or a cancelling."""
    activity = lock(activity)
    check_can_reopen(by, activity)
    _move(activity, ActivityState.PLANNED, closed_at=None, closed_by=None)
    audit.record("activity.reopened", by=by, target=activity)
    return activity


@transaction.atomic
def cancel(*, activity: Activity, by: User) -> Activity:
    """取消: it did not take place, so a contact written by an earlier closing is taken back."""
    activity = lock(activity)
    check_can_cancel(by, activity)
    _move(activity, ActivityState.CANCELLED)
    withdraw_derived_contact(origin_key=activity.origin_key, by=by)
    audit.record("activity.cancelled", by=by, target=activity)
    return activity


@transaction.atomic
def unschedule(*, activity: Activity, by: User) -> None:
    """Take back one that an import registered, with its contact, as if it had never been.

    Photos, opinions and follow-ups that were added since are in the way (``ProtectedError``).
    """
    activity = lock(activity)
    check_can_manage(by, activity)
    audit.record("activity.unscheduled", by=by, target=activity)
    remove_derived_contact(origin_key=activity.origin_key)
    activity.attendances.all().delete()
    activity.delete()


def lock(activity: Activity) -> Activity:
    """The row as it is now, held until the transaction ends; what the caller holds may be old."""
    return Activity.objects.select_for_update(of=("self",)).select_related("host", "kind").get(pk=activity.pk)


def _move(activity: Activity, new: ActivityState, **fields: Any) -> None:
    """The only place that assigns the state; a form drawn before the move becomes stale."""
    if new not in TRANSITIONS[ActivityState(activity.state)]:
        raise Denied(f"活动{activity.get_state_display()}，不能改为{new.label}。请刷新页面，按最新状态办理。")
    save_version(activity, expected=activity.version, state=new, **fields)


def _write_contact(activity: Activity, *, by: User) -> None:
    note = f"参加{activity.kind}{quoted(activity.title)}"
    if activity.summary:
        note = f"{note}\n{activity.summary}"[:NOTE_LENGTH]
    write_derived_contact(
        origin=Origin.ACTIVITY,
        origin_key=activity.origin_key,
        by=by,
        deputies=list(Deputy.objects.filter(pk__in=activity.attendances.filter(came=True).values("deputy"))),
        happened_on=activity.held_on,
        method=ContactMethod.objects.get(code="activity"),
        note=note,
        place=activity.place,
        staff=list(activity.leaders.all()),
        department=activity.host,
    )
