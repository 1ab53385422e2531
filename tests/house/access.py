"""Who may ask whether the house is in order."""

from staff.permissions import P
from tests.access import Row, holding

ROWS = [
    Row("healthz", {"GET": "anonymous"}),
    Row("readyz", {"GET": holding(P.HEALTH_VIEW)}, for_programs=True),
]
