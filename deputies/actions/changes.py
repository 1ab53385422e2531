"""What an audit row says about a change. Phones, notes and words never reach the audit trail."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Model

# Told by name only: the auditor learns that they changed, not what they say.
SILENT = {"phone", "preferred_contact", "note", "words", "outcome", "what", "search_text"}


def changes_of(record: Model, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Field → [before, after] of those of ``fields`` that differ from ``record``; None for silent ones."""
    found: dict[str, list[str] | None] = {}
    for name, after in fields.items():
        before = getattr(record, name)
        if before != after:
            found[name] = None if name in SILENT else [_text(before), _text(after)]
    return found


def _text(value: object) -> str:
    return "" if value is None else str(value)
