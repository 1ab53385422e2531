"""A person's activities in the one timeline: what he or she came to, what lies ahead. Never what was missed."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from activities.models import Activity
from deputies.models import Deputy
from deputies.timeline import Entry, Kind, register
from staff.models import User


@register
def activities(user: User, deputy: Deputy, today: date) -> Iterator[Entry]:
    visible = Activity.objects.visible_to(user).select_related("kind", "host")
    for activity in visible.attended_by(deputy.pk):
        yield _entry(activity, text=activity.summary, tells=activity.origin_key)
    for activity in visible.coming(today).expecting(deputy.pk):
        yield _entry(activity, pills=(("即将举行", "info"),))


def _entry(activity: Activity, **more: object) -> Entry:
    return Entry(
        activity.held_on,
        Kind.ACTIVITY,
        str(activity.kind),
        title=activity.title,
        url=reverse("activities:detail", args=[activity.pk]),
        meta="　".join(part for part in (activity.place, f"{activity.host}承办") if part),
        **more,  # type: ignore[arg-type]
    )
