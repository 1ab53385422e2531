"""What waits for somebody: drafts for a yes, verdicts that should have come back. A constant number of queries."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from staff.models import Role, User
from staff.permissions import P, may
from suggestions.deadlines import deadline
from suggestions.models import DeadlineRule, Holiday, OurRole, Proposer, Purpose, Reply, Suggestion
from suggestions.models.suggestion import SuggestionQuerySet
from suggestions.workflow import SuggestionState


def to_review(user: User) -> SuggestionQuerySet:
    """``policies.check_can_review`` as rows: those that wait for the yes of this user (a test compares the two)."""
    rows = Suggestion.objects.visible_to(user)
    if user.role == Role.HANDLER:
        mine = rows if user.heads_department and user.department_id else rows.none()
        return mine.filter(state=SuggestionState.DEPARTMENT_REVIEW)
    if may(user, P.SUGGESTION_REGISTER):
        headed = User.objects.heads().values("department")
        vacant = Q(state=SuggestionState.DEPARTMENT_REVIEW) & ~Q(department__in=headed)
        return rows.filter(vacant | Q(state=SuggestionState.OFFICE_REVIEW))
    if user.role == Role.CHIEF:
        return rows.filter(state__in=[SuggestionState.LEADER_REVIEW, SuggestionState.SIGNING])
    if not may(user, P.SUGGESTION_APPROVE):
        return rows.none()
    states = [SuggestionState.LEADER_REVIEW]
    if not User.objects.leaders().filter(role=Role.CHIEF).exists():
        states.append(SuggestionState.SIGNING)
    in_charge = Q(leader=None) | Q(leader=user) | ~Q(leader__in=User.objects.leaders())
    return rows.filter(in_charge, state__in=states)


@dataclass(frozen=True)
class Late:
    """An answer whose verdicts are not all back, and since when they should be."""

    reply: Reply
    due_on: date


def late_feedback(today: date) -> list[Late]:
    """As ``actions.feedback_by`` counts for one, the oldest first. Of a 会办 item the lead unit asks."""
    answered = Reply.objects.last_round().filter(suggestion__state=SuggestionState.REPLIED, replied_on__lt=today)
    answered = answered.exclude(suggestion__our_role=OurRole.JOINT).select_related("suggestion")
    owed = Proposer.objects.filter(suggestion__replies__in=answered).values_list("suggestion", "deputy")
    heard = set(answered.filter(evaluations__isnull=False).values_list("suggestion", "evaluations__deputy"))
    missing = {suggestion for suggestion, deputy in owed if (suggestion, deputy) not in heard}
    rules, calendar = (
        list(DeadlineRule.objects.filter(purpose=Purpose.FEEDBACK, retired_on=None)),
        Holiday.objects.calendar(),
    )
    found = []
    for reply in answered:
        rule = DeadlineRule.best(rules, reply.suggestion, reply.replied_on)
        if rule and reply.suggestion_id in missing:
            found.append(Late(reply, deadline(reply.replied_on, rule, calendar).day))
    return sorted((each for each in found if each.due_on < today), key=lambda each: each.due_on)
