"""Who may have which paper."""

from staff.permissions import P
from tests.access import Row, holding

ROWS = [Row("reports:brief", {"GET": holding(P.DEPUTY_VIEW)}, own=lambda world: {"pk": world.deputy.pk}, reveals=True)]
