"""Contacts of years past, thousands at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db import transaction
from django.db.models import QuerySet

from deputies import policies
from deputies.actions.last_contacts import recount
from deputies.models import Contact, ContactDeputy, ContactMethod, ContactStaff, Deputy, Opinion, Origin
from staff import audit
from staff.models import Department, User

_AT_ONCE = 2000


@dataclass(frozen=True)
class ImportedContact:
    """One row of an old ledger. ``words`` and ``outcome`` are those of the one deputy met."""

    happened_on: date
    method: ContactMethod
    note: str
    deputies: Sequence[Deputy]
    place: str = ""
    department: Department | None = None
    staff: Sequence[User] = ()
    words: str = ""
    outcome: str = ""


class Logged(NamedTuple):
    """What was written of one row, by their ids."""

    contact: int
    opinion: int | None


@transaction.atomic
def log_imported(*, rows: Sequence[ImportedContact], by: User) -> list[Logged]:
    """Write ``rows`` in few queries; the last contacts are counted once, one audit row tells how many."""
    policies.check_can_log(by)
    starts = range(0, len(rows), _AT_ONCE)
    logged = [each for start in starts for each in _written(rows[start : start + _AT_ONCE], by)]
    recount(deputy.pk for row in rows for deputy in row.deputies)
    audit.record("contact.imported", by=by, changes={"rows": ["", len(rows)]})
    return logged


def _written(rows: Sequence[ImportedContact], by: User) -> list[Logged]:
    contacts = Contact.objects.bulk_create(
        Contact(
            happened_on=row.happened_on,
            method=row.method,
            note=row.note,
            place=row.place,
            department=row.department,
            origin=Origin.IMPORT,
            recorded_by=by,
        )
        for row in rows
    )
    pairs = list(zip(contacts, rows, strict=True))
    ContactDeputy.objects.bulk_create(
        ContactDeputy(contact=contact, deputy=deputy) for contact, row in pairs for deputy in row.deputies
    )
    ContactStaff.objects.bulk_create(
        ContactStaff(contact=contact, user=user, department=row.department or user.department)
        for contact, row in pairs
        for user in row.staff
    )
    opinions = iter(_record_words(pairs, by))
    return [Logged(contact.pk, next(opinions).pk if row.words else None) for contact, row in pairs]


@transaction.atomic
def remove_imported(contacts: QuerySet[Contact]) -> None:
    """Only for undoing the import that wrote them: as if they had never been."""
    met = list(ContactDeputy.objects.filter(contact__in=contacts).values_list("deputy_id", flat=True))
    contacts.delete()
    recount(met)


def _record_words(pairs: Sequence[tuple[Contact, ImportedContact]], by: User) -> list[Opinion]:
    return Opinion.objects.bulk_create(
        Opinion(contact=contact, deputy=row.deputies[0], words=row.words, outcome=row.outcome, recorded_by=by)
        for contact, row in pairs
        if row.words
    )
