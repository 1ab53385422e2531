"""One FilterSet per list: the page, its count, its links from the dashboard and its export share the queryset."""

from datetime import date
from typing import Any

from django import forms
from django.db import models
from django.db.models import QuerySet
from django.http import QueryDict
from django_filters import CharFilter, ChoiceFilter, ModelChoiceFilter

from common.filters import ListFilter, year_choices
from deputies.models import Area, Body, Contact, ContactMethod, Deputy, FieldOfConcern, FollowUp, Level
from deputies.models.contact import ContactQuerySet, FollowUpQuerySet
from deputies.models.deputy import DeputyQuerySet
from staff.models import Department, User

YEARS_BACK = 10


class Standing(models.TextChoices):
    SERVING = "serving", "在任"
    FORMER = "former", "已离任"
    ALL = "all", "全部"


class ReaderFilter(ListFilter):
    """A filter that knows the reader too."""

    def __init__(self, data: QueryDict, *, queryset: QuerySet[Any], today: date, user: User) -> None:
        self.user = user
        super().__init__(data, queryset=queryset, today=today)

    def offer(self) -> None:
        if "year" in self.filters:
            self.filters["year"].extra["choices"] = year_choices(self.today.year, self.today.year - YEARS_BACK + 1)

    def sentence(self, count: int, unit: str) -> str:
        """What an export says above its rows: which filter, how many."""
        return f"筛选：{self.in_words()}　共 {count} {unit}　{self.today:%Y-%m-%d} 导出"


class DeputyFilter(ReaderFilter):
    q = CharFilter(
        label="查找",
        max_length=60,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "姓名、拼音、首字母、单位"}),
    )
    body = ChoiceFilter(label="性质", choices=Body, empty_label="人大政协")
    level = ChoiceFilter(label="层级", choices=Level, empty_label="各级")
    area = ModelChoiceFilter(label="板块", queryset=Area.objects.all(), empty_label="各板块")
    field = ModelChoiceFilter(label="关注领域", queryset=FieldOfConcern.objects.all(), empty_label="各领域")
    reached = ChoiceFilter(label="当年联络", choices=[("yes", "已联络"), ("no", "尚未联络")], empty_label="是否联络")
    year = ChoiceFilter(label="年度", choices=[], empty_label=None)
    state = ChoiceFilter(label="任职", choices=Standing, empty_label=None)

    @property
    def year_shown(self) -> int:
        return int(self.chosen.get("year", self.today.year))

    def filter_queryset(self, queryset: DeputyQuerySet) -> DeputyQuerySet:
        chosen = self.chosen
        deputies = queryset.found_by(chosen.get("q", ""))
        state = chosen.get("state", Standing.SERVING)
        if state == Standing.SERVING:
            deputies = deputies.serving()
        elif state == Standing.FORMER:
            deputies = deputies.former()
        if "body" in chosen or "level" in chosen:
            deputies = deputies.seated(chosen.get("body", ""), chosen.get("level", ""), ever=state != Standing.SERVING)
        if "area" in chosen:
            deputies = deputies.filter(area=chosen["area"])
        if "field" in chosen:
            deputies = deputies.filter(fields_of_concern=chosen["field"])
        return self._by_reach(deputies)

    def _by_reach(self, deputies: DeputyQuerySet) -> DeputyQuerySet:
        """Among the contacts that the reader may see, as are the figures in the list."""
        contacts = Contact.objects.visible_to(self.user)
        if self.chosen.get("reached") == "yes":
            return deputies.reached_in(self.year_shown, contacts)
        if self.chosen.get("reached") == "no":
            return deputies.unreached_in(self.year_shown, contacts)
        return deputies

    class Meta:
        model = Deputy
        fields: list[str] = []


class ContactFilter(ReaderFilter):
    q = CharFilter(
        label="查找",
        max_length=60,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "内容、地点、姓名、拼音"}),
    )
    year = ChoiceFilter(label="年度", choices=[], empty_label="各年")
    month = ChoiceFilter(label="月份", choices=[(str(n), f"{n}月") for n in range(1, 13)], empty_label="各月")
    method = ModelChoiceFilter(label="方式", queryset=ContactMethod.objects.all(), empty_label="各种方式")
    department = ModelChoiceFilter(label="部门", queryset=Department.objects.all(), empty_label="各部门")
    mine = ChoiceFilter(label="范围", choices=[("1", "我的联络")], empty_label="所有人")
    touch = ChoiceFilter(label="计入联络", choices=[("1", "只看计入的")], empty_label="全部记录")
    deputy = ModelChoiceFilter(label="代表委员", queryset=Deputy.objects.all(), widget=forms.HiddenInput)

    def filter_queryset(self, queryset: ContactQuerySet) -> ContactQuerySet:
        chosen = self.chosen
        contacts = queryset.found_by(chosen.get("q", ""))
        if "year" in chosen:
            contacts = contacts.in_year(int(chosen["year"]))
        if "month" in chosen:
            contacts = contacts.filter(happened_on__month=chosen["month"])
        for name in ("method", "department"):
            if name in chosen:
                contacts = contacts.filter(**{name: chosen[name]})
        if "mine" in chosen:
            contacts = contacts.of(self.user)
        if "touch" in chosen:
            contacts = contacts.touching()
        if "deputy" in chosen:
            contacts = contacts.filter(met__deputy=chosen["deputy"])
        return contacts

    class Meta:
        model = Contact
        fields: list[str] = []


class FollowUpFilter(ReaderFilter):
    state = ChoiceFilter(
        label="状态", choices=[("overdue", "已逾期"), ("done", "已完成"), ("all", "全部")], empty_label="未完成"
    )
    mine = ChoiceFilter(label="范围", choices=[("1", "我负责的")], empty_label="所有人")

    def filter_queryset(self, queryset: FollowUpQuerySet) -> FollowUpQuerySet:
        state = self.chosen.get("state", "open")
        by_state = {
            "open": queryset.open(),
            "overdue": queryset.overdue(self.today),
            "done": queryset.filter(done_at__isnull=False),
            "all": queryset,
        }
        follow_ups = by_state[state]
        return follow_ups.filter(owner=self.user) if "mine" in self.chosen else follow_ups

    class Meta:
        model = FollowUp
        fields: list[str] = []
