"""Fields that several forms share: persons, months, colleagues."""

from datetime import date
from typing import Any, NamedTuple

from django import forms
from django.db.models import Q, QuerySet

from common.forms import RowsField, check_year, possible_keys
from deputies.models import Deputy
from staff.models import ADMINISTRATORS, User


class Chosen(NamedTuple):
    """Somebody picked, as the person picker shows him or her: namesakes carry their unit."""

    pk: int
    name: str


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
    known = Deputy.objects.filter(pk__in=possible_keys(field.value())).with_namesake_hint()
    return [Chosen(deputy.pk, label_of(deputy)) for deputy in known]


def label_of(deputy: Deputy) -> str:
    hint = getattr(deputy, "namesake_hint", "")
    return f"{deputy.name}（{hint}）" if hint else deputy.name


class MonthField(forms.DateField):
    """Year and month: kept as the first day of that month."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            input_formats=["%Y-%m", "%Y-%m-%d", "%Y年%m月", "%Y.%m"],
            widget=forms.DateInput(attrs={"type": "month"}, format="%Y-%m"),
            **kwargs,
        )

    def validate(self, value: date | None) -> None:
        super().validate(value)
        check_year(value)

    def clean(self, value: Any) -> date | None:
        day = super().clean(value)
        return day.replace(day=1) if day else None


def colleagues(*, also: QuerySet[User] | None = None) -> QuerySet[User]:
    """Those of ours who work with deputies now, and ``also`` those already named."""
    now = Q(is_active=True) & ~Q(role__in=ADMINISTRATORS)
    return User.objects.filter(now | Q(pk__in=also.values("pk")) if also is not None else now)
