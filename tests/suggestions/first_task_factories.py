"""Lists of the 第一任务 and visits, made by the actions of the product."""

from datetime import date
from typing import Any

from django.utils import timezone

from deputies.models import Deputy
from staff.models import Role, User
from suggestions import actions
from suggestions.models import FirstTask, FirstVisit, Suggestion, VisitState
from tests.factories import UserFactory
from tests.suggestions import factories as make


def drawn_up(office: User, *, year: int | None = None, chosen: Any = ()) -> FirstTask:
    year = year or timezone.localdate().year
    return FirstTask.objects.filter(year=year).first() or actions.draw_up(year=year, chosen=chosen, by=office)


def listed(
    task: FirstTask, office: User, *, deputy: Deputy, leader: User | None = None, items: list[Suggestion] | None = None
) -> FirstVisit:
    leader = leader or UserFactory(role=Role.LEADER)
    visit = actions.add_person(task=task, deputy=deputy, leader=leader, why="审议工作报告时发言", by=office)
    visit.suggestions.set(items or [])
    return visit


def met(visit: FirstVisit, by: User, **fields: Any) -> FirstVisit:
    """What came of it; the list is fixed first."""
    if not FirstTask.objects.get(pk=visit.task_id).fixed_at:
        actions.fix_list(task=visit.task, by=by)
    visit = FirstVisit.objects.select_related("task").get(pk=visit.pk)
    facts = {
        "outcome": VisitState.MET,
        "leader": visit.leader,
        "answered": "涉农联络点已设到四个镇。",
        "suggestions": list(visit.suggestions.all()),
        **fields,
    }
    return actions.record_visit(visit=visit, expected=visit.version, by=by, **facts)


def answered(
    office: User,
    department: Any,
    *,
    lead: Deputy,
    signed_by: User,
    received_on: date = date(2025, 2, 20),
    **fields: Any,
) -> Suggestion:
    """A suggestion of last year with its answer; ``fields`` are those of the answer."""
    title = fields.pop("title", "关于加强农田灌溉保护的建议")
    made = make.registered(office, lead=lead, received_on=received_on, title=title)
    made = actions.assign(suggestion=made, department=department, assigned_on=date(2025, 3, 3), by=office)
    make.answer(made, office, signed_by=signed_by, **{"replied_on": date(2025, 5, 20), **fields})
    made.refresh_from_db()
    return made
