"""Fields that several forms share: persons, months, colleagues."""

from datetime import date
from typing import Any, NamedTuple, cast

from django import forms
from django.db.models import Q, QuerySet
from django.urls import reverse

from common.forms import RowsField, check_year, possible_keys
from common.sensitive import GuardedCharField
from deputies.models import Deputy, SeatGroup, Term
from deputies.models.deputy import DeputyQuerySet
from staff.models import ADMINISTRATORS, User


class Chosen(NamedTuple):
    """Somebody picked, as the person picker shows him or her: namesakes carry their unit."""

    pk: int
    name: str


class PersonInput(forms.Select):
    """The person picker as a widget, for a field that ``as_field_group`` draws. Knows its labels by itself."""

    template_name = "components/person_input.html"
    multiple = False

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        keys = possible_keys(value if isinstance(value, list | tuple) else [value])
        return {
            "name": name,
            "selected": chosen_of(Deputy.objects.filter(pk__in=keys)),
            "url": reverse("deputies:pick"),
            "label": "代表委员",
            "multiple": self.multiple,
        }

    def id_for_label(self, id_: str | None, index: str | None = None) -> str:
        return f"picker-{id_.removeprefix('id_')}" if id_ else ""


class PeopleInput(PersonInput, forms.SelectMultiple):
    multiple = True


class PersonField(forms.ModelChoiceField):
    """One person from the picker."""

    widget = PersonInput
    default_error_messages = {"invalid_choice": "所选代表委员不存在，请重新选择。", "required": "请选择代表委员。"}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Deputy.objects.kept(), **{"label": "代表委员", **kwargs})


class DeputiesField(RowsField):
    """Persons from the picker; ``as_field_group`` draws it, or ``{% person_picker … %}`` where a list can be pasted.

    Its widget is not a hidden one: ``form_errors`` would draw the same persons again, beyond the picker's reach.
    """

    widget = PeopleInput
    hidden_widget = forms.MultipleHiddenInput
    default_error_messages = {
        "required": "请选择代表委员。",
        "invalid_choice": "所选代表委员不存在，请重新选择。",
        "invalid_pk_value": "所选代表委员不存在，请重新选择。",
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Deputy.objects.kept(), **{"label": "代表委员", **kwargs})


def chosen_deputies(field: forms.BoundField) -> list[Chosen]:
    """Who is picked in ``field`` now: what was posted, or else its initial value."""
    return chosen_of(Deputy.objects.filter(pk__in=possible_keys(field.value())))


def chosen_of(deputies: DeputyQuerySet) -> list[Chosen]:
    return [Chosen(deputy.pk, deputy.told_apart) for deputy in deputies.with_namesake_hint()]


class OfferedInput(forms.TextInput):
    """A text with suggestions below it; any other text may be typed, and old words stay as they are."""

    template_name = "components/offered_input.html"
    offers: list[tuple[str, str]] = []

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, {**(attrs or {}), "list": f"offers-{name}"})
        return {**context, "offers": self.offers, "list_id": f"offers-{name}"}


class OfferedField(GuardedCharField):
    widget = OfferedInput


def offer_words(form: forms.BaseForm, name: str, offers: list[tuple[str, str]]) -> None:
    """Let the text field ``name`` offer (text, where it belongs)."""
    cast(OfferedInput, form.fields[name].widget).offers = offers


def groups_offered(term: Term | None = None) -> list[tuple[str, str]]:
    """代表团 and 界别 to offer: of the body and level of ``term``, else all with their house."""
    groups = SeatGroup.objects.offered()
    if term:
        groups = groups.filter(body=term.body, level=term.level)
    return [(group.name, f"{group.get_level_display()}{group.get_body_display()}") for group in groups]


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
