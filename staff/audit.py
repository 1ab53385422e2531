"""Writing the audit trail. Call :func:`record` inside the transaction of the write it describes."""

from collections.abc import Mapping
from contextvars import ContextVar
from typing import Any

from django.db.models import Model

from staff.models import AuditEvent, User

# The address the current request came from; set by staff.middleware, empty in commands and workers.
address_of_request: ContextVar[str] = ContextVar("address_of_request", default="")


def record(
    action: str,
    *,
    by: User | None,
    target: Model | None = None,
    reason: str = "",
    changes: Mapping[str, Any] | None = None,
) -> AuditEvent:
    """Append one event. ``action`` is "<app>.<verb>" ("contact.logged"); ``by=None`` means the system itself.

    ``changes`` maps field names to [before, after]; keep phones and notes out of ``target``'s ``__str__``, or
    give it an ``audit_label``.
    """
    label = getattr(target, "audit_label", None) or str(target)
    return AuditEvent.objects.create(
        action=action,
        actor_id=str(by.pk) if by else "",
        actor_name=by.name if by else "系统",
        actor_role=by.role if by else "",
        address=address_of_request.get(),
        target_type=target._meta.model_name or "" if target is not None else "",
        target_id=str(target.pk) if target is not None else "",
        target_label=label[:120] if target is not None else "",
        reason=reason,
        changes=dict(changes or {}),
    )


def exported(app: str, *, by: User, query: str, rows: int, reason: str = "") -> AuditEvent:
    """A list that leaves the house leaves a trace: which rows, by the query string of the list, and how many."""
    return record(f"{app}.exported", by=by, reason=reason, changes={"query": ["", query], "rows": ["", rows]})
