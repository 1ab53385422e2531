"""Contacts already in the ledger, found by what they say; loaded day by day as the rows come."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b

from deputies.models import Contact, ContactDeputy, Origin
from intake.reading.cells import without_blanks


@dataclass
class Logged:
    """A contact of the ledger, or (``row``) one that an earlier row of the file plans."""

    pk: int = 0
    place: str = ""
    department_id: int | None = None
    is_derived: bool = False
    is_withdrawn: bool = False
    row: int = 0


class ContactIndex:
    def __init__(self) -> None:
        self.days: dict[date, dict[bytes, Logged]] = {}

    def find(self, day: date, method: int, deputies: Iterable[int], note: str) -> Logged | None:
        return self._of(day).get(_digest(method, deputies, note))

    def add(self, day: date, method: int, deputies: Iterable[int], note: str, *, row: int) -> None:
        self._of(day)[_digest(method, deputies, note)] = Logged(row=row)

    def _of(self, day: date) -> dict[bytes, Logged]:
        if day not in self.days:
            self.days[day] = _load(day)
        return self.days[day]


def _load(day: date) -> dict[bytes, Logged]:
    """Standing rows win over withdrawn ones that say the same."""
    met: dict[int, list[int]] = {}
    rows = ContactDeputy.objects.filter(contact__happened_on=day).values_list("contact_id", "deputy_id")
    for contact, deputy in rows:
        met.setdefault(contact, []).append(deputy)
    found: dict[bytes, Logged] = {}
    for contact_row in Contact.objects.filter(happened_on=day).order_by("withdrawn_at", "pk"):
        digest = _digest(contact_row.method_id, met.get(contact_row.pk, []), contact_row.note)
        logged = Logged(
            contact_row.pk,
            contact_row.place,
            contact_row.department_id,
            is_derived=contact_row.origin in (Origin.ACTIVITY, Origin.REPLY),
            is_withdrawn=contact_row.withdrawn_at is not None,
        )
        if digest not in found or found[digest].is_withdrawn:
            found[digest] = logged
    return found


def _digest(method: int, deputies: Iterable[int], note: str) -> bytes:
    people = ",".join(map(str, sorted(deputies)))
    return blake2b(f"{method}|{people}|{without_blanks(note)}".encode(), digest_size=16).digest()
