"""Contacts of years past, hundreds at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from deputies import policies
from deputies.actions.last_contacts import recount
from deputies.models import Contact, ContactDeputy, ContactMethod, ContactStaff, Deputy, Opinion, Origin
from staff import audit
from staff.models import Department, User


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


@transaction.atomic
def log_imported(*, rows: Sequence[ImportedContact], by: User) -> list[tuple[Contact, Opinion | None]]:
    """Write ``rows`` in a handful of queries; one audit row tells how many."""
    policies.check_can_log(by)
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
    recount(deputy.pk for row in rows for deputy in row.deputies)
    opinions = iter(_record_words(pairs, by))
    audit.record("contact.imported", by=by, changes={"rows": ["", len(rows)]})
    return [(contact, next(opinions) if row.words else None) for contact, row in pairs]


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
