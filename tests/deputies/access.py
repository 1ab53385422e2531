"""Who may call which URL of the roster and of the ledger."""

from django.db.models import Model

from deputies import actions
from deputies.models import AppointmentRole, ContactMethod, FieldOfConcern
from staff.models import Role
from staff.permissions import P
from tests.access import Kwargs, Row, holding
from tests.world import DAY, World

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


def seat(world: World) -> dict[str, int]:
    return {"pk": world.deputy.mandates.get().pk}


def seat_to_end(world: World) -> dict[str, object]:
    return {**seat(world), "state": "ended"}


def appointment(world: World) -> dict[str, int]:
    role = AppointmentRole.objects.all()[0]
    return {"pk": actions.appoint(deputy=world.deputy, role=role, from_on=DAY, by=world.office).pk}


def area(world: World) -> dict[str, int]:
    return {"pk": world.area.pk}


def basics(app: str, key: str, row: Kwargs) -> list[Row]:
    """The five URLs of one list of 基础资料."""
    name, keeps = f"{app}:basics-{key}", holding(P.BASICS_EDIT)
    return [
        Row(name, {"GET": keeps}),
        Row(f"{name}-new", {"GET": keeps, "POST": keeps}),
        Row(f"{name}-edit", {"GET": keeps, "POST": keeps}, own=row),
        Row(f"{name}-retire", {"POST": keeps}, own=row),
        Row(f"{name}-restore", {"POST": keeps}, own=row),
    ]


def first(model: type[Model]) -> Kwargs:
    """Any row of a list that is seeded."""
    return lambda world: {"pk": model._default_manager.all()[0].pk}


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
    Row("deputies:retire", {"POST": EDIT}, own=deputy),
    Row("deputies:restore", {"POST": EDIT}, own=deputy),
    Row("deputies:seat-edit", {"GET": EDIT, "POST": EDIT}, own=seat),
    Row("deputies:seat-move", {"GET": EDIT, "POST": EDIT}, own=seat_to_end),
    Row("deputies:appointment-end", {"GET": EDIT, "POST": EDIT}, own=appointment),
    Row("deputies:basics", {"GET": holding(P.BASICS_EDIT)}),
    *basics("deputies", "terms", lambda world: {"pk": world.term.pk}),
    *basics("deputies", "areas", area),
    *basics("deputies", "fields", first(FieldOfConcern)),
    *basics("deputies", "methods", first(ContactMethod)),
    *basics("deputies", "roles", first(AppointmentRole)),
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
