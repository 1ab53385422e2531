"""换届: from a pasted list to who stays, who comes and who leaves. Nothing is written here.

A name alone decides only where nobody else is meant: one person of that name, with a seat in the old term.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from common.pinyin import search_key
from deputies.models import Deputy, Mandate, MandateState, Term

NEW = "new"
LONGEST_LIST = 600
_BRACKET = re.compile(r"[（(]([^（()）]*)[)）]")
_POST = re.compile(r"常委|主任|主席|专委|秘书长")
_SERIAL = re.compile(r"^\s*[（(]?\d{1,3}(?:[.．、)）]|\s)\s*")
_PARTS = re.compile(r"[\t,，;；]+| {2,}|\u3000+")
_NOT_A_NAME = re.compile(r"\d|等$|[待增]补|以上|合计|共计")


@dataclass(frozen=True)
class Entry:
    """One person of the list as it was pasted."""

    name: str
    unit: str = ""
    group: str = ""
    post: str = ""


@dataclass
class Line:
    """One person of the new term: who is meant (``chosen``: a deputy's key, NEW, or not yet settled).

    ``key`` is name and how many of the name came before: it stays when other lines of the list are mended.
    """

    key: str
    entry: Entry
    candidates: Sequence[Deputy]
    seated: set[int]  # of the candidates, those with a seat in the old term
    chosen: str = ""

    @property
    def deputy(self) -> Deputy | None:
        return next((each for each in self.candidates if str(each.pk) == self.chosen), None)

    @property
    def outcome(self) -> str:
        """连任, 新任 or what is still to be said."""
        if not self.chosen:
            return "待确认"
        return "连任" if self.deputy and self.deputy.pk in self.seated else "新任"

    @property
    def options(self) -> list[tuple[str, str]]:
        """Every person of that name, told apart by unit and seats, and somebody new."""
        known = [(str(each.pk), _told_apart(each, each.pk in self.seated)) for each in self.candidates]
        return [("", "请选择是哪一位"), *known, (NEW, "另一个人，新建档案")]


@dataclass
class Plan:
    """The whole change, before anybody confirms it."""

    old: Term
    lines: list[Line]
    held: list[Mandate]
    stay: set[int] = field(default_factory=set)

    @property
    def leaving(self) -> list[Mandate]:
        """Seats of the old term whose holder is not on the list."""
        listed = {line.deputy.pk for line in self.lines if line.deputy}
        return [seat for seat in self.held if seat.deputy_id not in listed]

    @property
    def counts(self) -> dict[str, int]:
        found = {"连任": len(self.stay), "新任": 0, "待确认": 0, "离任": len(self.leaving) - len(self.stay)}
        for line in self.lines:
            found[line.outcome] += 1
        return found

    def twice(self) -> list[str]:
        """Names of those whom two lines mean."""
        seen: dict[int, int] = defaultdict(int)
        for line in self.lines:
            if line.deputy:
                seen[line.deputy.pk] += 1
        return sorted({line.entry.name for line in self.lines if line.deputy and seen[line.deputy.pk] > 1})


def read(text: str) -> tuple[list[Entry], list[str]]:
    """The people of a pasted list, and the sentences about lines that are none.

    One a line, unit and group behind the name (as copied from a spreadsheet), or several names with 、 between.
    """
    entries, wrong = [], []
    for number, line in enumerate(text.splitlines(), start=1):
        for entry in _entries(_SERIAL.sub("", line).strip()):
            if not entry.name or _NOT_A_NAME.search(entry.name) or len(entry.name) > 60:
                wrong.append(f"第{number}行“{line.strip()[:30]}”不像一个人名，请改正或删去。")
            else:
                entries.append(entry)
    if len(entries) > LONGEST_LIST:
        wrong.append(f"名单有{len(entries)}人，一次最多{LONGEST_LIST}人，请核对是否粘贴了多个届别。")
    return entries, wrong


def plan(old: Term, entries: Iterable[Entry], picked: Iterable[Deputy] = ()) -> Plan:
    """Who of the list is whom. A constant number of queries."""
    seats = Mandate.objects.filter(term=old).exclude(state=MandateState.ENDED).select_related("deputy__area")
    held = list(seats.order_by("deputy__pinyin", "pk"))
    seated = {seat.deputy_id for seat in held}
    listed, known = list(entries), _by_name()
    people = Deputy.objects.filter(pk__in=[pk for entry in listed for pk in known[search_key(entry.name)]])
    files = {deputy.pk: deputy for deputy in people.with_seats()}
    lines = [
        _line(key, entry, [files[pk] for pk in known[search_key(entry.name)]], seated) for key, entry in _keyed(listed)
    ]
    for deputy in picked:
        entry = Entry(deputy.name, deputy.unit)
        lines.append(Line(f"file-{deputy.pk}", entry, [deputy], {deputy.pk} & seated, str(deputy.pk)))
    return Plan(old, lines, held)


def _entries(line: str) -> list[Entry]:
    if not line:
        return []
    if "、" in line and not _PARTS.search(line):
        return [_entry([name]) for name in line.split("、") if name.strip()]
    parts = [part.strip() for part in _PARTS.split(line)]
    if len(parts) == 1:
        parts = line.split(" ", 1)
    if len(parts) > 1 and len(parts[0]) == len(parts[1].split(" ")[0]) == 1:  # 张 敏: set wide by hand
        parts = [parts[0] + parts[1][0], parts[1][1:].strip(), *parts[2:]]
    return [_entry([part for part in parts if part])]


def _entry(parts: list[str]) -> Entry:
    aside = _BRACKET.search(parts[0])
    words = aside[1].strip() if aside else ""
    name = "".join(_BRACKET.sub("", parts[0]).split())
    is_post = bool(_POST.search(words))
    unit = parts[1] if len(parts) > 1 else "" if is_post else words
    group = parts[2] if len(parts) > 2 else ""
    return Entry(name, unit[:80], group[:40], words[:40] if is_post else "")


def _keyed(entries: Iterable[Entry]) -> Iterator[tuple[str, Entry]]:
    before: Counter[str] = Counter()
    for entry in entries:
        yield f"{entry.name}-{before[entry.name]}", entry
        before[entry.name] += 1


def _by_name() -> dict[str, list[int]]:
    """Every file by the key under which its name is compared."""
    found: dict[str, list[int]] = defaultdict(list)
    for pk, name in Deputy.objects.kept().order_by("pk").values_list("pk", "name"):
        found[search_key(name)].append(pk)
    return found


def _line(key: str, entry: Entry, candidates: list[Deputy], seated: set[int]) -> Line:
    there = seated & {each.pk for each in candidates}
    line = Line(key, entry, candidates, there)
    same_unit = [each for each in candidates if entry.unit and _same(entry.unit, each.unit)]
    if not candidates:
        line.chosen = NEW
    elif len(same_unit) == 1:
        line.chosen = str(same_unit[0].pk)
    elif len(candidates) == len(there) == 1 and not (entry.unit and candidates[0].unit):
        line.chosen = str(candidates[0].pk)
    return line


def _same(one: str, other: str) -> bool:
    """The same unit, also where one writes the district before it or the post behind it."""
    first, second = (search_key(text).replace(" ", "") for text in (one, other))
    return bool(first and second) and (first in second or second in first)


def _told_apart(deputy: Deputy, is_seated: bool) -> str:  # noqa: FBT001
    words = [f"{deputy.unit}{deputy.post}" or "单位未登记", deputy.seat_names or "现无身份"]
    if deputy.retired_at:
        words.append("档案已停用，将恢复")
    return f"{'连任' if is_seated else '新任'}：{deputy.name}（{'，'.join(words)}）"
