"""The two filters above a person's timeline."""

from datetime import date

from django import forms
from django.http import QueryDict

from deputies.timeline import Entry, Kind

FIRST_YEAR = 1980


class TimelineForm(forms.Form):
    """``years`` are those with an entry that the reader sees; a link from somebody who sees more names others."""

    kind = forms.ChoiceField(label="种类", choices=[("", "全部种类"), *Kind.choices], required=False)
    year = forms.TypedChoiceField(label="年度", choices=[], coerce=int, empty_value=None, required=False)

    def __init__(self, data: QueryDict, *, years: set[int], today: date) -> None:
        super().__init__(data)
        asked = data.get("year", "")
        known = years | {year for year in range(FIRST_YEAR, today.year + 1) if str(year) == asked}
        field = self.fields["year"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [("", "各年"), *((year, f"{year}年") for year in sorted(known, reverse=True))]

    def takes(self, entry: Entry) -> bool:
        kind, year = self.cleaned_data["kind"], self.cleaned_data["year"]
        return kind in ("", entry.kind) and year in (None, entry.on.year)
