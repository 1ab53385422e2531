"""From a line to a plan: reading fields with their problems gathered, so that a row tells all of them at once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol, TypeVar

from django.core.exceptions import ValidationError

from common.sensitive import refuse_numbers, secret_words, tidy
from intake.reading.cells import Cell, Problem, Refusal
from intake.reading.headings import Vocabulary
from intake.reading.identity import Identity
from intake.reading.table import Line

T = TypeVar("T")
NEW, UPDATED, SAME, ERROR, IGNORED = "new", "updated", "same", "error", "ignored"


@dataclass
class Plan:
    """What becomes of one row. ``write`` is called once, when the import is for real; None: nothing to write."""

    outcome: str
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    changes: dict[str, list[str]] = field(default_factory=dict)
    write: Callable[[], None] | None = None


@dataclass(frozen=True)
class Surroundings:
    """What the sheet's name, its titles and the file say for all rows."""

    identity: Identity
    year: int | None
    today: date


def choice_key(sheet: str, row: int, person: str = "") -> str:
    """Where staff say who is meant; without ``person`` it holds for everybody in the row."""
    return f"{sheet}!{row}!{person}"


def choice_of(chosen: Mapping[str, str], sheet: str, row: int, person: str) -> str:
    return chosen.get(choice_key(sheet, row, person)) or chosen.get(choice_key(sheet, row), "")


class Kind(Protocol):
    """One kind of ledger."""

    words: Vocabulary
    sheet: str

    def plan(self, line: Line, around: Surroundings) -> Plan: ...

    def flush(self) -> None:
        """Write what was gathered; called at the end of a real import."""


class Reader:
    """Reads the fields of one line and keeps what is wrong with them."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self.problems: list[Problem] = list(line.problems)
        self.warnings: list[Problem] = []

    def refuse(self, code: str, sentence: str, name: str = "") -> None:
        self.problems.append(Problem(code, sentence, self.line.label(name)))

    def ask(self, refusal: Refusal, name: str, person: str, *more: tuple[str, str]) -> None:
        """An error that staff can lift by saying who is meant; ``more`` are choices beside the files."""
        choices = (*refusal.choices, *more) if refusal.choices else ()
        self.problems.append(Problem(refusal.code, refusal.sentence, self.line.label(name), person, choices))

    def warn(self, code: str, sentence: str, name: str = "") -> None:
        self.warnings.append(Problem(code, sentence, self.line.label(name)))

    def need(self, name: str, what: str, read: Callable[[Cell], T]) -> T | None:
        """A required field: missing, without a value or not understood is an error."""
        cell = self.line.cell(name)
        if cell.is_lost:
            self.refuse("no_value", f"{what}是没有结果的公式或错误值，请填写实际内容。", name)
        elif not cell.text.strip():
            self.refuse("missing", f"缺少{what}，请填写。", name)
        else:
            try:
                return read(cell)
            except Refusal as refusal:
                self.refuse(refusal.code, refusal.sentence, name)
        return None

    def maybe(self, name: str, what: str, read: Callable[[Cell], T]) -> T | None:
        """An optional field: what is wrong with it is a warning, and it stays empty."""
        cell = self.line.cell(name)
        if cell.is_lost:
            self.warn("no_value", f"{what}是没有结果的公式或错误值，已按空白导入。", name)
        elif cell.text.strip():
            try:
                return read(cell)
            except Refusal as refusal:
                self.warn(refusal.code, f"{refusal.sentence.rstrip('。')}。{what}已按空白导入。", name)
        return None

    def named(self, name: str, what: str, read: Callable[[Cell], list[T]]) -> list[T]:
        """People, where the cell names any: a list that cannot be read is an error, since somebody would be lost."""
        if self.line.cell(name).is_lost:
            self.warn("no_value", f"{what}是没有结果的公式或错误值，已按空白导入。", name)
            return []
        return (self.need(name, what, read) or []) if self.line.text(name) else []

    def text(self, name: str, what: str, limit: int) -> str:
        """Optional free text, guarded like a form's: no case or ID number, not longer than the field."""
        cell = self.line.cell(name)
        if cell.is_lost:
            self.warn("no_value", f"{what}是没有结果的公式或错误值，已按空白导入。", name)
            return ""
        return self.guarded(cell.text, name, what, limit)

    def guarded(self, text: str, name: str, what: str, limit: int) -> str:
        text = tidy(text) if text else ""
        if not text:
            return ""
        if len(text) > limit:
            self.refuse("too_long", f"{what}超过 {limit} 字，请缩短。", name)
        try:
            refuse_numbers(text)
        except ValidationError as refusal:
            self.refuse(refusal.code or "sensitive", refusal.messages[0], name)
        if words := secret_words(text):
            sentence = f"{what}中有“{'、'.join(words)}”，请确认不涉及国家秘密、工作秘密和具体案情。"
            self.warn("secret_words", sentence, name)
        return text

    def plan(self, outcome: str, **facts: Any) -> Plan:
        """The plan, or the error if anything was refused."""
        if self.problems:
            return Plan(ERROR, self.problems, self.warnings)
        return Plan(outcome, [], self.warnings, **facts)
