"""Who may call which URL of the suggestions."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

from django.utils import timezone

from staff.models import Department, Role
from staff.permissions import P
from suggestions import actions
from suggestions.models import DeadlineRule, FirstTask, OurRole, ResultClass, ScanKind, Suggestion
from suggestions.workflow import SuggestionState
from tests.access import Kwargs, Row, holding
from tests.deputies.access import basics, first
from tests.factories import DeputyFactory
from tests.suggestions import factories as make
from tests.suggestions import first_task_factories as first_task
from tests.suggestions import hearings as hear
from tests.world import World

APPROVE, BASICS = holding(P.SUGGESTION_APPROVE), holding(P.BASICS_EDIT)
LOOK, REGISTER, HANDLE = holding(P.SUGGESTION_VIEW), holding(P.SUGGESTION_REGISTER), holding(P.SUGGESTION_HANDLE)
HANDLERS = frozenset({Role.HANDLER})


def own(world: World) -> dict[str, int]:
    return {"pk": make.handling(world.office, world.department).pk}


def foreign(world: World) -> dict[str, int]:
    return {"pk": make.handling(world.office, world.other_department).pk}


def _step(world: World, department: Department) -> dict[str, int]:
    suggestion = make.handling(world.office, department)
    return {
        "pk": actions.add_step(suggestion=suggestion, happened_on=make.SENT, what="走访供电公司", by=world.office).pk
    }


def own_step(world: World) -> dict[str, int]:
    return _step(world, world.department)


def foreign_step(world: World) -> dict[str, int]:
    return _step(world, world.other_department)


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


def own_promise(world: World) -> dict[str, int]:
    return {"pk": make.promise(world.office, world.department).pk}


def foreign_promise(world: World) -> dict[str, int]:
    """Another department handles it, and one of that department keeps it."""
    return {"pk": make.promise(world.office, world.other_department, owner=world.stranger).pk}


def own_scan(world: World) -> dict[str, int]:
    return _scan(world, world.department)


def foreign_scan(world: World) -> dict[str, int]:
    return _scan(world, world.other_department)


def _scan(world: World, department: Department) -> dict[str, int]:
    paper = actions.keep_paper(BytesIO(b"%PDF-1.7\n%%EOF\n"), "签批件.pdf")
    suggestion = make.replied(world.office, department, title="有签批件的一件")
    # The handler's own: who put it in may remove it.
    by = world.handler if department == world.department else world.office
    return {"pk": actions.add_scan(suggestion=suggestion, kind=ScanKind.SIGNED_OFF, paper=paper, by=by).pk}


def evaluated(world: World) -> dict[str, int]:
    reply = make.replied(world.office, world.department, title="已评价的一件").replies.get()
    return {"pk": make.verdict(reply, world.office).pk}


def proposer(world: World) -> dict[str, int]:
    return {"pk": make.registered(world.office).proposers.get().deputy_id}


def withdrawable(world: World) -> dict[str, int]:
    suggestion = make.handling(world.office, world.department)
    actions.hand_back(suggestion=suggestion, reason="非本部门职责", by=world.office)
    return {"pk": suggestion.pk}


def _handled(name: str) -> Row:
    return Row(name, {"GET": HANDLE, "POST": HANDLE}, own=own, foreign=foreign, foreign_roles=HANDLERS)


def walked(state: SuggestionState) -> Callable[[World], dict[str, int]]:
    """One of the own department in that state."""
    return lambda world: {"pk": make.Walker(world.office, world.department).to(state).pk}


def drafted(world: World) -> dict[str, int]:
    suggestion = make.handling(world.office, world.department)
    make.draft(suggestion, world.office)
    return {"pk": suggestion.pk}


def _led(world: World) -> Suggestion:
    suggestion = make.registered(world.office)
    facts = {"department": world.department, "assigned_on": make.ASSIGNED, "our_role": OurRole.LEAD}
    return actions.assign(suggestion=suggestion, by=world.office, **facts)


def led(world: World) -> dict[str, int]:
    return {"pk": _led(world).pk}


def co_handler(world: World) -> dict[str, int]:
    facts = {"unit": "区住房和城乡建设局", "asked_on": make.ASSIGNED, "by": world.office}
    return {"pk": actions.ask_co_handler(suggestion=_led(world), **facts).pk}


def consultation(world: World) -> dict[str, int]:
    return {"pk": make.consulted(make.handling(world.office, world.department), world.office).pk}


def half_delivered(world: World) -> dict[str, int]:
    suggestion = make.handling(world.office, world.department, DeputyFactory())
    return {"pk": make.answer(suggestion, world.office, to=[suggestion.proposers.first().deputy]).pk}


def _promised(name: str) -> Row:
    methods = {"GET": HANDLE, "POST": HANDLE}
    return Row(name, methods, own=own_promise, foreign=foreign_promise, foreign_roles=HANDLERS)


def asked(world: World) -> dict[str, int]:
    suggestion = make.handling(world.office, world.department, title="关于延期的一件")
    facts = {"until": suggestion.due_on + timedelta(days=7), "reason": "需会商", "consent": "电话同意"}
    extension = actions.ask_extension(suggestion=suggestion, by=world.office, today=suggestion.assigned_on, **facts)
    return {"pk": extension.pk}


def own_contact(world: World) -> dict[str, int]:
    return {"pk": world.own_contact.pk}


def foreign_contact(world: World) -> dict[str, int]:
    return {"pk": world.foreign_contact.pk}


def own_paper(world: World) -> dict[str, object]:
    return {**own(world), "kind": "reply"}


def foreign_paper(world: World) -> dict[str, object]:
    return {**foreign(world), "kind": "reply"}


def listened(world: World) -> dict[str, int]:
    return {"pk": hear.hearing(world.office, listeners=[world.handler]).pk}


def elsewhere(world: World) -> dict[str, int]:
    return {"pk": hear.hearing(world.office, group="青禾街道代表团", listeners=[world.stranger]).pk}


def own_words(world: World) -> dict[str, int]:
    hearing = hear.hearing(world.office, group="稻香镇代表团", listeners=[world.handler])
    return {"pk": hear.said(hearing, world.handler).pk}


def foreign_words(world: World) -> dict[str, int]:
    hearing = hear.hearing(world.office, group="荷塘镇代表团", listeners=[world.stranger])
    return {"pk": hear.said(hearing, world.stranger).pk}


def point(world: World) -> dict[str, int]:
    hearing = hear.hearing(world.office, group="双桥镇代表团")
    return {"pk": hear.point([hear.said(hearing, world.office)], world.department, by=world.office).pk}


def _heard(name: str, methods: list[str], own: Kwargs, foreign: Kwargs) -> Row:
    return Row(name, dict.fromkeys(methods, HANDLE), own=own, foreign=foreign, foreign_roles=HANDLERS)


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
    Row("suggestions:hearings", {"GET": LOOK}),
    Row("suggestions:hearing-desk", {"GET": LOOK}),
    Row("suggestions:breakdown-export", {"GET": LOOK}),
    Row("suggestions:annex", {"GET": LOOK}),
    Row("suggestions:annex-export", {"GET": LOOK}),
    Row("suggestions:hearing-new", {"GET": REGISTER, "POST": REGISTER}),
    Row("suggestions:hearing-edit", {"GET": REGISTER, "POST": REGISTER}, own=listened),
    Row("suggestions:hearing-remove", {"POST": REGISTER}, own=listened),
    Row("suggestions:hearing-reopen", {"POST": REGISTER}, own=listened),
    Row("suggestions:decompose", {"POST": REGISTER}),
    Row("suggestions:set-aside", {"POST": REGISTER}),
    Row("suggestions:assign-shares", {"GET": REGISTER, "POST": REGISTER}),
    Row("suggestions:take-up", {"POST": REGISTER}, own=own_words),
    Row("suggestions:take-apart", {"POST": REGISTER}, own=point),
    _heard("suggestions:hearing-close", ["POST"], listened, elsewhere),
    _heard("suggestions:capture", ["GET"], listened, elsewhere),
    _heard("suggestions:say", ["GET", "POST"], listened, elsewhere),
    _heard("suggestions:utterance-correct", ["GET", "POST"], own_words, foreign_words),
    _heard("suggestions:utterance-remove", ["POST"], own_words, foreign_words),
    _heard("suggestions:utterance-restore", ["POST"], own_words, foreign_words),
    *basics("suggestions", "results", first(ResultClass)),
    *basics("suggestions", "rules", first(DeadlineRule)),
    Row("suggestions:holidays", {"GET": BASICS}),
    Row("suggestions:holiday-year", {"GET": BASICS, "POST": BASICS}, own=lambda world: {"year": 2026}),
    Row("suggestions:list", {"GET": LOOK}),
    Row("suggestions:export", {"GET": LOOK}),
    Row("suggestions:of-contact", {"GET": LOOK}, own=own_contact, foreign=foreign_contact, foreign_roles=HANDLERS),
    Row("suggestions:similar", {"POST": REGISTER}),
    Row("suggestions:new", {"GET": REGISTER, "POST": REGISTER}),
    Row("suggestions:story", {"GET": LOOK}, own=own, foreign=foreign, foreign_roles=HANDLERS),
    *(
        Row(
            f"suggestions:{name}",
            {"GET": HANDLE, "POST": HANDLE},
            own=own_step,
            foreign=foreign_step,
            foreign_roles=HANDLERS,
        )
        for name in ("step-edit", "step-remove")
    ),
    Row("suggestions:detail", {"GET": LOOK}, own=own, foreign=foreign, foreign_roles=HANDLERS),
    Row("suggestions:document", {"GET": LOOK}, own=own_paper, foreign=foreign_paper, foreign_roles=HANDLERS),
    Row("suggestions:year-report", {"GET": LOOK}),
    Row("suggestions:year-report-document", {"GET": LOOK}),
    Row("suggestions:letter-head", {"GET": BASICS}),
    Row("suggestions:letter-head-edit", {"GET": BASICS, "POST": BASICS}),
    Row("suggestions:edit", {"GET": REGISTER, "POST": REGISTER}, own=own),
    *(
        Row(f"suggestions:{name}", {"GET": REGISTER, "POST": REGISTER}, own=registered)
        for name in ("accept", "give-back", "transfer")
    ),
    Row("suggestions:distribute", {"GET": REGISTER, "POST": REGISTER}, own=walked(SuggestionState.ACCEPTED)),
    Row("suggestions:take-again", {"GET": REGISTER, "POST": REGISTER}, own=walked(SuggestionState.RETURNED)),
    Row("suggestions:reply", {"GET": REGISTER, "POST": REGISTER}, own=own),
    Row("suggestions:approve", {"GET": LOOK, "POST": LOOK}, own=walked(SuggestionState.DEPARTMENT_REVIEW)),
    Row("suggestions:send-back", {"GET": LOOK, "POST": LOOK}, own=walked(SuggestionState.OFFICE_REVIEW)),
    Row("suggestions:submit", {"GET": HANDLE, "POST": HANDLE}, own=drafted),
    Row("suggestions:recall", {"GET": HANDLE, "POST": HANDLE}, own=walked(SuggestionState.DEPARTMENT_REVIEW)),
    Row("suggestions:deliver", {"GET": HANDLE, "POST": HANDLE}, own=walked(SuggestionState.SIGNED)),
    Row("suggestions:opinion", {"GET": HANDLE, "POST": HANDLE}, own=co_handler),
    Row("suggestions:co-handler", {"GET": HANDLE, "POST": HANDLE}, own=led),
    Row("suggestions:consultation-undo", {"GET": HANDLE, "POST": HANDLE}, own=consultation),
    Row("suggestions:deliver-further", {"GET": HANDLE, "POST": HANDLE}, own=half_delivered),
    Row("suggestions:withdraw", {"GET": REGISTER, "POST": REGISTER}, own=withdrawable),
    Row("suggestions:close", {"GET": REGISTER, "POST": REGISTER}, own=answered),
    Row("suggestions:evaluate", {"GET": REGISTER, "POST": REGISTER}, own=own_reply),
    Row(
        "suggestions:promise-new",
        {"GET": HANDLE, "POST": HANDLE},
        own=own_reply,
        foreign=foreign_reply,
        foreign_roles=HANDLERS,
    ),
    Row("suggestions:publication", {"GET": REGISTER, "POST": REGISTER}, own=own_reply),
    Row("suggestions:correct-result", {"GET": REGISTER, "POST": REGISTER}, own=own_reply),
    Row("suggestions:promises", {"GET": LOOK}),
    Row("suggestions:promises-export", {"GET": LOOK}),
    Row("suggestions:promise", {"GET": LOOK}, own=own_promise, foreign=foreign_promise, foreign_roles=HANDLERS),
    *map(_promised, ["suggestions:keep-promise", "suggestions:promise-move", "suggestions:promise-scan"]),
    Row("suggestions:evaluation-scan", {"GET": REGISTER, "POST": REGISTER}, own=evaluated),
    Row("suggestions:scan", {"GET": LOOK}, own=own_scan, foreign=foreign_scan, foreign_roles=HANDLERS),
    Row(
        "suggestions:scan-remove",
        {"GET": HANDLE, "POST": HANDLE},
        own=own_scan,
        foreign=foreign_scan,
        foreign_roles=HANDLERS,
    ),
    Row("suggestions:grant-extension", {"GET": APPROVE, "POST": APPROVE}, own=asked),
    Row("suggestions:refuse-extension", {"GET": APPROVE, "POST": APPROVE}, own=asked),
    *map(
        _handled,
        [
            "suggestions:extend",
            "suggestions:hand-back",
            "suggestions:step",
            "suggestions:draft",
            "suggestions:consult",
            "suggestions:scan-new",
        ],
    ),
]
