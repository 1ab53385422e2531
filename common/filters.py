"""What the filters of the lists share. One FilterSet serves a page, its count, the links to it and its export."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Max, Min, QuerySet
from django.http import QueryDict
from django_filters import FilterSet
from django_filters.fields import ChoiceField


class ListFilter(FilterSet):
    """A filter that knows the day. Ask ``is_valid`` first: a broken link must never show more than was asked for."""

    everything = "无"  # in words, where nothing is chosen

    def __init__(self, data: QueryDict, *, queryset: QuerySet[Any], today: date) -> None:
        super().__init__(data, queryset=queryset)
        self.today = today

    @property
    def chosen(self) -> dict[str, Any]:
        """The conditions that are set, by name; none of a broken filter."""
        values = self.form.cleaned_data if self.is_valid() else {}
        return {name: value for name, value in values.items() if value not in (None, "")}

    @property
    def query(self) -> str:
        """The query string of just these conditions, for the address bar and the export link."""
        clean = QueryDict(mutable=True)
        clean.update({name: self.data[name] for name in self.chosen})
        return clean.urlencode()

    def in_words(self) -> str:
        """What an export says above its rows."""
        fields = self.form.fields
        told = [f"{fields[name].label}：{_shown(fields[name], value)}" for name, value in self.chosen.items()]
        return "；".join(told) or self.everything


def year_choices(newest: int, oldest: int) -> list[tuple[str, str]]:
    return [(str(year), f"{year}年") for year in range(newest, oldest - 1, -1)]


def years_of(rows: QuerySet[Any], field: str, today: date) -> list[tuple[str, str]]:
    """From the first row to the last and always this year, newest first."""
    span = rows.aggregate(first=Min(field), last=Max(field))
    known = [day.year for day in (span["first"], span["last"], today) if day]
    return year_choices(max(known), min(known))


def _shown(field: forms.Field, value: Any) -> str:
    choices = dict(field.choices) if isinstance(field, ChoiceField) else {}
    return str(choices.get(value, value))
