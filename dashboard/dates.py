"""The dates of one member of staff, for a calendar program: what he or she may see anyway, and no more words than
a glance at a telephone in a tram may give away: no notes, no phones."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse

from activities.models import Activity
from activities.workflow import ActivityState
from common.ical import Event
from deputies.models import FollowUp
from staff.models import Role, User
from suggestions.models import Promise, Suggestion

# A calendar that looks back further is an archive.
BACK, AHEAD = timedelta(days=60), timedelta(days=400)


def dates(user: User, today: date, address: Callable[[str], str]) -> list[Event]:
    """``address`` turns a path of ours into a whole URL."""
    sources = (_follow_ups, _activities, _deadlines, _promises)
    return [event for source in sources for event in source(user, today, address)]


def _follow_ups(user: User, today: date, address: Callable[[str], str]) -> Iterator[Event]:
    """The own ones that are open."""
    mine = FollowUp.objects.visible_to(user).open().filter(owner=user, due_on__range=(today - BACK, today + AHEAD))
    for each in mine.order_by("pk"):
        url = address(reverse("deputies:contact", args=[each.contact_id]))
        yield Event(f"follow-up-{each.pk}@zhihe", each.due_on, f"后续事项：{each.what}", url=url)


def _activities(user: User, today: date, address: Callable[[str], str]) -> Iterator[Event]:
    """Those of the own department and those that the own presence is planned for; the office has all."""
    known = Activity.objects.visible_to(user).exclude(state=ActivityState.CANCELLED)
    if user.role != Role.OFFICE:
        known = known.filter(Q(host=user.department) | Q(leaders=user)).distinct()
    for each in known.filter(held_on__range=(today - BACK, today + AHEAD)).order_by("pk"):
        yield Event(
            f"activity-{each.pk}@zhihe",
            each.held_on,
            each.title,
            starts_at=each.starts_at,
            ends_at=each.ends_at,
            place=each.place,
            url=address(reverse("activities:detail", args=[each.pk])),
        )


def _deadlines(user: User, today: date, address: Callable[[str], str]) -> Iterator[Event]:
    """Replies that are owed: of the own department for a handler, of the house for leaders and the office."""
    owed = Suggestion.objects.visible_to(user).due_between(today - BACK, today + AHEAD)
    for each in owed.order_by("pk"):
        url = address(reverse("suggestions:detail", args=[each.pk]))
        yield Event(f"suggestion-{each.pk}@zhihe", each.due_on or today, f"答复期限：{each.title}", url=url)


def _promises(user: User, today: date, address: Callable[[str], str]) -> Iterator[Event]:
    """承诺: the own ones that wait for their 二次答复."""
    mine = Promise.objects.visible_to(user).open().filter(owner=user, due_on__range=(today - BACK, today + AHEAD))
    for each in mine.order_by("pk"):
        url = address(reverse("suggestions:promise", args=[each.pk]))
        yield Event(f"promise-{each.pk}@zhihe", each.due_on or today, f"承诺时限：{each.what}", url=url)
