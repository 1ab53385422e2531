"""When the reply is due, and what becomes of open deadlines when the holidays of a year are arranged."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from common.calendar import Arrangement, Calendar
from common.denied import Denied
from common.versions import save_version
from deputies.policies import check_can_keep_choices
from staff import audit
from staff.models import User
from suggestions.actions.moves import needed
from suggestions.deadlines import Deadline, deadline
from suggestions.models import DeadlineMove, DeadlineRule, Holiday, OurRole, Purpose, Reply, Suggestion


def due_for(suggestion: Suggestion, role: OurRole, start: date) -> Deadline:
    """By when we owe the reply; as 会办 we owe the lead unit an opinion, not the deputy a reply."""
    return _due(suggestion, Purpose.JOINT if role == OurRole.JOINT else Purpose.REPLY, start)


def due_again(suggestion: Suggestion, start: date) -> Deadline:
    """By when the next reply is owed after 不满意."""
    return _due(suggestion, Purpose.REDO, start)


def return_by(suggestion: Suggestion) -> Deadline | None:
    """By when it may be given back (退办) without asking; None where it is not assigned yet or no rule says."""
    return _counted(suggestion, Purpose.RETURN, suggestion.assigned_on)


def feedback_by(reply: Reply) -> Deadline | None:
    """By when the proposers' verdict (征询意见表) should be back; None where no rule says."""
    return _counted(reply.suggestion, Purpose.FEEDBACK, reply.replied_on)


def _counted(suggestion: Suggestion, purpose: Purpose, start: date | None) -> Deadline | None:
    rule = DeadlineRule.objects.fitting(purpose, suggestion, start) if start else None
    return deadline(start, rule, Holiday.objects.calendar()) if start and rule else None


def _due(suggestion: Suggestion, purpose: Purpose, start: date) -> Deadline:
    rule = DeadlineRule.objects.fitting(purpose, suggestion, start)
    if rule is None:
        raise Denied(f"没有适用的“{purpose.label}”期限规则，请办公室在“基础资料—答复期限”中补上，或填写另定的期限。")
    return deadline(start, rule, Holiday.objects.calendar())


def due_fields(due: Deadline) -> dict[str, Any]:
    return {"due_on": due.day, "due_reason": due.why, "due_start": due.start, "due_rule": due.rule}


@dataclass(frozen=True)
class Moving:
    """An open deadline and what it becomes; ``due.day`` may be the same day, then only its reason is another."""

    suggestion: Suggestion
    due: Deadline

    @property
    def moves(self) -> bool:
        return self.due.day != self.suggestion.due_on


def moving_under(calendar: Calendar) -> Iterator[Moving]:
    """Open deadlines that ``calendar`` gives another day or another reason."""
    for suggestion in Suggestion.objects.awaiting_reply().exclude(due_rule=None).select_related("due_rule"):
        assert suggestion.due_rule
        assert suggestion.due_start  # together, says the database
        due = deadline(suggestion.due_start, suggestion.due_rule, calendar)
        if (due.day, due.why) != (suggestion.due_on, suggestion.due_reason):
            yield Moving(suggestion, due)


def calendar_with(year: int, rows: Sequence[Arrangement]) -> Calendar:
    """What is known, with ``rows`` in the place of what was known of ``year``."""
    return Calendar(Holiday.objects.notices() | {year: list(rows)})


@transaction.atomic
def arrange_year(*, year: int, rows: Sequence[Arrangement], source: str, by: User) -> list[Moving]:
    """Write the holidays of one year and move the open deadlines with them; the old days are kept."""
    check_can_keep_choices(by)
    source = needed(source, "请填写依据，如“国办发明电〔2025〕7号”。")
    Holiday.objects.filter(year=year).delete()
    for row in rows:
        worked = [day.isoformat() for day in row.worked]
        Holiday.objects.create(
            year=year, name=row.name, first_on=row.first, last_on=row.last, worked=worked, source=source
        )
    moving = list(moving_under(Holiday.objects.calendar()))
    why = f"{year}年放假安排（{source}）"
    for each in moving:
        if each.moves:
            changes = {"due_on": [str(each.suggestion.due_on), str(each.due.day)]}
            audit.record("suggestion.due_moved", by=by, target=each.suggestion, changes=changes, reason=why)
        move_deadline(each.suggestion, each.due, why, by)
    audit.record("holidays.arranged", by=by, reason=f"{year}年，{source}")
    return moving


def move_deadline(suggestion: Suggestion, due: Deadline, why: str, by: User) -> None:
    """Another day, or the same day for another reason; a day that was is kept with its reason."""
    assert suggestion.due_on
    if due.day != suggestion.due_on:
        DeadlineMove.objects.create(
            suggestion=suggestion,
            old=suggestion.due_on,
            new=due.day,
            old_reason=suggestion.due_reason,
            why=why[:200],
            by=by,
        )
    save_version(suggestion, expected=suggestion.version, **due_fields(due))
