"""What the filters of the lists share. One FilterSet serves a page, its count, the links to it and its export."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import BadRequest
from django.db.models import Max, Min, QuerySet
from django.http import QueryDict
from django_filters import FilterSet
from django_filters.fields import ChoiceField


class ListFilter(FilterSet):
    """A filter that knows the day. A value outside the choices is a broken link, 400: it must never show more than
    was asked for."""

    everything = "无"  # in words, where nothing is chosen

    def __init__(self, data: QueryDict, *, queryset: QuerySet[Any], today: date) -> None:
        super().__init__(data, queryset=queryset)
        self.today = today
        self.offer()
        if not self.is_valid():
            raise BadRequest("链接中的筛选条件有误，请回到列表重新筛选。")

    def offer(self) -> None:
        """Choices that depend on the day or on the rows."""

    @property
    def chosen(self) -> dict[str, Any]:
        """The conditions that are set, by name."""
        return {name: value for name, value in self.form.cleaned_data.items() if value not in (None, "")}

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
