"""Each figure is counted by the filter of the list that it links to: they cannot disagree.

件 and 条 stand in columns of their own and are never added up. What was given back, turned into a letter or withdrawn
is not counted.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import Count
from django.http import QueryDict

from suggestions.filters import SuggestionFilter
from suggestions.models import Kind, OurRole, ResultClass, Scope
from suggestions.models.suggestion import SuggestionQuerySet
from suggestions.stats import Figure, percent, unit_of


@dataclass(frozen=True)
class Row:
    """One line of the table: a figure for each kind of voice."""

    label: str
    cells: tuple[Figure, ...]

    def of(self, kind: Kind) -> Figure:
        return self.cells[list(Kind).index(kind)]


@dataclass(frozen=True)
class Share:
    """``percent`` is None where ``whole`` is too small to say anything."""

    part: int
    whole: int
    percent: int | None


@dataclass(frozen=True)
class Rate:
    label: str
    basis: str
    cells: tuple[Share, ...]


@dataclass(frozen=True)
class Section:
    title: str
    rows: tuple[Row, ...]
    rates: tuple[Rate, ...] = ()


@dataclass(frozen=True)
class YearReport:
    year: int
    handled: Row
    sections: tuple[Section, ...]

    @property
    def kinds(self) -> list[tuple[str, str]]:
        return [(kind.label, unit_of([kind])) for kind in Kind]

    @property
    def is_empty(self) -> bool:
        return not any(cell.number for cell in self.handled.cells)


def build(year: int, visible: SuggestionQuerySet, today: date) -> YearReport:
    counter = _Counter(year, visible, today)
    return YearReport(year, counter.row("由本院办理"), tuple(_sections(counter)))


def _sections(counter: "_Counter") -> Iterator[Section]:
    roles = tuple(counter.row(role.label, our_role=role.value) for role in OurRole)
    yield Section("办理性质", roles)
    on_time, late = counter.row("按期答复", answer="on_time"), counter.row("逾期答复", answer="late")
    in_person = counter.row("当面答复", face="yes")
    answered = counter.row("已答复", answer="any")
    yield Section(
        "答复",
        (answered, on_time, late, counter.row("尚未答复", answer="none"), in_person),
        (_rate("按期率", "已答复的", on_time, answered), _rate("面复率", "已答复的", in_person, answered)),
    )
    classes = ResultClass.objects.order_by("order", "code")
    yield Section("答复时结果", tuple(counter.row(str(each), told=each.code) for each in classes))
    yield Section("现办理结果", tuple(counter.row(f"现为{each}", now=each.code) for each in classes))
    satisfied, returned = (
        counter.row("满意或基本满意", verdict="satisfied"),
        counter.row("已反馈评价", verdict="returned"),
    )
    yield Section(
        "评价",
        (returned, satisfied, counter.row("不满意", verdict="unsatisfied")),
        (_rate("满意率", "已反馈评价的", satisfied, returned),),
    )
    yield Section(
        "承诺事项",
        (
            counter.row("列入承诺", promise="made"),
            counter.row("尚有待落实", promise="open"),
            counter.row("已有二次答复", promise="kept"),
        ),
    )
    yield Section("答复公开", tuple(counter.row(scope.label, publication=scope.value) for scope in Scope))


def _rate(label: str, basis: str, part: Row, whole: Row) -> Rate:
    shares = zip(part.cells, whole.cells, strict=True)
    return Rate(label, basis, tuple(Share(a.number, b.number, percent(a.number, b.number)) for a, b in shares))


class _Counter:
    """Asks the filters of the list themselves, one after the other, without drawing its form for each figure."""

    def __init__(self, year: int, visible: SuggestionQuerySet, today: date) -> None:
        self.base = urlencode({"year": year, "progress": "ours"})
        self.list = SuggestionFilter(QueryDict(self.base), queryset=visible, today=today)

    def row(self, label: str, **conditions: str) -> Row:
        rows = self.list.qs
        for name, value in conditions.items():
            rows = self.list.filters[name].filter(rows, self.list.form.fields[name].clean(value))
        numbers = dict(rows.order_by().values_list("kind").annotate(Count("pk")))
        query = "&".join([self.base, *([urlencode(conditions)] if conditions else [])])
        cells = (Figure(numbers.get(kind, 0), unit_of([kind]), f"{query}&kind={kind}") for kind in Kind)
        return Row(label, tuple(cells))
