"""The ledger of touches: one row per encounter, whoever writes it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from common.denied import Denied
from common.versions import save_version
from deputies import policies
from deputies.actions.changes import changes_of
from deputies.actions.imported import remove_imported
from deputies.actions.last_contacts import recount
from deputies.actions.words import add_follow_up, record_opinion
from deputies.models import Contact, ContactDeputy, ContactMethod, ContactStaff, Deputy, Origin
from staff import audit
from staff.models import Department, User


def log_contact(
    *,
    by: User,
    deputies: Iterable[Deputy],
    happened_on: date,
    method: ContactMethod,
    note: str,
    place: str = "",
    staff: Iterable[User] = (),
    started_at: time | None = None,
    idempotency_key: UUID | None = None,
) -> Contact:
    """Write one contact by hand. Without ``staff`` it was ``by`` alone.

    The same ``idempotency_key`` again gives the first row and writes nothing, also when both arrive at once.
    """
    facts = {"happened_on": happened_on, "method": method, "note": note, "place": place, "started_at": started_at}
    return _log_once(idempotency_key, by, list(deputies), list(staff) or [by], facts)[0]


@transaction.atomic
def quick_log(
    *,
    by: User,
    idempotency_key: UUID,
    words: tuple[Deputy, str] | None = None,
    follow_up: tuple[str, date] | None = None,
    deputies: Iterable[Deputy],
    **facts: Any,
) -> Contact:
    """A contact with the words of one of them and our next step, all or nothing; sent twice it is there once."""
    contact, is_new = _log_once(idempotency_key, by, list(deputies), [by], facts)
    if is_new and words:
        record_opinion(contact=contact, deputy=words[0], words=words[1], by=by)
    if is_new and follow_up:
        add_follow_up(contact=contact, what=follow_up[0], due_on=follow_up[1], owner=by, by=by)
    return contact


@transaction.atomic
def edit_contact(
    *,
    contact: Contact,
    expected: int,
    by: User,
    deputies: Iterable[Deputy] | None = None,
    staff: Iterable[User] | None = None,
    **fields: Any,
) -> Contact:
    """Save ``fields`` over version ``expected``; people are left as they are unless given."""
    before = Contact.objects.get(pk=contact.pk)
    policies.check_can_edit_contact(by, before)
    told, met_before = changes_of(before, fields), _met(contact)
    save_version(contact, expected=expected, **fields)
    told |= _set_people(contact, _listed(deputies), _listed(staff))
    recount(met_before | _met(contact))
    audit.record("contact.edited", by=by, target=contact, changes=told)
    return contact


@transaction.atomic
def withdraw_contact(*, contact: Contact, by: User, expected: int | None = None) -> Contact:
    """Undo: the row stays, but counts nowhere. Twice is once. Not, if it is no longer the ``expected`` version."""
    now = timezone.now()
    policies.check_can_withdraw(by, contact, now)
    if expected is not None and expected != contact.version:
        raise Denied("这条联络登记后又修改过。请打开这条联络，核对后再撤回。")
    return _withdraw(contact, by)


@transaction.atomic
def restore_contact(*, contact: Contact, by: User) -> Contact:
    policies.check_can_restore(by, contact)
    if Contact.objects.filter(pk=contact.pk, withdrawn_at__isnull=False).update(withdrawn_at=None, withdrawn_by=None):
        recount(_met(contact))
        audit.record("contact.restored", by=by, target=contact)
    contact.refresh_from_db()
    return contact


@transaction.atomic
def write_derived_contact(
    *,
    origin: Origin,
    origin_key: str,
    by: User,
    deputies: Iterable[Deputy],
    happened_on: date,
    method: ContactMethod,
    note: str,
    place: str = "",
    staff: Iterable[User] = (),
    department: Department | None = None,
) -> Contact:
    """The one contact of an activity or of a reply in person: created, or brought up to date and back."""
    facts: dict[str, Any] = {
        "happened_on": happened_on,
        "method": method,
        "note": note,
        "place": place,
        "department": department or by.department,
    }
    contact = Contact.objects.select_for_update().filter(origin_key=origin_key).first()
    met_before = _met(contact) if contact else set()
    if contact is None:
        contact = Contact.objects.create(origin=origin, origin_key=origin_key, recorded_by=by, **facts)
    else:
        save_version(contact, expected=contact.version, withdrawn_at=None, withdrawn_by=None, **facts)
    _set_people(contact, list(deputies), list(staff))
    recount(met_before | _met(contact))
    audit.record("contact.derived", by=by, target=contact, changes={"origin_key": ["", origin_key]})
    return contact


@transaction.atomic
def withdraw_derived_contact(*, origin_key: str, by: User) -> Contact | None:
    """Take back what ``write_derived_contact`` wrote (an activity opened again); None if nothing was written."""
    contact = Contact.objects.filter(origin_key=origin_key).first()
    return _withdraw(contact, by) if contact else None


def remove_derived_contact(*, origin_key: str) -> None:
    """Only where its activity or reply is itself taken back as if it had never been (undoing an import)."""
    remove_imported(Contact.objects.filter(origin_key=origin_key))


def _withdraw(contact: Contact, by: User) -> Contact:
    standing = Contact.objects.filter(pk=contact.pk, withdrawn_at=None)
    if standing.update(withdrawn_at=timezone.now(), withdrawn_by=by):
        recount(_met(contact))
        audit.record("contact.withdrawn", by=by, target=contact)
    contact.refresh_from_db()
    return contact


def _log_once(
    key: UUID | None, by: User, deputies: Sequence[Deputy], staff: Sequence[User], facts: Mapping[str, Any]
) -> tuple[Contact, bool]:
    """(contact, is it new). Of two at the same moment the database refuses one, which then reads the other."""
    policies.check_can_log(by)
    if key and (first := _logged_with(key, by)):
        return first, False
    department = staff[0].department or by.department
    try:
        with transaction.atomic():
            contact = Contact.objects.create(**facts, idempotency_key=key, recorded_by=by, department=department)
            _set_people(contact, deputies, staff)
            recount(_met(contact))
            audit.record("contact.logged", by=by, target=contact)
            return contact, True
    except IntegrityError:
        if key and (first := _logged_with(key, by)):
            return first, False
        raise


def _logged_with(key: UUID, by: User) -> Contact | None:
    """The contact that ``by`` logged with this key. Somebody else's key is refused, it tells nothing."""
    contact = Contact.objects.filter(idempotency_key=key).first()
    if contact and contact.recorded_by_id != by.pk:
        raise Denied("页面已失效，请刷新后重新登记。")
    return contact


