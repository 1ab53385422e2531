"""「我的工作台」 of a department's 联络员: what waits for me, and what my department does next."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F

from activities.models import Activity
from dashboard.overview import Number, link
from dashboard.queue import Queue, queue, scope
from deputies.models import Appointment, Contact, FollowUp, Pairing
from staff.models import User
from staff.permissions import P, may
from suggestions.models import Extension, Promise, Suggestion
from suggestions.models.promise import PromiseQuerySet
from suggestions.overview import Line, Remaining, line, time_left

SHOWN = 6


@dataclass(frozen=True)
class Desk:
    """The number above each list counts all of its rows; the list shows the first few."""

    follow_ups: list[FollowUp]
    follow_ups_open: Number
    follow_ups_overdue: int
    promises: list[tuple[Promise, Remaining]]
    promises_mine: Number
    suggestions: list[Line]
    activities: list[Activity]
    activities_coming: Number
    contacts: list[Contact]
    contacts_mine: Number
    next: Queue
    next_all: Number


def expiring(user: User, today: date) -> Number:
    """聘任 that will soon be over: all for the office, for others those of the people they are paired with."""
    ending = Appointment.objects.visible_to(user).expiring(today)
    query: dict[str, object] = {"state": "expiring"}
    if not may(user, P.DEPUTY_EDIT):
        ending = ending.filter(deputy__in=Pairing.objects.of(user).in_force(today).deputies())
        query["mine"] = 1
    return Number(ending.count(), "项", link("deputies:appointments", **query), "聘任即将届满")


def waiting_extensions(user: User) -> Number:
    """延期 that a leader has to decide."""
    asked = Extension.objects.waiting().filter(suggestion__in=Suggestion.objects.visible_to(user))
    return Number(asked.count(), "件", link("suggestions:list", extension="waiting"), "延期待批")


def my_promises(user: User) -> PromiseQuerySet:
    return Promise.objects.visible_to(user).open().filter(owner=user)


def desk(user: User, today: date) -> Desk:
    mine = FollowUp.objects.visible_to(user).filter(owner=user)
    owed = Suggestion.objects.visible_to(user).awaiting_reply()
    coming = Activity.objects.visible_to(user).coming(today).filter(host=user.department)
    contacts = Contact.objects.visible_to(user).of(user)
    whom = queue(scope(user, None, today), user, today, most=SHOWN)
    owned = my_promises(user)
    first = owned.select_related("reply").order_by(F("due_on").asc(nulls_last=True), "pk")[:SHOWN]
    return Desk(
        follow_ups=list(mine.open().select_related("contact").order_by("due_on", "pk")[:SHOWN]),
        follow_ups_open=Number(mine.open().count(), "项", link("deputies:follow-ups", mine=1)),
        follow_ups_overdue=mine.overdue(today).count(),
        promises=[(each, time_left(each, today)) for each in first],
        promises_mine=Number(owned.count(), "项", link("suggestions:promises", owner=user.pk)),
        suggestions=[line(each, today) for each in owed.with_answers().order_by("due_on", "pk")[:SHOWN]],
        activities=list(coming.with_counts().order_by("held_on", "starts_at", "pk")[:SHOWN]),
        activities_coming=Number(
            coming.count(), "场", link("activities:list", when="coming", host=user.department_id), "即将举行"
        ),
        contacts=list(contacts.with_people().newest_first()[:SHOWN]),
        contacts_mine=Number(contacts.count(), "次", link("deputies:contacts", mine=1)),
        next=whom,
        next_all=Number(whom.total, "人", link("queue")),
    )
