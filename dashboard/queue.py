"""「该联络谁」: whom to meet next and why, of what each app knows. It orders the house's work; nobody gets a score."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from deputies.models import Deputy, FollowUp, Pairing, Pause, QuietTime
from deputies.models.deputy import DeputyQuerySet
from deputies.stats import waiting
from staff.models import Role, User
from suggestions import stats as suggestions

SHOWN = 40


@dataclass(frozen=True)
class Line:
    deputy: Deputy
    reasons: list[str]


@dataclass(frozen=True)
class Queue:
    """``lines`` of one page of ``total`` persons. ``resting`` wait in peace although they would be due: the reason is
    their last. ``paused`` and ``quiet`` say who is left out, until when and why."""

    lines: list[Line]
    resting: list[Line]
    paused: list[Pause]
    quiet: list[QuietTime]
    total: int


def scope(user: User, leader: User | None, today: date) -> DeputyQuerySet:
    """Everybody who serves, or whom ``leader`` looks after. A handler has only those for whom he is the 联络员."""
    serving = Deputy.objects.visible_to(user).serving()
    if user.role == Role.HANDLER:
        leader = user
    if leader is None:
        return serving
    return serving.filter(pk__in=Pairing.objects.of(leader).in_force(today).deputies().values("pk"))


def queue(people: DeputyQuerySet, user: User, today: date, *, first: int = 0, most: int = SHOWN) -> Queue:
    owed = _owed(user, today)
    found, total = waiting.waiting(waiting.at_peace(people, today), owed.keys(), today, first, most)
    lines = [Line(each.deputy, [*owed.get(each.deputy.pk, []), *waiting.reasons(each, today)]) for each in found]
    tired = {each.deputy.pk: f"近{waiting.LATELY.days}天已联络{each.lately}次" for each in found if each.is_tired}
    paused = Pause.objects.in_force(today).filter(deputy__in=people).select_related("deputy", "set_by")
    return Queue(
        lines=[line for line in lines if line.deputy.pk not in tired],
        resting=[
            Line(line.deputy, [*line.reasons, tired[line.deputy.pk]]) for line in lines if line.deputy.pk in tired
        ],
        paused=list(paused.order_by("until", "pk")),
        quiet=list(QuietTime.in_force(today)),
        total=total,
    )


def _owed(user: User, today: date) -> dict[int, list[str]]:
    """Person → what we owe, in words. An item more is a line here, not a change below."""
    told: dict[int, list[str]] = defaultdict(list)
    for find in _DEBTS:
        for deputy, words in find(user, today).items():
            told[deputy].append(words)
    return told


def _unvisited(user: User, today: date) -> dict[int, str]:
    answered = suggestions.unvisited(user, today)
    return {deputy: f"建议提案{day:%Y-%m-%d}答复后未回访" for deputy, day in answered.items()}


def _promised(user: User, today: date) -> dict[int, str]:
    return {deputy: f"{number}件建议提案的承诺待落实" for deputy, number in suggestions.promised(user).items()}


def _overdue(user: User, today: date) -> dict[int, str]:
    late = FollowUp.objects.visible_to(user).overdue(today).values_list("contact__met__deputy", "what")
    return {deputy: f"后续事项已逾期：{what}" for deputy, what in late.order_by("-due_on") if deputy}


_DEBTS: list[Callable[[User, date], dict[int, str]]] = [_overdue, _unvisited, _promised]
