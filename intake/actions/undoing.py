"""Taking a whole run back."""

from collections.abc import Callable, Iterator
from datetime import date, time
from itertools import groupby
from typing import Any

from django.db import models, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from activities import actions as activities
from activities.models import Activity
from common.denied import Denied
from deputies import actions as deputies
from deputies.models import Area, Contact, Deputy, FieldOfConcern, Mandate, Opinion, Term
from intake import policies
from intake.actions.moves import move
from intake.models import ImportChange, ImportRun, Thing
from intake.workflow import RunState
from staff import audit
from staff.models import AuditEvent, Department, User
from suggestions import actions as suggestions
from suggestions.models import Suggestion

AT_ONCE = 500
# What undoing has restored so far, and the version that this left: two rows may have touched one record.
Versions = dict[tuple[str, int], int]
_MODELS: dict[str, type[models.Model]] = {
    Thing.TERM: Term,
    Thing.AREA: Area,
    Thing.CONCERN: FieldOfConcern,
    Thing.DEPUTY: Deputy,
    Thing.MANDATE: Mandate,
    Thing.CONTACT: Contact,
    Thing.OPINION: Opinion,
    Thing.ACTIVITY: Activity,
    Thing.SUGGESTION: Suggestion,
}
# Records with much around them are taken back by verbs of their own.
_TAKE_BACK: dict[str, Callable[[Any, User], None]] = {
    Thing.ACTIVITY: lambda record, by: activities.unschedule(activity=record, by=by),
    Thing.SUGGESTION: lambda record, by: suggestions.unregister(suggestion=record, by=by),
}
_BUILT_ON = "{thing}“{record}”在导入之后又有新的内容（{what}），不能整次撤销。请先处理这些内容，或逐条修改。"
_CHANGED = "{thing}“{record}”在导入之后被修改过，不能整次撤销。请逐条修改。"


@transaction.atomic
def undo_import(*, run: ImportRun, by: User) -> ImportRun:
    """Take a whole run back: what it made is removed, what it changed gets its old values again.

    Refused where somebody built on it or changed it since.
    """
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    policies.check_can_undo(by, run)
    restored: Versions = {}
    for (thing, is_new), group in groupby(_backwards(run), key=lambda change: (change.thing, change.before is None)):
        for batch in _batches(group):
            if is_new:
                _remove(run, Thing(thing), batch, by, restored)
            else:
                _restore(Thing(thing), batch, by, restored)
    run = move(run, RunState.UNDONE, undone_at=timezone.now(), undone_by=by, reason="")
    audit.record("import.undone", by=by, target=run)
    return run


def _backwards(run: ImportRun) -> Iterator[ImportChange]:
    """Page by page: a cursor of the database would stay open when undoing is refused."""
    changes = run.changes.order_by("-pk")
    page = list(changes[:AT_ONCE])
    while page:
        yield from page
        page = list(changes.filter(pk__lt=page[-1].pk)[:AT_ONCE])


def _batches(changes: Iterator[ImportChange]) -> Iterator[list[ImportChange]]:
    batch: list[ImportChange] = []
    for change in changes:
        batch.append(change)
        if len(batch) >= AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


def _remove(run: ImportRun, thing: Thing, batch: list[ImportChange], by: User, restored: Versions) -> None:
    model = _MODELS[thing]
    versions = {change.object_id: _expected(change, restored) for change in batch}
    records = model._default_manager.filter(pk__in=versions)
    for record in records:
        version = versions[record.pk]
        if version is not None and getattr(record, "version", version) != version:
            raise Denied(_CHANGED.format(thing=thing.label, record=record))
    if thing is Thing.CONTACT:
        _refuse_new_words(records)
    try:
        if thing in _TAKE_BACK:
            for record in records:
                _refuse_new_work(run, thing, record)
                _TAKE_BACK[thing](record, by)
        elif thing is Thing.CONTACT:
            deputies.remove_imported(Contact.objects.filter(pk__in=versions))
        else:
            records.delete()
    except ProtectedError as error:
        blocker = next(iter(error.protected_objects))
        what = str(blocker._meta.verbose_name)
        first = next(iter(records), None)
        raise Denied(_BUILT_ON.format(thing=thing.label, record=_protected(blocker, first), what=what)) from None


def _protected(blocker: Any, otherwise: Any) -> Any:
    """Whom the blocking record points at, as far as it says."""
    return next(
        (getattr(blocker, name) for name in ("deputy", "contact", "term") if hasattr(blocker, name)), otherwise
    )


def _refuse_new_words(records: Any) -> None:
    """Opinions of the run are gone by now; one that is left was recorded since."""
    if left := Opinion.objects.filter(contact__in=records).select_related("contact").first():
        raise Denied(_BUILT_ON.format(thing="联络", record=left.contact, what="意见"))


def _refuse_new_work(run: ImportRun, thing: Thing, record: Any) -> None:
    """Steps, evaluations, ticks do not move the version; the audit trail knows of them."""
    since = AuditEvent.objects.filter(
        target_type=record._meta.model_name, target_id=str(record.pk), at__gt=run.done_at
    )
    if since.exists():
        raise Denied(_CHANGED.format(thing=thing.label, record=record))


def _restore(thing: Thing, batch: list[ImportChange], by: User, restored: Versions) -> None:
    model = _MODELS[thing]
    for change in batch:
        record = model._default_manager.filter(pk=change.object_id).first()
        if record is None:  # taken back with the run that made it
            continue
        if getattr(record, "version", None) != _expected(change, restored):
            raise Denied(_CHANGED.format(thing=thing.label, record=record))
        values = {name: _value(name, value) for name, value in (change.before or {}).items()}
        version = _EDITS[thing](record, values, by).version
        restored[change.thing, change.object_id] = version
        _leave_as_before(change, version)


def _leave_as_before(change: ImportChange, version: int) -> None:
    """The record is again what an earlier run left, under a new number: that run can be undone as well."""
    if change.version:
        earlier = ImportChange.objects.filter(thing=change.thing, object_id=change.object_id)
        earlier.exclude(run=change.run_id).filter(version=change.version - 1).update(version=version)


def _expected(change: ImportChange, restored: Versions) -> int | None:
    """The version that the record has if nobody touched it since."""
    return restored.get((change.thing, change.object_id), change.version)


def _value(name: str, value: Any) -> Any:
    """An old value as the actions take it."""
    if name == "area":
        return Area.objects.filter(pk=value).first()
    if name == "department":
        return Department.objects.filter(pk=value).first()
    if name == "fields_of_concern":
        return list(FieldOfConcern.objects.filter(pk__in=value))
    if name == "born_on" and value:
        return date.fromisoformat(value)
    return time.fromisoformat(value) if name in ("starts_at", "ends_at") and value else value


_EDITS: dict[Thing, Callable[[Any, dict[str, Any], User], Any]] = {
    Thing.DEPUTY: lambda record, values, by: deputies.edit_deputy(
        deputy=record, expected=record.version, by=by, **values
    ),
    Thing.MANDATE: lambda record, values, by: deputies.edit_seat(
        seat=record, expected=record.version, by=by, **values
    ),
    Thing.CONTACT: lambda record, values, by: (
        deputies.restore_contact(contact=record, by=by)
        if "withdrawn_at" in values
        else deputies.edit_contact(contact=record, expected=record.version, by=by, **values)
    ),
    Thing.ACTIVITY: lambda record, values, by: activities.edit(
        activity=record, expected=record.version, by=by, **values
    ),
    Thing.SUGGESTION: lambda record, values, by: suggestions.edit(
        suggestion=record, expected=record.version, by=by, **values
    ),
}
