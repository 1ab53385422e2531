"""One FilterSet for the list, its count and its export."""

import django_filters as filters
from django.db.models import Q
from django.forms import TextInput

from activities.models import Activity, ActivityKind, Attendance
from activities.models.activity import ActivityQuerySet
from activities.workflow import ActivityState
from common.filters import ListFilter, years_of
from common.sensitive import tidy
from deputies.models import Deputy
from staff.models import Department

WHENS = [("coming", "即将举行"), ("to_close", "待办结"), ("past", "已举行")]


class ActivityFilter(ListFilter):
    """``?came=<deputy>`` keeps those that this person attended: the link behind the number in the person's file."""

    everything = "全部活动"
    q = filters.CharFilter(method="by_text", label="关键词", widget=TextInput({"placeholder": "名称、地点、人员姓名"}))
    when = filters.ChoiceFilter(method="by_when", label="时间", choices=WHENS, empty_label="全部时间")
    year = filters.ChoiceFilter(method="by_year", label="年度", choices=[], empty_label="全部年度")
    kind = filters.ModelChoiceFilter(queryset=ActivityKind.objects.all(), label="类型", empty_label="全部类型")
    host = filters.ModelChoiceFilter(queryset=Department.objects.all(), label="承办部门", empty_label="全部部门")
    state = filters.ChoiceFilter(choices=ActivityState.choices, label="状态", empty_label="全部状态")
    came = filters.ModelChoiceFilter(method="by_who_came", label="到场人员", queryset=Deputy.objects.all())

    class Meta:
        model = Activity
        fields: list[str] = []

    def offer(self) -> None:
        self.filters["year"].extra["choices"] = years_of(Activity.objects.all(), "held_on", self.today)

    @property
    def rows(self) -> ActivityQuerySet:
        coming = self.chosen.get("when") == "coming"
        return self.qs.order_by("held_on", "id") if coming else self.qs.order_by("-held_on", "-id")

    def by_text(self, rows: ActivityQuerySet, name: str, value: str) -> ActivityQuerySet:
        text = tidy(value)
        invited = Attendance.objects.filter(deputy__search_text__icontains=text.casefold())
        return rows.filter(
            Q(title__icontains=text)
            | Q(place__icontains=text)
            | Q(summary__icontains=text)
            | Q(pk__in=invited.values("activity"))
        )

    def by_when(self, rows: ActivityQuerySet, name: str, value: str) -> ActivityQuerySet:
        if value == "coming":
            return rows.coming(self.today)
        return rows.to_close(self.today) if value == "to_close" else rows.held(self.today)

    def by_year(self, rows: ActivityQuerySet, name: str, value: str) -> ActivityQuerySet:
        return rows.in_year(int(value))

    def by_who_came(self, rows: ActivityQuerySet, name: str, value: Deputy) -> ActivityQuerySet:
        return rows.attended_by(value.pk)
