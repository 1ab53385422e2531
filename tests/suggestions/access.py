"""Who may call which URL of the suggestions."""

from datetime import timedelta

from staff.models import Role
from staff.permissions import P
from suggestions import actions
from suggestions.models import DeadlineRule, ResultClass
from tests.access import Kwargs, Row, holding
from tests.deputies.access import basics, first
from tests.suggestions import factories as make
from tests.suggestions import hearings as hear
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


ROWS = [
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
