"""Which year, whose portraits."""

from datetime import date
from typing import Any, cast

from django import forms
from django.db.models import TextChoices

from deputies.forms import DeputiesField
from deputies.models import Area, Body, Deputy, Level
from deputies.models.deputy import DeputyQuerySet
from profiles.selection import Selection, select, with_something_to_show
from staff.models import User

YEARS_BACK = 5


class Scope(TextChoices):
    EVERYBODY = "everybody", "当年有联络的全部代表委员"
    SEAT = "seat", "按层级"
    AREA = "area", "按板块"
    PERSONS = "persons", "指定人员"


def seats() -> list[tuple[str, str]]:
    """区人大代表, 市政协委员 …: each level of each body."""
    names = {Body.CONGRESS: "人大代表", Body.CPPCC: "政协委员"}
    return [
        (f"{body.value}-{level.value}", f"{level.label}{name}")
        for body, name in names.items()
        for level in Level
        if (body, level) != (Body.CPPCC, Level.TOWN)
    ]


def named(persons: list[Deputy]) -> str:
    """The first of them by name: a heading, not a list."""
    return "、".join(person.name for person in persons[:3]) + ("等" if len(persons) > 3 else "")


class PortraitForm(forms.Form):
    """Valid when there is at least one portrait to make; then ``selection`` says whose."""

    year = forms.TypedChoiceField(label="年度", coerce=int)
    scope = forms.ChoiceField(label="范围", choices=Scope, widget=forms.RadioSelect, initial=Scope.EVERYBODY)
    seat = forms.ChoiceField(label="层级", choices=seats, required=False)
    area = forms.ModelChoiceField(Area.objects.all(), label="板块", required=False, empty_label="请选择板块")
    deputies = DeputiesField(label="人员", required=False)
    idempotency_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, today: date, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.visible = Deputy.objects.visible_to(user)
        years = range(today.year, today.year - YEARS_BACK, -1)
        cast(forms.ChoiceField, self.fields["year"]).choices = [(year, f"{year}年") for year in years]
        cast(forms.ModelMultipleChoiceField, self.fields["deputies"]).queryset = self.visible
        self.selection: Selection | None = None

    def clean(self) -> dict[str, Any]:
        chosen = cast(dict[str, Any], super().clean())
        if not self.errors and (scope := self._scope(chosen)):
            year = chosen["year"]
            self.selection = select(*scope[:1], year, f"{year}年{scope[1]}")
            if not self.selection.deputies:
                self.add_error(None, "所选范围在这一年没有联络，也没有建议提案，没有可以印出的内容。")
        return chosen

    def _scope(self, chosen: dict[str, Any]) -> tuple[DeputyQuerySet, str] | None:
        match chosen["scope"]:
            case Scope.SEAT if chosen["seat"]:
                body, _, level = chosen["seat"].partition("-")
                return self.visible.seated(body, level), dict(seats())[chosen["seat"]]
            case Scope.AREA if chosen["area"]:
                return self.visible.filter(area=chosen["area"]), chosen["area"].name
            case Scope.PERSONS if chosen["deputies"]:
                persons = self.visible.filter(pk__in=chosen["deputies"])
                return persons, named(list(with_something_to_show(persons, chosen["year"]).by_name()))
            case Scope.EVERYBODY:
                return self.visible.reached_in(chosen["year"]), "有联络的全部代表委员"
        self.add_error("area" if chosen["scope"] == Scope.AREA else None, "请先选择层级、板块或人员。")
        return None
