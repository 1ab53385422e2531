"""What the page of one activity shows: the same context for the whole page and for each of its fragments."""

from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from activities import policies
from activities.models import Activity, Photo, Response
from common.denied import allowed
from deputies.models import Contact
from deputies.models.deputy import told_apart
from staff.models import User
from staff.permissions import StaffRequest


def show(request: StaffRequest, activity: Activity, *, part: str = "", status: int = 200, **more: Any) -> HttpResponse:
    """The page, or its fragment ``part``."""
    template = f"activities/detail.html#{part}" if part else "activities/detail.html"
    facts = context(request.user, activity, timezone.localdate())
    return render(request, template, facts | more, status=status)


def context(user: User, activity: Activity, today: date) -> dict[str, Any]:
    attendances = list(
        activity.attendances.prefetch_related(told_apart("deputy")).order_by("deputy__pinyin", "deputy")
    )
    photos = Photo.objects.visible_to(user).filter(activity=activity).prefetch_related(told_apart("deputies"))
    photos = photos.order_by("id")
    can_manage = allowed(policies.check_can_manage, user, activity)
    return {
        "activity": activity,
        "today": today,
        "attendances": attendances,
        "came": [attendance for attendance in attendances if attendance.came],
        "absent": [attendance for attendance in attendances if not attendance.came],
        "tally": tally(activity),
        "photos": photos,
        "ours": {photo.pk for photo in photos if can_manage},
        "responses": Response.choices,
        "started": activity.held_on <= today,
        "contact": Contact.objects.visible_to(user).filter(origin_key=activity.origin_key).first(),
        "can_edit": allowed(policies.check_can_edit, user, activity),
        "can_tick": allowed(policies.check_can_tick, user, activity, today),
        "can_reopen": allowed(policies.check_can_reopen, user, activity),
        "can_cancel": allowed(policies.check_can_cancel, user, activity),
        "can_add_photo": allowed(policies.check_can_add_photo, user, activity),
        "can_manage": can_manage,
    }


def tally(activity: Activity) -> dict[str, int]:
    """How many are invited, have answered, and came."""
    return activity.attendances.aggregate(
        invited=Count("pk"),
        accepted=Count("pk", filter=Q(response=Response.ACCEPTED)),
        declined=Count("pk", filter=Q(response=Response.DECLINED)),
        came=Count("pk", filter=Q(came=True)),
    )
