from staff.models.audit import AuditEvent
from staff.models.department import Department
from staff.models.feed import CalendarFeed
from staff.models.user import ADMINISTRATORS, LEADERS, PasswordUsed, Role, User

__all__ = ["ADMINISTRATORS", "LEADERS", "AuditEvent", "CalendarFeed", "Department", "PasswordUsed", "Role", "User"]
