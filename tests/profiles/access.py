"""Who may call which URL of the portraits."""

from common.files import sha256, write_whole
from profiles import actions
from profiles.models import Portrait, PortraitRun
from staff.permissions import P
from tests.access import Row, holding
from tests.profiles.factories import asked, thin
from tests.world import World

LOOK, MAKE = holding(P.PORTRAIT_VIEW), holding(P.PORTRAIT_MAKE)


def run(world: World) -> PortraitRun:
    return asked(thin(by=world.office), by=world.office)


def failed(world: World) -> Portrait:
    return actions.mark_failed(portrait=run(world).portraits.get(), reason="试验")


def ready(world: World) -> Portrait:
    data = b"%PDF-1.7 test"
    write_whole("portraits/2026/walk.pdf", data)
    return actions.mark_ready(
        portrait=run(world).portraits.get(), facts={}, file="portraits/2026/walk.pdf", sha256=sha256(data), pages=2
    )


ROWS = [
    Row("profiles:list", {"GET": LOOK}),
    Row("profiles:new", {"GET": MAKE, "POST": MAKE}),
    Row("profiles:verify", {"GET": LOOK}),
    Row("profiles:run", {"GET": LOOK}, own=lambda world: {"pk": run(world).pk}),
    Row("profiles:zip", {"GET": LOOK}, own=lambda world: {"pk": ready(world).run_id}),
    Row("profiles:cancel", {"POST": MAKE}, own=lambda world: {"pk": run(world).pk}),
    Row("profiles:retry-failed", {"POST": MAKE}, own=lambda world: {"pk": failed(world).run_id}),
    Row("profiles:download", {"GET": LOOK}, own=lambda world: {"pk": ready(world).pk}),
    Row("profiles:retry", {"POST": MAKE}, own=lambda world: {"pk": failed(world).pk}),
]
