"""An act that touches many rows writes down what it did to each, so that it can be taken back exactly.

The steps are plain JSON for a ``JSONField`` of the record that tells of the act.
"""

from typing import Any

from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import F, Model, ProtectedError

from common.denied import Denied
from common.versions import Versioned

Step = dict[str, Any]
Values = dict[str, Any]


class Journal:
    """Writes rows and remembers how they were before."""

    def __init__(self) -> None:
        self.steps: list[Step] = []

    def created(self, row: Model) -> None:
        """``row`` was made by this act. Whatever is written to it later makes another version of it."""
        self._note(row, None, _values(row, ["version"] if isinstance(row, Versioned) else []))

    def update(self, row: Model, **fields: Any) -> None:
        """Write ``fields`` of ``row``. A version grows, so that whoever edits the row meanwhile is told."""
        names = [row._meta.get_field(name).attname for name in fields]  # type: ignore[union-attr]
        before = _values(row, names)
        for name, value in fields.items():
            setattr(row, name, value)
        after = _values(row, names)
        if before == after:
            return
        _write(row, after)
        self._note(row, before, after)

    def delete(self, row: Model) -> None:
        """Take ``row`` away; all of it is kept."""
        self._note(row, _values(row, [field.attname for field in row._meta.concrete_fields]), None)
        type(row)._base_manager.filter(pk=row.pk).delete()

    def _note(self, row: Model, before: Values | None, after: Values | None) -> None:
        self.steps.append({"model": row._meta.label_lower, "pk": row.pk, "before": before, "after": after})


def take_back(steps: list[Step]) -> None:
    """Undo from the last step to the first, all or nothing.

    Raises :class:`Denied` where a row was changed since or where something new holds on to a row that would go.
    A row that somebody removed since stays removed. Only version numbers are not set back: they never name two
    different states.
    """
    try:
        with transaction.atomic():
            for step in reversed(steps):
                _take_back(apps.get_model(step["model"]), step)
    except IntegrityError:
        raise Denied("要恢复的内容与后来登记的重复，不能整体撤销，请逐项更正。") from None


def _take_back(model: type[Model], step: Step) -> None:
    if step["after"] is None:
        _restore(model, step)
    elif row := model._base_manager.filter(pk=step["pk"]).first():
        if _values(row, list(step["after"])) != step["after"]:
            raise Denied(f"“{row}”后来又有改动，不能整体撤销，请逐项更正。")
        if step["before"] is None:
            _remove(row)
        else:
            _write(row, step["before"])


def _remove(row: Model) -> None:
    try:
        type(row)._base_manager.filter(pk=row.pk).delete()
    except ProtectedError:
        raise Denied(f"“{row}”后来已有新的记录，不能整体撤销，请逐项更正。") from None


def _restore(model: type[Model], step: Step) -> None:
    values = _typed(model, step["before"])
    row = model(**values)
    row.save(force_insert=True)
    model._base_manager.filter(pk=row.pk).update(**values)  # also what saving sets by itself (auto_now_add)


def _write(row: Model, values: Values) -> None:
    grown = {"version": F("version") + 1} if isinstance(row, Versioned) else {}
    type(row)._base_manager.filter(pk=row.pk).update(**_typed(type(row), values), **grown)


def _values(row: Model, names: list[str]) -> Values:
    """Column → its value as JSON."""
    fields = {field.attname: field for field in row._meta.concrete_fields}
    return {name: None if getattr(row, name) is None else fields[name].value_to_string(row) for name in names}


def _typed(model: type[Model], values: Values) -> Values:
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return {name: None if value is None else fields[name].to_python(value) for name, value in values.items()}
