"""People: their file. What they are is in ``seats``."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone

from common.pinyin import initials_of, reading, search_text
from common.versions import save_version
from deputies import policies
from deputies.actions.changes import changes_of
from deputies.actions.seats import give_seat
from deputies.models import Deputy, FieldOfConcern, Term
from staff import audit
from staff.models import User


class Seat(NamedTuple):
    """A seat to give at registration; a plain tuple ``(term, "第三代表团")`` will do."""

    term: Term
    group: str = ""
    certificate_no: str = ""
    committee_post: str = ""


@transaction.atomic
def register_deputy(*, by: User, name: str, seats: Iterable[tuple[Any, ...]] = (), **fields: Any) -> Deputy:
    """Open a file. ``pinyin`` is read from the name unless given; ``fields_of_concern`` is any iterable."""
    concerns = fields.pop("fields_of_concern", ())
    deputy = Deputy(name=name, **fields)
    for field, value in reading_of(deputy).items():
        setattr(deputy, field, value)
    deputy.save()
    deputy.fields_of_concern.set(concerns)
    audit.record("deputy.registered", by=by, target=deputy)
    for seat in seats:
        give_seat(deputy=deputy, by=by, **Seat(*seat)._asdict())
    return deputy


@transaction.atomic
def edit_deputy(*, deputy: Deputy, expected: int, by: User, **fields: Any) -> Deputy:
    """Save ``fields`` over version ``expected``. A new name is read anew unless its ``pinyin`` comes along."""
    concerns = fields.pop("fields_of_concern", None)
    before = Deputy.objects.get(pk=deputy.pk)
    told = changes_of(before, fields)
    renamed = Deputy(**{name: fields.get(name, getattr(before, name)) for name in ("name", "unit", "post", "pinyin")})
    if "name" in told and "pinyin" not in told:
        renamed.pinyin = ""
    save_version(deputy, expected=expected, **(fields | reading_of(renamed)))
    if concerns is not None:
        told |= _set_concerns(deputy, concerns)
    audit.record("deputy.edited", by=by, target=deputy, changes=told)
    return deputy


@transaction.atomic
def retire_deputy(*, deputy: Deputy, today: date, by: User) -> Deputy:
    """Close the file: no list of those serving and no picker shows it; the history stays."""
    deputy = Deputy.objects.select_for_update().get(pk=deputy.pk)
    policies.check_can_retire(deputy, today)
    save_version(deputy, expected=deputy.version, retired_at=timezone.now())
    audit.record("deputy.retired", by=by, target=deputy)
    return deputy


@transaction.atomic
def restore_deputy(*, deputy: Deputy, by: User) -> Deputy:
    """Open the file again. Twice is once."""
    deputy = Deputy.objects.select_for_update().get(pk=deputy.pk)
    if deputy.retired_at:
        save_version(deputy, expected=deputy.version, retired_at=None)
        audit.record("deputy.restored", by=by, target=deputy)
    return deputy


@transaction.atomic
def reveal_phone(*, deputy: Deputy, by: User) -> str:
    """The whole number, and an audit row that says who looked."""
    policies.check_can_see_phone(by, deputy, timezone.localdate())
    audit.record("deputy.phone_revealed", by=by, target=deputy)
    return deputy.phone


def reading_of(deputy: Deputy) -> dict[str, str]:
    """The written reading and the search key, from the pinyin as corrected by hand or from the name."""
    pinyin = " ".join(deputy.pinyin.casefold().split()) or reading(deputy.name)[0]
    return {
        "pinyin": pinyin[:120],
        "initials": initials_of(pinyin)[:20],
        "search_text": search_text(deputy.name, deputy.unit, deputy.post, pinyin=pinyin),
    }


def _set_concerns(deputy: Deputy, concerns: Iterable[FieldOfConcern]) -> dict[str, list[str]]:
    before = "、".join(sorted(str(field) for field in deputy.fields_of_concern.all()))
    deputy.fields_of_concern.set(concerns)
    after = "、".join(sorted(str(field) for field in deputy.fields_of_concern.all()))
    return {"fields_of_concern": [before, after]} if before != after else {}
