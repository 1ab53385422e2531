"""Who may call which URL of the activities."""

from activities.models import ActivityKind
from staff.models import Role
from staff.permissions import P
from tests.access import Row, holding
from tests.activities.factories import photo, planned
from tests.deputies.access import basics, first
from tests.world import World

LOOK, EDIT = holding(P.ACTIVITY_VIEW), holding(P.ACTIVITY_EDIT)
HANDLERS = frozenset({Role.HANDLER})


def own(world: World) -> dict[str, int]:
    return {"pk": planned(by=world.office, host=world.department, deputies=1).pk}


def foreign(world: World) -> dict[str, int]:
    return {"pk": planned(by=world.office, host=world.other_department, deputies=1).pk}


def own_attendance(world: World) -> dict[str, int]:
    return {"pk": planned(by=world.office, host=world.department, deputies=1).attendances.get().pk}


def foreign_attendance(world: World) -> dict[str, int]:
    return {"pk": planned(by=world.office, host=world.other_department, deputies=1).attendances.get().pk}


def own_photo(world: World) -> dict[str, int]:
    return {"pk": photo(planned(by=world.office, host=world.department), by=world.office).pk}


def foreign_photo(world: World) -> dict[str, int]:
    return {"pk": photo(planned(by=world.office, host=world.other_department), by=world.office).pk}


def thumb(world: World) -> dict[str, object]:
    return {**own_photo(world), "size": "thumb"}


def deputy(world: World) -> dict[str, int]:
    return {"pk": planned(by=world.office, deputies=1).attendances.get().deputy_id}


def _mine(name: str, *methods: str) -> Row:
    return Row(name, dict.fromkeys(methods, EDIT), own=own, foreign=foreign, foreign_roles=HANDLERS)


def _attendance(name: str) -> Row:
    return Row(name, {"POST": EDIT}, own=own_attendance, foreign=foreign_attendance, foreign_roles=HANDLERS)


def _photo(name: str, *methods: str) -> Row:
    return Row(name, dict.fromkeys(methods, EDIT), own=own_photo, foreign=foreign_photo, foreign_roles=HANDLERS)


ROWS = [
    *basics("activities", "kinds", first(ActivityKind)),
    Row("activities:list", {"GET": LOOK}),
    Row("activities:export", {"GET": LOOK}),
    Row("activities:new", {"GET": EDIT, "POST": EDIT}),
    Row("activities:of-deputy", {"GET": LOOK}, own=deputy),
    Row("activities:detail", {"GET": LOOK}, own=own, foreign=foreign),
    Row("activities:photo", {"GET": LOOK}, own=thumb),
    _mine("activities:edit", "GET", "POST"),
    _mine("activities:invite", "GET", "POST"),
    _mine("activities:close", "GET", "POST"),
    _mine("activities:cancel", "GET", "POST"),
    _mine("activities:reopen", "POST"),
    _mine("activities:tick", "POST"),
    _mine("activities:photos", "POST"),
    _attendance("activities:came"),
    _attendance("activities:response"),
    _attendance("activities:uninvite"),
    _photo("activities:photo-edit", "GET", "POST"),
    _photo("activities:photo-remove", "POST"),
    _photo("activities:photo-restore", "POST"),
]