def _met(contact: Contact) -> set[int]:
    return set(contact.met.values_list("deputy_id", flat=True))


def _listed(people: Iterable[Any] | None) -> list[Any] | None:
    return None if people is None else list(people)


def _set_people(
    contact: Contact, deputies: Sequence[Deputy] | None, staff: Sequence[User] | None
) -> dict[str, list[list[int]]]:
    """Make the rows match; whoever stays keeps the row, and with it the department of that time."""
    told = {}
    if deputies is not None:
        if not deputies:
            raise Denied("请至少选择一位代表委员。")
        told["deputies"] = _match_deputies(contact, {deputy.pk for deputy in deputies})
    if staff is not None:
        told["staff"] = _match_staff(contact, {user.pk: user for user in staff})
    return {name: change for name, change in told.items() if change[0] != change[1]}


def _match_deputies(contact: Contact, after: set[int]) -> list[list[int]]:
    before = set(contact.met.values_list("deputy_id", flat=True))
    contact.met.filter(deputy_id__in=before - after).delete()
    ContactDeputy.objects.bulk_create(ContactDeputy(contact=contact, deputy_id=pk) for pk in sorted(after - before))
    return [sorted(before), sorted(after)]


def _match_staff(contact: Contact, after: dict[int, User]) -> list[list[int]]:
    before = set(contact.ours.values_list("user_id", flat=True))
    contact.ours.filter(user_id__in=before - after.keys()).delete()
    ContactStaff.objects.bulk_create(
        ContactStaff(contact=contact, user=user, department=user.department)
        for pk, user in after.items()
        if pk not in before
    )
    return [sorted(before), sorted(after)]
