"""The rows that the office keeps (基础资料), of this app and of those above it."""

from datetime import date
from typing import Any, TypeVar

from django.db import transaction

from common.choices import OfficeChoice
from common.versions import save_version
from deputies import policies
from deputies.actions.changes import changes_of
from staff import audit
from staff.models import User

C = TypeVar("C", bound=OfficeChoice)


@transaction.atomic
def add_choice(*, model: type[C], by: User, **fields: Any) -> C:
    policies.check_can_keep_choices(by)
    row = model(**fields)
    row.save()
    audit.record("basics.added", by=by, target=row)
    return row


@transaction.atomic
def edit_choice(*, row: C, expected: int, by: User, **fields: Any) -> C:
    """A new name is the name of the past, too: records point at the row."""
    policies.check_can_keep_choices(by)
    told = changes_of(type(row)._default_manager.get(pk=row.pk), fields)
    save_version(row, expected=expected, **fields)
    audit.record("basics.edited", by=by, target=row, changes=told)
    return row


@transaction.atomic
def retire_choice(*, row: C, on: date, by: User) -> C:
    """No form offers it any more. Twice is once."""
    policies.check_can_retire_choice(by, row)
    return _set_retired(row, on, "basics.retired", by)


@transaction.atomic
def restore_choice(*, row: C, by: User) -> C:
    policies.check_can_keep_choices(by)
    return _set_retired(row, None, "basics.restored", by)


def _set_retired(row: C, on: date | None, action: str, by: User) -> C:
    others = type(row)._default_manager.filter(pk=row.pk, retired_on__isnull=on is not None)
    if others.update(retired_on=on):
        audit.record(action, by=by, target=row)
    row.refresh_from_db()
    return row
