"""「我的工作台」 of a department's 联络员: what waits for me, and what my department does next."""

from dataclasses import dataclass
from datetime import date

from activities.models import Activity
from dashboard.overview import Number, link
from deputies.models import Contact, FollowUp
from staff.models import User
from suggestions.models import Suggestion
from suggestions.overview import Line, line

SHOWN = 6


@dataclass(frozen=True)
class Desk:
    """The number above each list counts all of its rows; the list shows the first few."""

    follow_ups: list[FollowUp]
    follow_ups_open: Number
    follow_ups_overdue: int
    suggestions: list[Line]
    suggestions_overdue: Number
    activities: list[Activity]
    activities_coming: Number
    contacts: list[Contact]
    contacts_mine: Number


def desk(user: User, today: date) -> Desk:
    mine = FollowUp.objects.visible_to(user).filter(owner=user)
    owed = Suggestion.objects.visible_to(user).awaiting_reply()
    coming = Activity.objects.visible_to(user).coming(today).filter(host=user.department)
    contacts = Contact.objects.visible_to(user).of(user)
    overdue = Suggestion.objects.visible_to(user).overdue(today).count()
    return Desk(
        follow_ups=list(mine.open().select_related("contact").order_by("due_on", "pk")[:SHOWN]),
        follow_ups_open=Number(mine.open().count(), "项", link("deputies:follow-ups", mine=1)),
        follow_ups_overdue=mine.overdue(today).count(),
        suggestions=[line(each, today) for each in owed.with_answers().order_by("due_on", "pk")[:SHOWN]],
        suggestions_overdue=Number(overdue, "件", link("suggestions:list", due="overdue"), "已超期"),
        activities=list(coming.with_counts().order_by("held_on", "starts_at", "pk")[:SHOWN]),
        activities_coming=Number(
            coming.count(), "场", link("activities:list", when="coming", host=user.department_id), "即将举行"
        ),
        contacts=list(contacts.with_people().newest_first()[:SHOWN]),
        contacts_mine=Number(contacts.count(), "次", link("deputies:contacts", mine=1)),
    )
