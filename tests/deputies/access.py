"""Who may call which URL of the roster and of the ledger."""

from datetime import timedelta

from django.db.models import Model

from deputies import actions
from deputies.models import (
    Appointment,
    AppointmentRole,
    ContactMethod,
    FieldOfConcern,
    Pairing,
    QuietTime,
    SeatGroup,
    TermChange,
)
from staff.models import Role
from staff.permissions import P
from tests.access import Kwargs, Row, holding
from tests.common.pictures import data, upload
from tests.deputies.factories import contact_photo
from tests.factories import TermFactory
from tests.world import DAY, World

LOOK, EDIT, LEDGER, LOG = map(holding, [P.DEPUTY_VIEW, P.DEPUTY_EDIT, P.CONTACT_VIEW, P.CONTACT_LOG])
EXPORT, REVEAL = holding(P.DEPUTY_EXPORT), holding(P.PHONE_REVEAL)
HANDLERS = frozenset({Role.HANDLER})


def deputy(world: World) -> dict[str, int]:
    return {"pk": world.deputy.pk}


def face(world: World) -> dict[str, object]:
    actions.set_photo(deputy=world.deputy, upload=upload(data()), by=world.office)
    return {**deputy(world), "size": "thumb"}


def own(world: World) -> dict[str, int]:
    return {"pk": world.own_contact.pk}


def foreign(world: World) -> dict[str, int]:
    return {"pk": world.foreign_contact.pk}


def own_photo(world: World) -> dict[str, int]:
    return {"pk": contact_photo(world.own_contact, by=world.office).pk}


def foreign_photo(world: World) -> dict[str, int]:
    return {"pk": contact_photo(world.foreign_contact, by=world.office).pk}


def thumb(world: World) -> dict[str, object]:
    return {**own_photo(world), "size": "thumb"}


def foreign_thumb(world: World) -> dict[str, object]:
    return {**foreign_photo(world), "size": "thumb"}


def _photo(name: str, *methods: str) -> Row:
    return Row(name, dict.fromkeys(methods, LOG), own=own_photo, foreign=foreign_photo, foreign_roles=HANDLERS)


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


def renewable(world: World) -> dict[str, int]:
    role = AppointmentRole.objects.all()[1]
    until = DAY.replace(year=DAY.year + 1)
    known = Appointment.objects.filter(role=role).first()
    known = known or actions.appoint(deputy=world.deputy, role=role, from_on=DAY, to_on=until, by=world.office)
    return {"pk": known.pk}


def group(world: World) -> dict[str, int]:
    return {"pk": SeatGroup.objects.get_or_create(body="congress", level="district", name="第一代表团")[0].pk}


def pairing(world: World) -> dict[str, int]:
    leader = world.people[Role.LEADER]
    known = Pairing.objects.first() or actions.pair(leader=leader, with_=world.area, from_on=DAY, by=world.office)
    return {"pk": known.pk}


def term(world: World) -> dict[str, int]:
    return {"pk": world.term.pk}


def term_change(world: World) -> dict[str, int]:
    known = TermChange.objects.first()
    if known is None:
        old = TermFactory(place="邻区")
        known = actions.change_term(old=old, number=old.number + 1, on=DAY, members=[], by=world.office)
    return {"pk": known.pk}


def two_files(world: World) -> dict[str, int]:
    return {**deputy(world), "other": actions.register_deputy(by=world.office, name="王芳").pk}


def merge(world: World) -> dict[str, int]:
    one, other = (actions.register_deputy(by=world.office, name="王芳") for _ in range(2))
    return {"pk": actions.merge_deputies(kept=one, lost=other, take=[], by=world.office).pk}


def distinction(world: World) -> dict[str, int]:
    one, other = (actions.register_deputy(by=world.office, name="王芳") for _ in range(2))
    return {"pk": actions.tell_apart(one=one, other=other, by=world.office).pk}


def quiet(world: World) -> dict[str, int]:
    return {"pk": QuietTime.objects.get_or_create(name="区两会", first_on=DAY, last_on=DAY)[0].pk}


