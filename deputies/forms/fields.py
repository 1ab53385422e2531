"""Fields that several forms share: persons, days, months, colleagues."""

from datetime import date
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from deputies.models import Deputy
from staff.models import ADMINISTRATORS, User


class Chosen(NamedTuple):
    """Somebody picked, as the person picker shows him or her: namesakes carry their unit."""

    pk: int
    name: str


_LONGEST_KEY = 18


class RowsField(forms.ModelMultipleChoiceField):
    """Several rows; a made-up key too big for the database is an unknown choice, not an error of ours."""

    def clean(self, value: Any) -> QuerySet[Any]:
        for key in value or []:
            if len(str(key)) > _LONGEST_KEY:
                raise ValidationError(
                    self.error_messages["invalid_choice"], code="invalid_choice", params={"value": key}
                )
        return super().clean(value)


class DeputiesField(RowsField):
    """Persons from the picker. The template draws it: ``{% person_picker url "deputies" … selected=… %}``."""

    widget = forms.MultipleHiddenInput
    default_error_messages = {
        "required": "请选择代表委员。",
        "invalid_choice": "所选代表委员不存在，请重新选择。",
        "invalid_pk_value": "所选代表委员不存在，请重新选择。",
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Deputy.objects.all(), **{"label": "代表委员", **kwargs})


def chosen_deputies(field: forms.BoundField) -> list[Chosen]:
    """Who is picked in ``field`` now: what was posted, or else its initial value."""
    ids = [str(getattr(value, "pk", value)) for value in field.value() or []]
    possible = [pk for pk in ids if pk.isdecimal() and len(pk) <= _LONGEST_KEY]
    known = Deputy.objects.filter(pk__in=possible).with_namesake_hint()
    return [Chosen(deputy.pk, label_of(deputy)) for deputy in known]


def label_of(deputy: Deputy) -> str:
    hint = getattr(deputy, "namesake_hint", "")
    return f"{deputy.name}（{hint}）" if hint else deputy.name


class DayField(forms.DateField):
    """A calendar day. ``until`` = the last day allowed (today, for what has happened)."""

    def __init__(self, *, until: date | None = None, **kwargs: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)
        self.stay_before(until)

    def stay_before(self, until: date | None) -> None:
        self.until = until
        if until:
            self.widget.attrs["max"] = until.isoformat()

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value and self.until and value > self.until:
            raise ValidationError("日期不能晚于今天。")


class MonthField(forms.DateField):
    """Year and month: kept as the first day of that month."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            input_formats=["%Y-%m", "%Y-%m-%d", "%Y年%m月", "%Y.%m"],
            widget=forms.DateInput(attrs={"type": "month"}, format="%Y-%m"),
            **kwargs,
        )

    def clean(self, value: Any) -> date | None:
        day = super().clean(value)
        return day.replace(day=1) if day else None


def facts_of(form: forms.BaseForm, *without: str) -> dict[str, Any]:
    """What to hand to the action: the checked values without the form's own fields."""
    own = {"sensitive_ok", "version", *without}
    return {name: value for name, value in form.cleaned_data.items() if name not in own}


def offer(form: forms.BaseForm, name: str, rows: QuerySet[Any]) -> forms.ModelChoiceField:
    """Let the choice field ``name`` of ``form`` choose among ``rows``."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows
    return field


def colleagues(*, also: QuerySet[User] | None = None) -> QuerySet[User]:
    """Those of ours who work with deputies now, and ``also`` those already named."""
    now = Q(is_active=True) & ~Q(role__in=ADMINISTRATORS)
    return User.objects.filter(now | Q(pk__in=also.values("pk")) if also is not None else now)
