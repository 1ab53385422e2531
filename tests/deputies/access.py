"""Who may call which URL of the roster and of the ledger."""

from staff.models import Role
from staff.permissions import P
from tests.access import Row, holding
from tests.world import World

LOOK, EDIT, LEDGER, LOG = map(holding, [P.DEPUTY_VIEW, P.DEPUTY_EDIT, P.CONTACT_VIEW, P.CONTACT_LOG])
EXPORT, REVEAL = holding(P.DEPUTY_EXPORT), holding(P.PHONE_REVEAL)
HANDLERS = frozenset({Role.HANDLER})


def deputy(world: World) -> dict[str, int]:
    return {"pk": world.deputy.pk}


def own(world: World) -> dict[str, int]:
    return {"pk": world.own_contact.pk}


def foreign(world: World) -> dict[str, int]:
    return {"pk": world.foreign_contact.pk}


def own_follow_up(world: World) -> dict[str, int]:
    return {"pk": world.own_follow_up.pk}


def foreign_follow_up(world: World) -> dict[str, int]:
    return {"pk": world.foreign_follow_up.pk}


def _contact(name: str, *methods: str) -> Row:
    return Row(name, dict.fromkeys(methods, LOG), own=own, foreign=foreign, foreign_roles=HANDLERS)


ROWS = [
    Row("deputies:list", {"GET": LOOK}),
    Row("deputies:new", {"GET": EDIT, "POST": EDIT}),
    Row("deputies:export", {"GET": EXPORT}),
    Row("deputies:pick", {"GET": LOOK}),
    Row("deputies:file", {"GET": LOOK}, own=deputy),
    Row("deputies:edit", {"GET": EDIT, "POST": EDIT}, own=deputy),
    Row("deputies:timeline", {"GET": LOOK}, own=deputy),
    Row("deputies:reveal-phone", {"POST": REVEAL}, own=deputy, reveals=True),
    Row("deputies:seat", {"GET": EDIT, "POST": EDIT}, own=deputy),
    Row("deputies:appoint", {"GET": EDIT, "POST": EDIT}, own=deputy),
    Row("deputies:contacts", {"GET": LEDGER}),
    Row("deputies:quick-log", {"GET": LOG, "POST": LOG}),
    Row("deputies:contacts-export", {"GET": EXPORT}),
    Row("deputies:contact", {"GET": LEDGER}, own=own, foreign=foreign, foreign_roles=HANDLERS),
    _contact("deputies:contact-edit", "GET", "POST"),
    _contact("deputies:contact-withdraw", "POST"),
    _contact("deputies:contact-restore", "POST"),
    _contact("deputies:opinion", "GET", "POST"),
    _contact("deputies:follow-up", "GET", "POST"),
    Row("deputies:follow-ups", {"GET": LEDGER}),
    Row(
        "deputies:follow-up-finish",
        {"POST": LOG},
        own=own_follow_up,
        foreign=foreign_follow_up,
        foreign_roles=HANDLERS,
    ),
]
