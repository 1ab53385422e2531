"""One FilterSet for the list of portraits and its count."""

import django_filters as filters
from django.db.models import Exists, OuterRef
from django.forms import TextInput

from common.filters import ListFilter, year_choices
from deputies.models import Deputy
from profiles.models import Portrait
from profiles.models import PortraitQuerySet as Portraits
from profiles.workflow import PortraitState

YEARS_BACK = 10


class PortraitFilter(ListFilter):
    q = filters.CharFilter(method="by_text", label="查找", widget=TextInput({"placeholder": "姓名、拼音、单位"}))
    year = filters.ChoiceFilter(label="年度", choices=[], empty_label="全部年度")
    state = filters.ChoiceFilter(choices=PortraitState.choices, label="状态", empty_label="全部状态")

    class Meta:
        model = Portrait
        fields: list[str] = []

    def offer(self) -> None:
        self.filters["year"].extra["choices"] = year_choices(self.today.year, self.today.year - YEARS_BACK + 1)

    @property
    def rows(self) -> Portraits:
        """Newest year first, then by name."""
        later = Portrait.objects.ready().filter(
            deputy=OuterRef("deputy"), year=OuterRef("year"), version__gt=OuterRef("version")
        )
        in_order = self.qs.order_by("-year", "deputy__pinyin", "deputy_id", "-version")
        return in_order.select_related("deputy").annotate(superseded=Exists(later))

    def by_text(self, rows: Portraits, name: str, value: str) -> Portraits:
        return rows.filter(deputy__in=Deputy.objects.found_by(value))
