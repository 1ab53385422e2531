"""Who may call which URL of the dashboard."""

from staff.permissions import P
from tests.access import Row, holding

ROWS = [
    Row("home", {"GET": "everyone"}),
    Row("queue", {"GET": holding(P.DEPUTY_VIEW)}),
    Row("opinions", {"GET": holding(P.CONTACT_VIEW)}),
    Row("attendances", {"GET": holding(P.ACTIVITY_VIEW)}),
]
