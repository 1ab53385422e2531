"""What the forms of every app share: their look, days, rows to choose from, forms of records that actions write."""

from collections.abc import Iterable
from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms.renderers import TemplatesSetting

_LONGEST_KEY = 18
_YEARS = range(1900, 2100)


class Renderer(TemplatesSetting):
    """Django's field groups through one template, no form library."""

    field_template_name = "components/field.html"


class RecordForm(forms.ModelForm):
    """Labels, lengths and choices of the model; the writing is an action's.

    The instance stays as the database has it, so that action and conflict page can compare. Django's own check of
    the constraints goes with it, on purpose: it would show their names to the user. What a constraint refuses is said
    in words by ``clean`` or by the action.
    """

    # Not even shown to whoever edits the record at the same time.
    never_shown: tuple[str, ...] = ()

    def _post_clean(self) -> None:
        pass


class DayInput(forms.DateInput):
    """The browser's own calendar, which wants ISO days in any language."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def check_year(day: date | None) -> None:
    """0026 and 20266 are slips of the finger that every browser lets through."""
    if day and day.year not in _YEARS:
        raise ValidationError("年份有误，请核对。")


class DayField(forms.DateField):
    """A calendar day. ``until`` = the last day allowed (today, for what has happened)."""

    def __init__(self, *, until: date | None = None, **kwargs: Any) -> None:
        super().__init__(**{"widget": DayInput(), **kwargs})
        self.stay_before(until)

    def stay_before(self, until: date | None) -> None:
        self.until = until
        if until:
            self.widget.attrs["max"] = until.isoformat()

    def validate(self, value: date | None) -> None:
        super().validate(value)
        check_year(value)
        if value and self.until and value > self.until:
            raise ValidationError("日期不能晚于今天。")


def possible_keys(values: Iterable[object] | None) -> list[str]:
    """Those of ``values`` that can be a primary key: asked for 30 digits, SQLite fails instead of finding nothing."""
    keys = [str(value) for value in values or []]
    return [key for key in keys if key.isdecimal() and len(key) <= _LONGEST_KEY]


class RowsField(forms.ModelMultipleChoiceField):
    """Several rows; a made-up key too big for the database is an unknown choice, not an error of ours."""

    def clean(self, value: Any) -> QuerySet[Any]:
        for key in value or []:
            if len(str(key)) > _LONGEST_KEY:
                raise ValidationError(
                    self.error_messages["invalid_choice"], code="invalid_choice", params={"value": key}
                )
        return super().clean(value)


def offer(form: forms.BaseForm, name: str, rows: QuerySet[Any], *, empty: str | None = "请选择") -> None:
    """Let the field ``name`` choose among ``rows``. ``empty`` stands there before a single one is chosen."""
    field = cast(forms.ModelChoiceField, form.fields[name])
    field.queryset = rows
    if not isinstance(field, forms.ModelMultipleChoiceField):
        field.empty_label = empty
