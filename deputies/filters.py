"""One FilterSet per list: the page, its count, its links from the dashboard and its export share the queryset."""

from datetime import date
from typing import Any

from django import forms
from django.db import models
from django.db.models import QuerySet
from django.http import QueryDict
from django_filters import CharFilter, ChoiceFilter, ModelChoiceFilter

from common.filters import ListFilter, year_choices
from deputies.models import (
    Appointment,
    AppointmentRole,
    Area,
    Body,
    Contact,
    ContactMethod,
    Deputy,
    FieldOfConcern,
    FollowUp,
    Level,
    Pairing,
    Term,
)
from deputies.models.appointment import AppointmentQuerySet
from deputies.models.contact import ContactQuerySet, FollowUpQuerySet
from deputies.models.deputy import DeputyQuerySet
from deputies.models.last_contact import touches
from deputies.models.pairing import PairingQuerySet
from deputies.stats import APPOINTED, NONE, UNNAMED, Period
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
    area = ModelChoiceFilter(
        label="板块", queryset=Area.objects.all(), empty_label="各板块", null_label="未登记板块", null_value=NONE
    )
    field = ModelChoiceFilter(label="关注领域", queryset=FieldOfConcern.objects.all(), empty_label="各领域")
    reached = ChoiceFilter(label="当年联络", choices=[("yes", "已联络"), ("no", "尚未联络")], empty_label="是否联络")
    year = ChoiceFilter(label="年度", choices=[], empty_label=None)
    state = ChoiceFilter(label="任职", choices=Standing, empty_label=None)
    # Where a figure of the coverage page leads; told as chips above the list.
    term = ModelChoiceFilter(label="届", queryset=Term.objects.all(), widget=forms.HiddenInput)
    group = CharFilter(label="代表团/界别", max_length=40, widget=forms.HiddenInput)
    leader = ModelChoiceFilter(
        label="挂钩领导",
        queryset=User.objects.all(),
        null_label="未挂钩",
        null_value=NONE,
        widget=forms.HiddenInput,
    )
    way = ModelChoiceFilter(
        label="联络方式",
        queryset=ContactMethod.objects.all(),
        null_label="聘任",
        null_value=APPOINTED,
        widget=forms.HiddenInput,
    )

    @property
    def period(self) -> Period:
        """The days in which somebody is reached or not: those of the term, or else of the year."""
        term = self.chosen.get("term")
        return Period.of_term(term, self.today) if term else Period.of_year(self.year_shown)

    @property
    def year_shown(self) -> int:
        return int(self.chosen.get("year", self.today.year))

    def filter_queryset(self, queryset: DeputyQuerySet) -> DeputyQuerySet:
        chosen = self.chosen
        deputies = self._by_seat(queryset.found_by(chosen.get("q", "")))
        if "area" in chosen:
            deputies = deputies.filter(area=_or_none(chosen["area"]))
        if "field" in chosen:
            deputies = deputies.filter(fields_of_concern=chosen["field"])
        if "leader" in chosen:
            deputies = deputies.paired_with(_or_none(chosen["leader"]), self.today)
        return self._by_reach(deputies)

    def _by_seat(self, deputies: DeputyQuerySet) -> DeputyQuerySet:
        """All that is asked of a seat is asked of one and the same."""
        chosen = self.chosen
        state = chosen.get("state", Standing.SERVING)
        if state == Standing.SERVING:
            deputies = deputies.serving()
        elif state == Standing.FORMER:
            deputies = deputies.former()
        seat: dict[str, Any] = {name: chosen[name] for name in ("body", "level", "term") if name in chosen}
        if "group" in chosen:
            seat["group"] = "" if chosen["group"] == UNNAMED else chosen["group"]
        return deputies.seated(**seat, ever=state != Standing.SERVING) if seat else deputies

    def _by_reach(self, deputies: DeputyQuerySet) -> DeputyQuerySet:
        """Among the contacts that the reader may see, as are the figures in the list."""
        period, way, reached = self.period, self.chosen.get("way"), self.chosen.get("reached")
        met = touches(period.first, period.last, user=self.user, today=self.today)
        if way == APPOINTED:
            appointed = Appointment.objects.in_force_between(period.first, period.last)
            deputies = deputies.filter(pk__in=appointed.values("deputy"))
        elif way:
            deputies = deputies.met_in(met, way.pk)
        if reached == "no":
            return deputies.not_met_in(met)
        return deputies.met_in(met) if reached else deputies

    class Meta:
        model = Deputy
        fields: list[str] = []


def _or_none(value: Any) -> Any:
    return None if value == NONE else value


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


def _leaders_named(request: object) -> QuerySet[User]:
    """Also those who lead no more: the past can be looked up."""
    return User.objects.filter(pk__in=Pairing.objects.values("leader"))


class PairingFilter(ReaderFilter):
    state = ChoiceFilter(
        label="时间", choices=[("past", "已结束"), ("coming", "尚未开始"), ("all", "全部")], empty_label="现在挂钩"
    )
    leader = ModelChoiceFilter(label="挂钩领导", queryset=_leaders_named, empty_label="各位领导")
    area = ModelChoiceFilter(label="板块", queryset=Area.objects.all(), empty_label="各板块")
    mine = ChoiceFilter(label="范围", choices=[("1", "与我有关的")], empty_label="所有人")

    def filter_queryset(self, queryset: PairingQuerySet) -> PairingQuerySet:
        chosen = self.chosen
        state = chosen.get("state", "now")
        by_state = {
            "now": queryset.in_force(self.today),
            "past": queryset.past(self.today),
            "coming": queryset.to_come(self.today),
            "all": queryset,
        }
        pairings = by_state[state].of(self.user) if "mine" in chosen else by_state[state]
        return pairings.filter(**{name: chosen[name] for name in ("leader", "area") if name in chosen})

    class Meta:
        model = Pairing
        fields: list[str] = []


class AppointmentFilter(ReaderFilter):
    state = ChoiceFilter(
        label="聘期", choices=[("expiring", "即将届满"), ("ended", "已结束"), ("all", "全部")], empty_label="在聘"
    )
    role = ModelChoiceFilter(label="聘任为", queryset=AppointmentRole.objects.all(), empty_label="各类聘任")
    mine = ChoiceFilter(label="范围", choices=[("1", "我挂钩的")], empty_label="所有人")

    def filter_queryset(self, queryset: AppointmentQuerySet) -> AppointmentQuerySet:
        by_state = {
            "now": queryset.in_force(self.today),
            "expiring": queryset.expiring(self.today),
            "ended": queryset.ended(self.today),
            "all": queryset,
        }
        found = by_state[self.chosen.get("state", "now")]
        if "role" in self.chosen:
            found = found.filter(role=self.chosen["role"])
        if "mine" in self.chosen:
            found = found.filter(deputy__in=Pairing.objects.of(self.user).in_force(self.today).deputies())
        return found

    class Meta:
        model = Appointment
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
            "done": queryset.standing().filter(done_at__isnull=False),
            "all": queryset.standing(),
        }
        follow_ups = by_state[state]
        return follow_ups.filter(owner=self.user) if "mine" in self.chosen else follow_ups

    def in_words(self) -> str:
        """Nothing chosen shows what is open, which a sheet has to say."""
        told = super().in_words() if self.chosen else ""
        unsaid = [] if "state" in self.chosen else ["状态：未完成"]
        return "；".join([*unsaid, *([told] if told else [])])

    class Meta:
        model = FollowUp
        fields: list[str] = []
