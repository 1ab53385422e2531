"""The ledger of promises: list, figures and export share it."""

from collections.abc import Callable

import django_filters as filters
from django.db.models import F, Q
from django.forms import HiddenInput, TextInput

from common.filters import ListFilter, years_of
from common.sensitive import tidy
from staff.models import Department, User
from suggestions.models import (
    Promise,
    Proposer,
    Reply,
    ResultClass,
)
from suggestions.models.promise import PromiseQuerySet

PROMISE_STATES = [
    ("open", "待落实（全部）"),
    ("overdue", "已逾期"),
    ("30", "30天内到期"),
    ("incomplete", "待补时限或责任人"),
    ("kept", "已落实"),
    ("all", "全部"),
]


class PromiseFilter(ListFilter):
    """承诺台账. Where nothing is said of the state, what is open is shown, across years and terms."""

    q = filters.CharFilter(
        method="by_text", label="关键词", widget=TextInput({"type": "search", "placeholder": "承诺、标题、姓名、拼音"})
    )
    state = filters.ChoiceFilter(method="in_state", choices=PROMISE_STATES, label="状态", empty_label="待落实")
    year = filters.ChoiceFilter(method="by_year", choices=[], label="答复年度", empty_label="各年度")
    department = filters.ModelChoiceFilter(queryset=Department.objects.all(), label="责任部门", empty_label="各部门")
    owner = filters.ModelChoiceFilter(queryset=User.objects.none(), label="责任人", empty_label="各责任人")
    told = filters.ModelChoiceFilter(
        field_name="reply__result_class",
        queryset=ResultClass.objects.all(),
        to_field_name="code",
        label="答复时结果",
        empty_label="全部结果",
    )
    kept = filters.ChoiceFilter(method="kept_in", choices=[], label="落实年度", widget=HiddenInput)

    class Meta:
        model = Promise
        fields: list[str] = []

    def offer(self) -> None:
        self.filters["year"].extra["choices"] = years_of(Reply.objects.all(), "replied_on", self.today)
        self.filters["kept"].extra["choices"] = years_of(Promise.objects.all(), "kept_on", self.today)
        keepers = Promise.objects.exclude(owner=None).values("owner")
        self.filters["owner"].queryset = User.objects.filter(pk__in=keepers).order_by("name", "pk")

    def filter_queryset(self, queryset: PromiseQuerySet) -> PromiseQuerySet:
        found: PromiseQuerySet = super().filter_queryset(queryset)
        return found if "state" in self.chosen else found.open()

    def in_words(self) -> str:
        told = super().in_words() if self.chosen else ""
        unsaid = [] if "state" in self.chosen else ["状态：待落实"]
        return "；".join([*unsaid, *([told] if told else [])])

    @property
    def rows(self) -> PromiseQuerySet:
        """What is due first; what nobody dated comes after, the kept ones last."""
        return self.qs.order_by(F("kept_on").desc(nulls_first=True), F("due_on").asc(nulls_last=True), "pk")

    def by_text(self, rows: PromiseQuerySet, name: str, value: str) -> PromiseQuerySet:
        text = tidy(value)
        named = Proposer.objects.filter(deputy__search_text__icontains=text.casefold())
        return rows.filter(
            Q(what__icontains=text)
            | Q(reply__suggestion__title__icontains=text)
            | Q(reply__suggestion__in=named.values("suggestion"))
        )

    def in_state(self, rows: PromiseQuerySet, name: str, value: str) -> PromiseQuerySet:
        wanted: dict[str, Callable[[], PromiseQuerySet]] = {
            "open": rows.open,
            "overdue": lambda: rows.overdue(self.today),
            "30": lambda: rows.due_within(self.today, 30),
            "incomplete": rows.incomplete,
            "kept": rows.kept,
            "all": rows.standing,
        }
        return wanted[value]()

    def by_year(self, rows: PromiseQuerySet, name: str, value: str) -> PromiseQuerySet:
        return rows.filter(reply__replied_on__year=int(value))

    def kept_in(self, rows: PromiseQuerySet, name: str, value: str) -> PromiseQuerySet:
        return rows.filter(kept_on__year=int(value))
