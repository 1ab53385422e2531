"""Portraits in the one timeline of a person."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils import timezone

from deputies.models import Deputy
from deputies.timeline import Entry, Kind, register
from profiles.models import Portrait
from staff.models import User


@register
def portraits(user: User, deputy: Deputy, today: date) -> Iterator[Entry]:
    for portrait in Portrait.objects.visible_to(user).ready().filter(deputy=deputy):
        assert portrait.made_at is not None  # of one that is ready: a constraint
        yield Entry(
            timezone.localdate(portrait.made_at),
            Kind.PORTRAIT,
            "检察印迹",
            title=f"{portrait.year}年检察印迹，第 {portrait.version} 版",
            url=reverse("profiles:download", args=[portrait.pk]),
        )
