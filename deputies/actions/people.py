"""People: their file, their seats, what they are appointed to."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Q

from common.denied import Denied
from common.pinyin import initials_of, reading, search_text
from common.versions import save_version
from deputies.actions.changes import changes_of
from deputies.models import Appointment, AppointmentRole, Deputy, FieldOfConcern, Mandate, Term
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
    for field, value in _reading_of(deputy).items():
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
    save_version(deputy, expected=expected, **(fields | _reading_of(renamed)))
    if concerns is not None:
        told |= _set_concerns(deputy, concerns)
    audit.record("deputy.edited", by=by, target=deputy, changes=told)
    return deputy


@transaction.atomic
def give_seat(
    *, deputy: Deputy, term: Term, by: User, group: str = "", certificate_no: str = "", committee_post: str = ""
) -> Mandate:
    if Mandate.objects.filter(deputy=deputy, term=term).exists():
        raise Denied(f"{deputy}已登记为{term}的{term.seat_name}，不用重复登记。")
    mandate = Mandate.objects.create(
        deputy=deputy, term=term, group=group, certificate_no=certificate_no, committee_post=committee_post
    )
    audit.record("deputy.seat_given", by=by, target=deputy, changes={"seat": ["", term.seat_name]})
    return mandate


@transaction.atomic
def appoint(
    *, deputy: Deputy, role: AppointmentRole, from_on: date, by: User, to_on: date | None = None, number: str = ""
) -> Appointment:
    """Appoint from–to; the same role twice at one time is refused, a renewal starts after the old end."""
    same = Appointment.objects.filter(Q(to_on=None) | Q(to_on__gte=from_on), deputy=deputy, role=role, ended_on=None)
    if to_on:
        same = same.filter(from_on__lte=to_on)
    if same.exists():
        raise Denied(f"{deputy}在这段时间内已聘任为{role}。续聘请从原聘期届满次日起算。")
    appointment = Appointment.objects.create(
        deputy=deputy, role=role, number=number, from_on=from_on, to_on=to_on, created_by=by
    )
    audit.record("deputy.appointed", by=by, target=deputy, changes={"role": ["", str(role)]})
    return appointment


@transaction.atomic
def reveal_phone(*, deputy: Deputy, by: User) -> str:
    """The whole number, and an audit row that says who looked."""
    audit.record("deputy.phone_revealed", by=by, target=deputy)
    return deputy.phone


def _reading_of(deputy: Deputy) -> dict[str, str]:
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
