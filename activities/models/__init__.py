from activities.models.activity import Activity, ActivityKind, Attendance, CongressState, Response
from activities.models.photo import Photo

__all__ = ["Activity", "ActivityKind", "Attendance", "CongressState", "Photo", "Response"]
