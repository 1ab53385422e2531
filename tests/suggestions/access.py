"""Who may call which URL of the suggestions."""

from datetime import timedelta

from django.utils import timezone

from staff.models import Role
from staff.permissions import P
from suggestions import actions
from suggestions.models import DeadlineRule, FirstTask, ResultClass
from tests.access import Row, holding
from tests.deputies.access import basics, first
from tests.suggestions import factories as make
from tests.suggestions import first_task_factories as first_task
from tests.world import World

APPROVE, BASICS = holding(P.SUGGESTION_APPROVE), holding(P.BASICS_EDIT)
LOOK, REGISTER, HANDLE = holding(P.SUGGESTION_VIEW), holding(P.SUGGESTION_REGISTER), holding(P.SUGGESTION_HANDLE)
HANDLERS = frozenset({Role.HANDLER})


def own(world: World) -> dict[str, int]:
    return {"pk": make.handling(world.office, world.department).pk}


def foreign(world: World) -> dict[str, int]:
    return {"pk": make.handling(world.office, world.other_department).pk}


def registered(world: World) -> dict[str, int]:
    return {"pk": make.registered(world.office).pk}


def answered(world: World) -> dict[str, int]:
    return {"pk": make.replied(world.office, world.department).pk}


def _promise(world: World, *, ours: bool) -> dict[str, int]:
    suggestion = make.handling(world.office, world.department if ours else world.other_department)
    return {"pk": make.answer(suggestion, world.office, result_class=ResultClass.objects.get(code="B")).pk}


def own_reply(world: World) -> dict[str, int]:
    return _promise(world, ours=True)


def foreign_reply(world: World) -> dict[str, int]:
    return _promise(world, ours=False)


def proposer(world: World) -> dict[str, int]:
    return {"pk": make.registered(world.office).proposers.get().deputy_id}


def withdrawable(world: World) -> dict[str, int]:
    suggestion = make.handling(world.office, world.department)
    actions.hand_back(suggestion=suggestion, reason="非本部门职责", by=world.office)
    return {"pk": suggestion.pk}


def _handled(name: str) -> Row:
    return Row(name, {"GET": HANDLE, "POST": HANDLE}, own=own, foreign=foreign, foreign_roles=HANDLERS)


def asked(world: World) -> dict[str, int]:
    suggestion = make.handling(world.office, world.department, title="关于延期的一件")
    facts = {"until": suggestion.due_on + timedelta(days=7), "reason": "需会商", "consent": "电话同意"}
    extension = actions.ask_extension(suggestion=suggestion, by=world.office, today=suggestion.assigned_on, **facts)
    return {"pk": extension.pk}


def own_contact(world: World) -> dict[str, int]:
    return {"pk": world.own_contact.pk}


def foreign_contact(world: World) -> dict[str, int]:
    return {"pk": world.foreign_contact.pk}


def _year(world: World, *, ours: bool) -> FirstTask:
    """The handler goes along this year, and did not last year."""
    year = timezone.localdate().year
    task = first_task.drawn_up(world.office, year=year if ours else year - 1)
    if not task.visits.exists():
        leader = world.people[Role.LEADER]
        visit = first_task.listed(task, world.office, deputy=world.deputy, leader=leader)
        visit.company.set([world.handler] if ours else [])
    return task


def this_year(world: World) -> dict[str, int]:
    return {"year": _year(world, ours=True).year}


def last_year(world: World) -> dict[str, int]:
    return {"year": _year(world, ours=False).year}


def own_visit(world: World) -> dict[str, int]:
    return {"pk": _year(world, ours=True).visits.get(deputy=world.deputy).pk}


def foreign_visit(world: World) -> dict[str, int]:
    return {"pk": _year(world, ours=False).visits.get(deputy=world.deputy).pk}


def _of_list(name: str, methods: set[str], who: set[Role]) -> Row:
    return Row(f"suggestions:first-task-{name}", dict.fromkeys(methods, who), own=this_year)


def _of_visit(name: str, methods: set[str]) -> Row:
    return Row(f"suggestions:first-visit-{name}", dict.fromkeys(methods, REGISTER), own=own_visit)


def _result(name: str, methods: set[str]) -> Row:
    who = dict.fromkeys(methods, holding(P.CONTACT_LOG))
    url_name = f"suggestions:first-visit-{name}"
    return Row(url_name, who, own=own_visit, foreign=foreign_visit, foreign_roles=HANDLERS)


FIRST_TASK = [
    Row("suggestions:first-task", {"GET": LOOK}),
    Row("suggestions:first-task-year", {"GET": LOOK}, own=this_year),
    Row("suggestions:first-task-export", {"GET": LOOK}, own=this_year, foreign=last_year, foreign_roles=HANDLERS),
    _of_list("draw-up", {"POST"}, REGISTER),
    _of_list("add", {"GET", "POST"}, REGISTER),
    _of_list("fix", {"POST"}, REGISTER),
    _of_list("reopen", {"POST"}, REGISTER),
    _of_list("confirm", {"GET", "POST"}, APPROVE),
    _of_list("send-back", {"GET", "POST"}, APPROVE),
    _of_visit("plan", {"GET", "POST"}),
    _of_visit("drop", {"POST"}),
    _of_visit("put-back", {"POST"}),
    _result("result", {"GET", "POST"}),
    _result("undo", {"POST"}),
]

ROWS = [
    *FIRST_TASK,
    *basics("suggestions", "results", first(ResultClass)),
    *basics("suggestions", "rules", first(DeadlineRule)),
    Row("suggestions:holidays", {"GET": BASICS}),
    Row("suggestions:holiday-year", {"GET": BASICS, "POST": BASICS}, own=lambda world: {"year": 2026}),
    Row("suggestions:list", {"GET": LOOK}),
    Row("suggestions:export", {"GET": LOOK}),
    Row("suggestions:of-contact", {"GET": LOOK}, own=own_contact, foreign=foreign_contact, foreign_roles=HANDLERS),
    Row("suggestions:similar", {"POST": REGISTER}),
    Row("suggestions:new", {"GET": REGISTER, "POST": REGISTER}),
    Row("suggestions:detail", {"GET": LOOK}, own=own, foreign=foreign, foreign_roles=HANDLERS),
    Row("suggestions:edit", {"GET": REGISTER, "POST": REGISTER}, own=own),
    Row("suggestions:assign", {"GET": REGISTER, "POST": REGISTER}, own=registered),
    Row("suggestions:withdraw", {"GET": REGISTER, "POST": REGISTER}, own=withdrawable),
    Row("suggestions:close", {"GET": REGISTER, "POST": REGISTER}, own=answered),
    Row("suggestions:evaluate", {"GET": REGISTER, "POST": REGISTER}, own=own_reply),
    Row(
        "suggestions:keep-promise",
        {"GET": HANDLE, "POST": HANDLE},
        own=own_reply,
        foreign=foreign_reply,
        foreign_roles=HANDLERS,
    ),
    Row("suggestions:grant-extension", {"GET": APPROVE, "POST": APPROVE}, own=asked),
    Row("suggestions:refuse-extension", {"GET": APPROVE, "POST": APPROVE}, own=asked),
    *map(_handled, ["suggestions:extend", "suggestions:hand-back", "suggestions:step", "suggestions:reply"]),
]
