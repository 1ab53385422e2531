"""What must be done soon, and what waits for me: how near each answer is, drafts to sign, verdicts to ask for."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q

from dashboard.overview import Number, link
from staff.models import Role, User
from staff.permissions import P, may
from suggestions.models import Kind, Suggestion
from suggestions.overview import Line, line
from suggestions.stats import unit_of
from suggestions.waiting import Late, late_feedback, to_review

DAYS = (0, 3, 7, 15, 30)
SHOWN = 6
TONES = {0: "bad", 3: "warn", 7: "warn"}


@dataclass(frozen=True)
class Reminders:
    """``numbers`` run from overdue to 30 days, each with all that is nearer; the lists show the first few."""

    numbers: list[Number]
    whose: str
    reviews: list[Line]
    reviews_all: Number
    feedback: list[Late]
    feedback_all: Number


def reminders(user: User, today: date) -> Reminders:
    waiting = to_review(user)
    late = late_feedback(today) if may(user, P.SUGGESTION_REGISTER) else []
    kinds = list(waiting.values_list("kind", flat=True))
    return Reminders(
        numbers=_numbers(user, today),
        whose="我分管的；已超期为全院的" if user.role == Role.LEADER else "",
        reviews=[line(each, today) for each in waiting.with_answers().order_by("due_on", "pk")[:SHOWN]],
        reviews_all=Number(len(kinds), _unit(kinds), link("suggestions:list", review="mine")),
        feedback=late[:SHOWN],
        feedback_all=Number(
            len(late), _unit([each.reply.suggestion.kind for each in late]), link("suggestions:list", feedback="late")
        ),
    )


def _numbers(user: User, today: date) -> list[Number]:
    """A leader is reminded of those in his charge; what is overdue is everybody's above the department."""
    mine: dict[str, object] = {"leader": user.pk} if user.role == Role.LEADER else {}
    near = {
        str(days): Count("pk", filter=Q(due_on__range=(today, today + timedelta(days=days)), **mine)) for days in DAYS
    }
    counted = {
        "overdue": Count("pk", filter=Q(due_on__lt=today)),
        **{f"in_{days}": count for days, count in near.items()},
    }
    owed = Suggestion.objects.visible_to(user).awaiting_reply().order_by()
    rows: list[Any] = list(owed.values("kind").annotate(**counted))

    def number(name: str, label: str, tone: str, **query: object) -> Number:
        kinds = [Kind(row["kind"]) for row in rows if row[name]]
        value = sum(row[name] for row in rows)
        return Number(value, unit_of(kinds), link("suggestions:list", **query), label, tone if value else "")

    return [
        number("overdue", "已超期", "bad", due="overdue"),
        *(
            number(f"in_{days}", f"{days}天内" if days else "今天到期", TONES.get(days, ""), due=days, **mine)
            for days in DAYS
        ),
    ]


def _unit(kinds: list[str]) -> str:
    return unit_of([Kind(kind) for kind in kinds])
