"""Who may have which paper."""

from staff.models import Role
from staff.permissions import P
from tests.access import Row, holding
from tests.deputies.factories import person
from tests.suggestions import first_task_factories as first_task
from tests.suggestions.access import HANDLERS, this_year
from tests.world import World


def own_pack(world: World) -> dict[str, int]:
    """The handler goes along with this leader."""
    return {**this_year(world), "leader": world.people[Role.LEADER].pk}


def foreign_pack(world: World) -> dict[str, int]:
    task, chief = first_task.drawn_up(world.office), world.people[Role.CHIEF]
    if not task.visits.filter(leader=chief).exists():
        first_task.listed(task, world.office, deputy=person("徐东", by=world.office), leader=chief)
    return {"year": task.year, "leader": chief.pk}


ROWS = [
    Row("reports:brief", {"GET": holding(P.DEPUTY_VIEW)}, own=lambda world: {"pk": world.deputy.pk}, reveals=True),
    Row(
        "reports:visit-pack",
        {"GET": holding(P.SUGGESTION_VIEW)},
        own=own_pack,
        foreign=foreign_pack,
        foreign_roles=HANDLERS,
        reveals=True,
    ),
]
