"""What becomes of a roster row: a new file, or changes field by field; planned first, written on request."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model

from deputies import actions as deputies
from deputies.models import Deputy, FieldOfConcern, Mandate
from intake.kinds.base import NEW, SAME, UPDATED, Plan, Reader
from intake.kinds.roster_words import LABELS
from intake.models import Thing
from intake.office import Office
from intake.people import Known, People
from intake.reading.names import SEXES

SEAT_FIELDS = ("group", "certificate_no", "committee_post")


@dataclass
class RosterWriter:
    """Planning changes ``Known`` at once, so that later rows of the file meet it, also in a preview."""

    office: Office
    people: People

    def new(self, read: Reader, name: str, fields: dict[str, Any], seats: list[Mandate], *, claimed_by: str) -> Plan:
        own = {field: value for field, value in fields.items() if field != "fields_of_concern"}
        known = self.people.add(Known(Deputy(name=name, **own), list(seats), [claimed_by]))
        told = {"代表委员": ["", f"{name}（{'、'.join(seat.term.seat_name for seat in seats)}）"]}
        return read.plan(NEW, changes=told, write=lambda: self._write_new(known, fields, seats))

    def update(self, read: Reader, known: Known, fields: dict[str, Any], seats: list[Mandate]) -> Plan:
        """What the row says otherwise than the file. A cell that is empty changes nothing."""
        deputy = known.deputy
        concerns = _missing(deputy, fields.pop("fields_of_concern", []))
        after = {name: value for name, value in fields.items() if getattr(deputy, name) != value}
        if deputy.unit + deputy.post == fields.get("unit", "") + fields.get("post", ""):
            after = {name: value for name, value in after.items() if name not in ("unit", "post")}
        before = {name: getattr(deputy, name) for name in after}
        changes = {LABELS[name]: [_shown(name, before[name]), _shown(name, value)] for name, value in after.items()}
        if concerns:
            changes["关注领域"] = ["", f"增加{'、'.join(map(str, concerns))}"]
        given, edited = self._seat_changes(known, seats, changes)
        _set(deputy, after)
        if not changes:
            return read.plan(SAME)

        def write() -> None:
            self._write_fields(known, before, after, concerns)
            for seat in given:
                self._give(known, seat)
            for seat, old, new in edited:
                self._write_seat(seat, old, new)

        return read.plan(UPDATED, changes=changes, write=write)

    @staticmethod
    def _seat_changes(
        known: Known, seats: list[Mandate], changes: dict[str, list[str]]
    ) -> tuple[list[Mandate], list[tuple[Mandate, dict[str, str], dict[str, str]]]]:
        """(seats to give, seats to correct with old and new values); ``changes`` is told of both."""
        given, edited = [], []
        for seat in seats:
            held, name = known.seat(seat.term), seat.term.seat_name
            if held is None:
                known.seats.append(seat)
                given.append(seat)
                changes[f"身份“{name}”"] = ["", str(seat.term)]
                continue
            said = {field: getattr(seat, field) for field in SEAT_FIELDS}
            new = {field: value for field, value in said.items() if value and getattr(held, field) != value}
            if new:
                old = {field: getattr(held, field) for field in new}
                changes |= {f"{name}{LABELS[field]}": [old[field], value] for field, value in new.items()}
                _set(held, new)
                edited.append((held, old, new))
        return given, edited

    def _write_new(self, known: Known, fields: dict[str, Any], seats: list[Mandate]) -> None:
        saved = deputies.register_deputy(by=self.office.by, name=known.deputy.name, **self._with_saved_area(fields))
        self.office.note(Thing.DEPUTY, saved.pk, saved.version)
        known.deputy, known.number = saved, saved.pk
        for seat in seats:
            self._give(known, seat)

    def _write_fields(
        self, known: Known, before: dict[str, Any], after: dict[str, Any], concerns: list[FieldOfConcern]
    ) -> None:
        if not (after or concerns):
            return
        changes: dict[str, Any] = self._with_saved_area(after)
        if concerns:
            held = list(known.deputy.fields_of_concern.all())
            before = before | {"fields_of_concern": held}
            changes["fields_of_concern"] = [*held, *concerns]
        deputy = known.deputy
        known.deputy = deputies.edit_deputy(deputy=deputy, expected=deputy.version, by=self.office.by, **changes)
        told = {name: _stored(value) for name, value in before.items()}
        self.office.note(Thing.DEPUTY, known.deputy.pk, known.deputy.version, told)

    def _write_seat(self, seat: Mandate, old: dict[str, str], new: dict[str, str]) -> None:
        seat = deputies.edit_seat(seat=seat, expected=seat.version, by=self.office.by, **new)
        self.office.note(Thing.MANDATE, seat.pk, seat.version, old)

    def _give(self, known: Known, planned: Mandate) -> None:
        """The seat as planned, written; it takes the place of the plan."""
        said = {field: getattr(planned, field) for field in SEAT_FIELDS}
        term = self.office.saved_term(planned.term)
        seat = deputies.give_seat(deputy=known.deputy, term=term, by=self.office.by, **said)
        self.office.note(Thing.MANDATE, seat.pk, seat.version)
        known.seats = [seat if held is planned else held for held in known.seats]

    def _with_saved_area(self, fields: dict[str, Any]) -> dict[str, Any]:
        area = fields.get("area")
        return fields | {"area": self.office.saved_area(area)} if area else dict(fields)


def _missing(deputy: Deputy, concerns: list[FieldOfConcern]) -> list[FieldOfConcern]:
    """Those not yet on file; concerns are added, never taken away."""
    if not concerns or deputy.pk is None:
        return []
    held = set(deputy.fields_of_concern.values_list("pk", flat=True))
    return [concern for concern in concerns if concern.pk not in held]


def _set(record: Model, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(record, name, value)


def _stored(value: Any) -> Any:
    """An old value as JSON keeps it: rows by their ids, days as text."""
    if isinstance(value, list):
        return [row.pk for row in value]
    if isinstance(value, Model):
        return value.pk
    return value.isoformat() if isinstance(value, date) else value


def _shown(name: str, value: Any) -> str:
    if value is None or value == "":
        return ""
    if name == "sex":
        return next(word for word, code in SEXES.items() if code == value)
    return f"{value:%Y-%m}" if isinstance(value, date) else str(value)
