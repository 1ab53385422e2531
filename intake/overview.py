"""What the page of an import shows of it: the tabs of its rows, what was recognised, what staff may decide."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import reverse

from deputies.models import Mandate
from intake.aliases import meanings
from intake.models import (
    Alias,
    AliasOf,
    HeadingSynonym,
    ImportChange,
    ImportRow,
    ImportRun,
    LedgerKind,
    Outcome,
    Thing,
)
from intake.run import WORDS
from intake.workflow import RunState

TOLD = "told"  # imported, with something to be said
UNKNOWN_WORDS = ["unknown_department", "unknown_method", "unknown_kind", "no_level"]
LEFT_OUT = {"hidden_sheet": "是隐藏的，没有导入", "no_header": "没有认识的表头，没有导入"}


@dataclass(frozen=True)
class OutcomeTab:
    """One filter of the rows: ``?show=<key>``."""

    key: str
    label: str
    count: int

    @staticmethod
    def rows(run: ImportRun, key: str) -> QuerySet[ImportRow]:
        rows = run.rows.order_by("pk")
        if key == TOLD:
            return rows.exclude(code="").exclude(outcome__in=[Outcome.ERROR, Outcome.IGNORED])
        return rows.filter(outcome=key) if key else rows


def tabs_of(run: ImportRun, wanted: str) -> list[OutcomeTab]:
    """All, then each outcome that occurs (and the wanted one), then those with a warning."""
    counts = {"": run.counts.get("rows_with_text", 0)}
    names = {Outcome.ERROR: "errors"}
    for outcome in Outcome:
        counts[outcome] = run.counts.get(names.get(outcome, outcome), 0)
    told = OutcomeTab.rows(run, TOLD).count()
    tabs = [OutcomeTab("", "全部", counts[""])]
    tabs += [OutcomeTab(each, each.label, counts[each]) for each in Outcome if counts[each] or each == wanted]
    return [*tabs, OutcomeTab(TOLD, "有提醒", told)] if told or wanted == TOLD else tabs


@dataclass(frozen=True)
class SheetLine:
    name: str
    kind: str
    left_out: str
    columns: list[tuple[str, str, str]]  # column and heading, what it is taken for, tone


def facts_of(run: ImportRun) -> dict[str, Any]:
    """Sheets and headings as they were understood, and what can be decided about the whole file."""
    return {
        "sheets": [_sheet(sheet) for sheet in run.sheets],
        "kinds": LedgerKind.choices,
        "unknown": run.rows.filter(code__in=UNKNOWN_WORDS).count(),
        "hidden": run.rows.filter(code="hidden_row").count(),
        "decided": len(run.chosen),
    }


def _sheet(sheet: dict[str, Any]) -> SheetLine:
    kind = LedgerKind(sheet["kind"]).label if sheet["kind"] else ""
    near = sheet["kind"] or sheet.get("nearest")
    labels = WORDS[near].labels if near else {}
    columns = [_column(column, labels.get(column["field"], "")) for column in sheet["columns"]]
    return SheetLine(sheet["name"], kind, LEFT_OUT.get(sheet["left_out"], ""), columns)


def _column(column: dict[str, Any], label: str) -> tuple[str, str, str]:
    heading = f"{column['column']}列 {column['heading']}" + ("（隐藏列）" if column["hidden"] else "")
    if column["state"] == "imported":
        return heading, label, "ok"
    return (heading, "不导入", "muted") if column["state"] == "not_imported" else (heading, "不认识", "warn")


# What a row is about, by its most telling record.
_PAGES = {
    Thing.CONTACT: "deputies:contact",
    Thing.ACTIVITY: "activities:detail",
    Thing.SUGGESTION: "suggestions:detail",
    Thing.DEPUTY: "deputies:file",
}


@dataclass(frozen=True)
class RowLine:
    """One row on the page: the row, its questions, and its record after the import."""

    row: ImportRow
    questions: list[Any]
    url: str

    @property
    def tone(self) -> str:
        return {"new": "ok", "updated": "info", "error": "bad"}.get(self.row.outcome, "muted")


def lines_of(run: ImportRun, rows: Iterable[ImportRow], form: forms.Form) -> list[RowLine]:
    rows = list(rows)
    urls = _urls(run, rows) if run.state == RunState.DONE else {}
    return [RowLine(row, _questions(form, row), urls.get((row.sheet, row.row), "")) for row in rows]


def _questions(form: forms.Form, row: ImportRow) -> list[forms.BoundField]:
    names = [f"who-{row.pk}-{number}" for number, _ in enumerate(row.choices)]
    return [form[name] for name in names if name in form.fields]


def _deputies_of(changes: list[ImportChange]) -> dict[int, int]:
    """Seat → the file in which it is to be seen."""
    seats = [change.object_id for change in changes if change.thing == Thing.MANDATE]
    return dict(Mandate.objects.filter(pk__in=seats).values_list("pk", "deputy_id"))


def _urls(run: ImportRun, rows: list[ImportRow]) -> dict[tuple[str, int], str]:
    places = {(row.sheet, row.row) for row in rows}
    known = ImportChange.objects.filter(run=run, row__in={row.row for row in rows}).order_by("-pk")
    changes = [change for change in known if (change.sheet, change.row) in places]
    files = _deputies_of(changes)
    return {(change.sheet, change.row or 0): url for change in changes if (url := _url(change, files))}


def _url(change: ImportChange, files: dict[int, int]) -> str:
    if change.thing in _PAGES:
        return reverse(_PAGES[Thing(change.thing)], args=[change.object_id])
    file = files.get(change.object_id) if change.thing == Thing.MANDATE else None
    return reverse("deputies:file", args=[file]) if file else ""


@dataclass(frozen=True)
class Told:
    """One thing that the office taught: the list it belongs to, its own word, what that is read as."""

    pk: int
    of: str
    word: str
    means: str


def headings_told() -> list[Told]:
    return [
        Told(row.pk, row.get_kind_display(), row.heading, WORDS[row.kind].labels.get(row.field, "不导入"))
        for row in HeadingSynonym.objects.order_by("kind", "heading")
    ]


def aliases_told() -> list[Told]:
    names = {of: dict(meanings(of)) for of in AliasOf}
    return [
        Told(row.pk, row.get_of_display(), row.word, names[AliasOf(row.of)].get(row.means, "已停用，不再起作用"))
        for row in Alias.objects.order_by("of", "word")
    ]
