"""What of the 第一任务 stands on the start page in January and February."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from common.calendar import cn_day, weekday_name
from common.denied import allowed
from staff.models import User
from staff.permissions import P, may
from suggestions.first_task import policies
from suggestions.models import FirstTask, FirstVisit, Holiday, VisitState

MONTHS = (1, 2)


@dataclass(frozen=True)
class Banner:
    """``words`` tell the day, ``number`` and ``unit`` whom the reader still has to think of, ``url`` is where."""

    words: str
    url: str
    number: int = 0
    unit: str = "人"
    to_do: str = ""


def banner(user: User, today: date) -> Banner | None:
    """For the office and the leaders; nothing once every result of the year is there."""
    if today.month not in MONTHS or not may(user, P.DASHBOARD):
        return None
    task = FirstTask.objects.filter(year=today.year).first()
    day = task.the_day if task else Holiday.objects.calendar().first_workday_after_spring_festival(today.year)
    when = f"{cn_day(day)}（{weekday_name(day)}）" if day else "走访日待公布"
    page = reverse("suggestions:first-task-year", args=[today.year])
    if task is None:
        return Banner(when, page, to_do="请拟定走访名单" if may(user, P.SUGGESTION_REGISTER) else "名单还没有拟定")
    if allowed(policies.check_can_decide, user, task):
        return Banner(when, page, task.visits.listed().count(), to_do="名单待您审定，共走访")
    return _of_visits(user, task, when, page, is_over=bool(day and day <= today))


def _of_visits(user: User, task: FirstTask, when: str, page: str, *, is_over: bool) -> Banner | None:
    """The office thinks of all visits, a leader of the own ones."""
    keeps = may(user, P.SUGGESTION_REGISTER)
    waiting = FirstVisit.objects.filter(task=task, state=VisitState.PLANNED)
    number = (waiting if keeps else waiting.filter(leader=user)).count()
    if not number:
        return None
    query = f"?state={VisitState.PLANNED}" + ("" if keeps else f"&leader={user.pk}")
    whose = "全院" if keeps else "由您"
    return Banner(when, page + query, number, to_do=f"{whose}{'待登记结果' if is_over else '走访'}")
