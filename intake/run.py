"""From a workbook to reports, row by row: which sheet is what, in which order, and what each row becomes."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from common.denied import Denied
from intake import report
from intake.kinds import activities_words, contacts_words, roster_words, suggestions_words
from intake.kinds.activities import Activities
from intake.kinds.base import ERROR, Kind, Plan, Surroundings
from intake.kinds.contacts import Contacts
from intake.kinds.links import Links
from intake.kinds.roster import Roster
from intake.kinds.suggestions import Suggestions
from intake.models import HeadingSynonym, LedgerKind
from intake.office import Office
from intake.people import People
from intake.reading.cells import Problem, plain
from intake.reading.dates import year_of
from intake.reading.headings import Vocabulary, likely_header
from intake.reading.identity import Identity, identity
from intake.reading.table import HEADER_WITHIN, Line, Table
from intake.report import RowReport, SheetReport, Tally
from intake.workbook import Sheet, Workbook

WORDS: dict[str, Vocabulary] = {
    LedgerKind.ROSTER: roster_words.WORDS,
    LedgerKind.CONTACTS: contacts_words.WORDS,
    LedgerKind.ACTIVITIES: activities_words.WORDS,
    LedgerKind.SUGGESTIONS: suggestions_words.WORDS,
}
# Ledgers name the people of rosters; what activities and answers write, the ledger of contacts need not write again.
_ORDER: list[str] = [LedgerKind.ROSTER, LedgerKind.ACTIVITIES, LedgerKind.SUGGESTIONS, LedgerKind.CONTACTS]

_LEDGERS: dict[str, Callable[[Office, Links, Vocabulary, str], Kind]] = {
    LedgerKind.CONTACTS: Contacts,
    LedgerKind.ACTIVITIES: Activities,
    LedgerKind.SUGGESTIONS: Suggestions,
}


@dataclass(frozen=True)
class Options:
    """``chosen``: ``choice_key`` → a file's key or "new", where staff decided who is meant."""

    kind: str = ""
    body: str = ""
    hidden_rows: bool = False
    chosen: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Found:
    sheet: Sheet
    words: Vocabulary
    table: Table


