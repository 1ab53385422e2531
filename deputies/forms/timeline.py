"""The two filters above a person's timeline."""

from typing import Any

from django import forms

from deputies.timeline import Entry, Kind


class TimelineForm(forms.Form):
    kind = forms.ChoiceField(label="种类", choices=[("", "全部种类"), *Kind.choices], required=False)
    year = forms.TypedChoiceField(label="年度", choices=[], coerce=int, empty_value=None, required=False)

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["year"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [("", "各年"), *((year, f"{year}年") for year in years)]

    def takes(self, entry: Entry) -> bool:
        kind, year = self.cleaned_data["kind"], self.cleaned_data["year"]
        return kind in ("", entry.kind) and year in (None, entry.on.year)
