"""Which days, and cut how: the two questions above the coverage table."""

from datetime import date
from typing import Any

from django import forms

from common.filters import year_choices
from deputies.models import Term
from deputies.stats import By, Period

TERMS = "terms"
YEARS_BACK = 5


class CoverageForm(forms.Form):
    """Asked by GET and complete without any answer: each term by its own days, by level."""

    period = forms.ChoiceField(label="期间", required=False)
    by = forms.TypedChoiceField(label="分组", choices=By.choices, coerce=By, required=False, empty_value=By.LEVEL)

    def __init__(self, data: Any, *, today: date) -> None:
        super().__init__(data)
        self.today = today
        self.terms = {f"term-{term.pk}": term for term in Term.objects.filter(starts_on__lte=today)}
        self.fields["period"].choices = [  # type: ignore[attr-defined]
            ("按届", [(TERMS, "各届（各按其任期）"), *((key, str(term)) for key, term in self.terms.items())]),
            ("按年", year_choices(today.year, today.year - YEARS_BACK)),
        ]

    def clean_period(self) -> Period | str:
        asked = self.cleaned_data["period"] or TERMS
        if asked == TERMS:
            return TERMS
        term = self.terms.get(asked)
        return Period.of_term(term, self.today) if term else Period.of_year(int(asked))

    def in_words(self) -> str:
        period, by = self.cleaned_data["period"], self.cleaned_data["by"]
        if period == TERMS:
            return "各届，各按其任期"
        return f"{period.label}，按{by.label}"