class Run:
    """``reports()`` plans each row; ``sheets`` and ``tally`` fill on the way. If it is for ``real``, the plan is kept
    and ``write()`` writes it."""

    def __init__(self, office: Office, options: Options, *, real: bool) -> None:
        self.office, self.options, self.real = office, options, real
        self.writes: list[tuple[tuple[str, int], Callable[[], None]]] = []
        self.people = People()
        self.sheets: list[SheetReport] = []
        self.tally = Tally()

    def reports(self, workbook: Workbook) -> Iterator[RowReport]:
        words = vocabularies(self.options.kind)
        found = [self._found(sheet, words) for sheet in workbook.sheets]
        ready = sorted(
            (each for each in found if isinstance(each, _Found)), key=lambda each: _ORDER.index(each.words.kind)
        )
        for each in ready:
            yield from self._counted(self._imported(each, workbook))
        for other in found:
            if isinstance(other, tuple):
                yield from self._counted(self._left_out(*other))

    def _counted(self, reports: Iterator[RowReport]) -> Iterator[RowReport]:
        for each in reports:
            self.tally.outcomes[each.outcome] += 1
            yield each

    def _found(self, sheet: Sheet, words: list[Vocabulary]) -> "_Found | tuple[Sheet, Problem]":
        if sheet.hidden:
            return sheet, Problem("hidden_sheet", "隐藏的工作表不导入。如需导入，请取消隐藏。")
        areas = frozenset(area.name for area in self.office.areas.values())
        best: Table | None = None
        for vocabulary in words:
            table = Table(vocabulary, sheet.merges, areas)
            for _ in islice(table.lines(sheet.rows()), HEADER_WITHIN):
                pass
            if table.headers and (best is None or len(table.headers[0].columns) > len(best.headers[0].columns)):
                best = table
        if best is None:
            return sheet, Problem("no_header", "没有找到认识的表头，整张工作表没有导入。请核对表头的列名。")
        return _Found(sheet, best.words, best)

    def _left_out(self, sheet: Sheet, why: Problem) -> Iterator[RowReport]:
        told = SheetReport(sheet.name, left_out=why.code)
        guess = likely_header(sheet.rows(), vocabularies(self.options.kind)) if why.code == "no_header" else None
        if guess:
            told.headers, words = [guess[0]], guess[1]
            if words and (missing := words.must - guess[0].columns.keys()):
                told.nearest, why = words.kind, _incomplete(words, missing)
        self.sheets.append(told)
        for row in sheet.rows():
            self.tally.rows += 1
            yield report.of_ignored(sheet.name, row, why)

    def _imported(self, found: _Found, workbook: Workbook) -> Iterator[RowReport]:
        sheet, words = found.sheet, found.words
        around = self._surroundings(found, workbook)
        kind = self._kind(sheet, words)
        table = Table(words, sheet.merges, found.table.areas)
        self.sheets.append(
            SheetReport(sheet.name, words.kind, headers=table.headers, hidden_columns=sorted(sheet.hidden_columns))
        )
        for line in table.lines(sheet.rows()):
            self.tally.rows += 1
            if line.ignored:
                yield report.of_ignored(sheet.name, line.row, line.ignored)
            else:
                yield report.of_plan(sheet.name, line, self._taken(kind, line, around), words.key)
        if self.real:
            self.writes.append(((sheet.name, 0), kind.flush))

    def write(self) -> None:
        """Whatever a verb refuses stops the whole import, and tells the row."""
        for place, write in self.writes:
            self.office.at = place
            try:
                write()
            except Denied as denied:
                sheet, number = place
                raise Denied(f"工作表“{sheet}”第 {number} 行：{denied}没有导入任何内容。") from denied

    def _taken(self, kind: Kind, line: Line, around: Surroundings) -> Plan:
        """Plan the row. A hidden one is an error that staff may lift."""
        if line.hidden and not self.options.hidden_rows:
            sentence = "这一行在表里是隐藏的，没有导入。请取消隐藏，或选择“包括隐藏行”再导入。"
            return Plan(ERROR, [Problem("hidden_row", sentence)])
        plan = kind.plan(line, around)
        if self.real and plan.write:
            self.writes.append(((kind.sheet, line.number), plan.write))
        return plan

    def _kind(self, sheet: Sheet, words: Vocabulary) -> Kind:
        if words.kind in _LEDGERS:
            return _LEDGERS[words.kind](self.office, self._links(sheet), words, sheet.name)
        return Roster(self.office, self.people, words, sheet.name, self.options.chosen)

    def _links(self, sheet: Sheet) -> Links:
        return Links(self.people, self.office.seats, sheet.name, self.options.chosen)

    def _surroundings(self, found: _Found, workbook: Workbook) -> Surroundings:
        """From the sheet's name, then its titles, then the file's name; of the latter two only with a body."""
        name, others = found.sheet.name, [*found.table.titles, Path(workbook.name).stem]
        who = self.office.seats.get(plain(name)) or identity(_without_house(name))
        for text in others:
            said = identity(_without_house(text))
            if said.body:
                who = who.filled_from(said)
        who = who.filled_from(Identity(body=self.options.body))
        years = [year for text in (name, *others) if (year := year_of(text))]
        return Surroundings(who, years[0] if years else None, self.office.today)


def _incomplete(words: Vocabulary, missing: Iterable[str]) -> Problem:
    names = "、".join(f"“{words.labels[name]}”" for name in sorted(missing))
    sentence = f"像是{LedgerKind(words.kind).label}，但没有认出{names}列，整张工作表没有导入。请对照表头，或改正列名。"
    return Problem("no_header", sentence)


def vocabularies(kind: str) -> list[Vocabulary]:
    """The headings of ``kind`` (or of all), with those that the office mapped by hand."""
    by_hand: dict[str, dict[str, str]] = {}
    for synonym in HeadingSynonym.objects.all():
        by_hand.setdefault(synonym.kind, {})[synonym.heading] = synonym.field
    return [
        replace(words, headings={**words.headings, **by_hand.get(name, {})})
        for name, words in WORDS.items()
        if kind in ("", name)
    ]


def _without_house(text: str) -> str:
    """知禾区人民检察院 tells where we are, not whose deputies these are."""
    return re.sub(r"[\u3400-\u9fff]*?检察院", "", text)