def paused(world: World) -> dict[str, int]:
    until = DAY + timedelta(days=3650)
    return {"pk": actions.pause(deputy=world.deputy, until=until, reason="出国学习", by=world.office).pk}


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
    Row("deputies:phones-export", {"GET": holding(P.PHONE_EXPORT), "POST": holding(P.PHONE_EXPORT)}),
    Row("deputies:pick", {"GET": LOOK}),
    Row("deputies:match", {"POST": LOOK}),
    Row("deputies:file", {"GET": LOOK}, own=deputy),
    Row("deputies:edit", {"GET": EDIT, "POST": EDIT}, own=deputy),
    Row("deputies:timeline", {"GET": LOOK}, own=deputy),
    Row("deputies:photo", {"GET": LOOK}, own=face),
    Row("deputies:photo-edit", {"GET": EDIT, "POST": EDIT}, own=deputy),
    Row("deputies:photo-remove", {"POST": EDIT}, own=deputy),
    Row("deputies:reveal-phone", {"POST": REVEAL}, own=deputy, reveals=True),
    Row("deputies:seat", {"GET": EDIT, "POST": EDIT}, own=deputy),
    Row("deputies:appoint", {"GET": EDIT, "POST": EDIT}, own=deputy),
    Row("deputies:retire", {"POST": EDIT}, own=deputy),
    Row("deputies:restore", {"POST": EDIT}, own=deputy),
    Row("deputies:seat-edit", {"GET": EDIT, "POST": EDIT}, own=seat),
    Row("deputies:seat-move", {"GET": EDIT, "POST": EDIT}, own=seat_to_end),
    Row("deputies:appointments", {"GET": LOOK}),
    Row("deputies:appointments-export", {"GET": EXPORT}),
    Row("deputies:appointment-renew", {"GET": EDIT, "POST": EDIT}, own=renewable),
    Row("deputies:appointment-end", {"GET": EDIT, "POST": EDIT}, own=appointment),
    Row("deputies:basics", {"GET": holding(P.BASICS_EDIT)}),
    *basics("deputies", "terms", lambda world: {"pk": world.term.pk}),
    *basics("deputies", "areas", area),
    *basics("deputies", "groups", group),
    *basics("deputies", "fields", first(FieldOfConcern)),
    *basics("deputies", "methods", first(ContactMethod)),
    *basics("deputies", "roles", first(AppointmentRole)),
    Row("deputies:pairings", {"GET": LOOK}),
    Row("deputies:pairing-new", {"GET": EDIT, "POST": EDIT}),
    Row("deputies:pairings-export", {"GET": EXPORT}),
    Row("deputies:pairing-hand-over", {"GET": EDIT, "POST": EDIT}, own=pairing),
    Row("deputies:pairing-edit", {"GET": EDIT, "POST": EDIT}, own=pairing),
    Row("deputies:pairing-end", {"GET": EDIT, "POST": EDIT}, own=pairing),
    Row("deputies:term-change", {"GET": EDIT, "POST": EDIT}, own=term),
    Row("deputies:term-changed", {"GET": EDIT}, own=term_change),
    Row("deputies:term-change-undo", {"POST": EDIT}, own=term_change),
    Row("deputies:duplicates", {"GET": EDIT}),
    Row("deputies:merge-with", {"GET": EDIT, "POST": EDIT}, own=deputy),
    Row("deputies:merge", {"GET": EDIT, "POST": EDIT}, own=two_files),
    Row("deputies:merge-undo", {"POST": EDIT}, own=merge),
    Row("deputies:tell-apart", {"POST": EDIT}, own=two_files),
    Row("deputies:distinction-lift", {"POST": EDIT}, own=distinction),
    *basics("deputies", "quiet", quiet),
    Row("deputies:pause", {"GET": LOG, "POST": LOG}, own=deputy),
    Row("deputies:pause-lift", {"POST": LOG}, own=paused),
    Row("deputies:contacts", {"GET": LEDGER}),
    Row("deputies:quick-log", {"GET": LOG, "POST": LOG}),
    Row("deputies:read-line", {"POST": LOG}),
    Row("deputies:offline", {"GET": "anonymous"}),
    Row("deputies:worker", {"GET": "anonymous"}),
    Row("deputies:contacts-export", {"GET": EXPORT}),
    Row("deputies:contact", {"GET": LEDGER}, own=own, foreign=foreign, foreign_roles=HANDLERS),
    _contact("deputies:contact-edit", "GET", "POST"),
    _contact("deputies:contact-withdraw", "POST"),
    _contact("deputies:contact-restore", "POST"),
    _contact("deputies:opinion", "GET", "POST"),
    _contact("deputies:follow-up", "GET", "POST"),
    _contact("deputies:contact-photos", "GET", "POST"),
    Row("deputies:contact-photo", {"GET": LEDGER}, own=thumb, foreign=foreign_thumb, foreign_roles=HANDLERS),
    _photo("deputies:contact-photo-edit", "GET", "POST"),
    _photo("deputies:contact-photo-remove", "POST"),
    _photo("deputies:contact-photo-restore", "POST"),
    Row("deputies:coverage", {"GET": LOOK}),
    Row("deputies:coverage-export", {"GET": LOOK}),
    Row("deputies:follow-ups", {"GET": LEDGER}),
    Row("deputies:follow-ups-export", {"GET": EXPORT}),
    Row(
        "deputies:follow-up-finish",
        {"POST": LOG},
        own=own_follow_up,
        foreign=foreign_follow_up,
        foreign_roles=HANDLERS,
    ),
]
