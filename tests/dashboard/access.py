"""Who may call which URL of the dashboard."""

from staff import actions
from staff.permissions import P
from tests.access import Row, holding
from tests.world import World


def address(world: World) -> dict[str, str]:
    return {"token": actions.open_feed(by=world.handler)}


ROWS = [
    Row("calendar-feed", {"GET": "anonymous"}, own=address),
    Row("home", {"GET": "everyone"}),
    Row("queue", {"GET": holding(P.DEPUTY_VIEW)}),
    Row("opinions", {"GET": holding(P.CONTACT_VIEW)}),
    Row("attendances", {"GET": holding(P.ACTIVITY_VIEW)}),
]
