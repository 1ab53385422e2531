"""Verbs of who is invited, what they answered, and who came."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from activities.actions.activity import lock
from activities.models import Activity, Attendance, Response
from activities.policies import check_can_edit, check_can_tick
from common.denied import Denied
from deputies.models import Deputy
from staff import audit
from staff.models import User


@transaction.atomic
def invite(*, activity: Activity, deputies: Iterable[Deputy], by: User) -> Activity:
    """Add people to the list; who is on it already stays as he or she is."""
    activity = lock(activity)
    check_can_edit(by, activity)
    invited = set(activity.attendances.values_list("deputy_id", flat=True))
    new = {deputy.pk: deputy for deputy in deputies if deputy.pk not in invited}.values()
    Attendance.objects.bulk_create(Attendance(activity=activity, deputy=deputy) for deputy in new)
    audit.record("activity.invited", by=by, target=activity, changes={"added": [d.name for d in new]})
    return activity


@transaction.atomic
def uninvite(*, attendance: Attendance, by: User) -> Activity:
    """Take somebody off the list who was put there by mistake; somebody who came stays."""
    activity = lock(attendance.activity)
    check_can_edit(by, activity)
    attendance.refresh_from_db()
    if attendance.came:
        raise Denied(f"{attendance.deputy}已登记到场，不能移出名单。如登记有误，请先取消到场。")
    name = attendance.deputy.name
    attendance.delete()
    audit.record("activity.uninvited", by=by, target=activity, changes={"removed": [name]})
    return activity


@transaction.atomic
def respond(*, attendance: Attendance, response: Response, by: User) -> Attendance:
    """What the invited person answered: 参加 or 请假."""
    activity = lock(attendance.activity)
    check_can_edit(by, activity)
    changes = {"response": [attendance.response, response]}
    attendance.response = response
    attendance.save(update_fields=["response"])
    audit.record("activity.responded", by=by, target=activity, changes=changes)
    return attendance


@transaction.atomic
def mark(*, attendance: Attendance, came: bool, by: User, today: date | None = None) -> Attendance:
    """Tick one person. One row each, so two phones at the door never overwrite each other."""
    activity = lock(attendance.activity)
    check_can_tick(by, activity, today or timezone.localdate())
    attendance.came = came
    attendance.save(update_fields=["came"])
    audit.record("activity.ticked", by=by, target=activity, changes={"came": [attendance.deputy.name, came]})
    return attendance


@transaction.atomic
def tick(*, activity: Activity, came: Iterable[int], by: User, today: date | None = None) -> Activity:
    """The whole list at once: the deputies with these ids came, everybody else invited did not."""
    activity = lock(activity)
    check_can_tick(by, activity, today or timezone.localdate())
    ids = set(came)
    if ids - set(activity.attendances.values_list("deputy_id", flat=True)):
        raise Denied("名单里有未邀请的人。临时到会的请先加入邀请名单，再登记到场。")
    activity.attendances.filter(deputy__in=ids).update(came=True)
    activity.attendances.exclude(deputy__in=ids).update(came=False)
    audit.record("activity.ticked", by=by, target=activity, changes={"came": ["", len(ids)]})
    return activity
