"""联络台账: one encounter per row, with everybody who was met."""

import re
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from deputies import actions as deputies
from deputies.models import Contact, ContactMethod, Origin
from intake import encounters
from intake.contact_index import ContactIndex, Logged
from intake.kinds import ours
from intake.kinds.base import IGNORED, NEW, SAME, UPDATED, Plan, Reader, Surroundings
from intake.kinds.contacts_words import LABELS
from intake.kinds.links import Links
from intake.models import Thing
from intake.office import Office
from intake.people import Evidence, Known
from intake.reading.cells import Cell, Problem, Refusal
from intake.reading.dates import day
from intake.reading.headings import Vocabulary
from intake.reading.identity import identities
from intake.reading.names import Person, ledger_people
from intake.reading.phones import phone
from intake.reading.table import Line
from staff.models import Department, User

# Written by an activity or a reply: what they were is in the other ledgers, and would count twice.
DERIVED = {Origin.ACTIVITY.label, Origin.REPLY.label}
DERIVED_SENTENCE = "这条由活动或当面答复转入，随活动台账、建议提案台账导入，不单独导入。"
NOTE, WORDS, OUTCOME, PLACE = 2000, 1000, 1000, 60


@dataclass
class _Facts:
    """What a row says, read and understood."""

    happened_on: date
    method: ContactMethod
    note: str
    known: list[Known]
    place: str = ""
    department: Department | None = None
    staff: list[User] = field(default_factory=list)
    words: str = ""
    outcome: str = ""
    bare: str = ""  # the content as written, without what is kept with it


@dataclass
class Contacts:
    """Contacts are the same when day, method, people and content are; the rest is brought up to date."""

    office: Office
    links: Links
    words: Vocabulary
    sheet: str = ""
    waiting: list[tuple[_Facts, tuple[str, int]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.index = ContactIndex()

    def plan(self, line: Line, around: Surroundings) -> Plan:
        read = Reader(line)
        facts = self._facts(read, around)
        if facts is None or read.problems:
            return read.plan(SAME)
        logged = self._logged(facts)
        if logged is None and read.line.text("origin") in DERIVED:
            return Plan(IGNORED, [Problem("derived", DERIVED_SENTENCE)])
        if logged is None:
            return self._unless_told(read, facts)
        if logged.row:
            read.warn("repeated", f"与第 {logged.row} 行重复，只导入一次。")
            return read.plan(SAME)
        return self._same_or_updated(read, logged, facts)

    def _unless_told(self, read: Reader, facts: _Facts) -> Plan:
        """An activity or an answer of the day may have told of it: for all who were met, or for some of them."""
        people = {known.number: known for known in facts.known}
        told = encounters.by_origin(self.office, facts.happened_on, facts.method, people)
        if not told:
            return self._new(read, facts)
        if facts.words:
            sentence = f"当天的{facts.method}已经登记，因写有意见建议仍单独导入，会重复计数。请导入后逐条核对。"
            read.warn("counted_twice", sentence)
            return self._new(read, facts)
        names = "、".join(people.pop(number).deputy.name for number in told)
        sentence = f"{names}当天的{facts.method}已由活动或建议提案登记，不重复计数。如是另一场，请在活动台账登记。"
        if not people:
            return Plan(IGNORED, [Problem("derived", sentence)])
        read.warn("derived", sentence)
        facts = replace(facts, known=list(people.values()))
        return read.plan(SAME) if self._logged(facts) else self._new(read, facts)

    def _logged(self, facts: _Facts) -> Logged | None:
        """In the ledger already, with the words of several people in its content or recorded beside it."""
        people = [known.number for known in facts.known]
        found = (
            self.index.find(facts.happened_on, facts.method.pk, people, note) for note in (facts.note, facts.bare)
        )
        return next(filter(None, found), None)

    def flush(self) -> None:
        """Write what waits, in one go."""
        rows = [
            deputies.ImportedContact(
                happened_on=facts.happened_on,
                method=facts.method,
                note=facts.note,
                deputies=[known.deputy for known in facts.known],
                place=facts.place,
                department=facts.department,
                staff=facts.staff,
                words=facts.words,
                outcome=facts.outcome,
            )
            for facts, _ in self.waiting
        ]
        logged = deputies.log_imported(rows=rows, by=self.office.by) if rows else []
        places = [at for _, at in self.waiting]
        for each, at in zip(logged, places, strict=True):
            self.office.note(Thing.CONTACT, each.contact, 1, at=at)
        for each, at in zip(logged, places, strict=True):
            if each.opinion:
                self.office.note(Thing.OPINION, each.opinion, at=at)
        self.waiting = []

    def _facts(self, read: Reader, around: Surroundings) -> _Facts | None:
        year, today = around.year, around.today
        happened_on = read.need("date", "日期", lambda cell: day(cell, today=today, year=year))
        named = read.need("people", "联络对象", lambda cell: ledger_people(cell.text))
        method = read.need("method", "联络方式", self._method)
        department, staff = self._ours(read)
        place = read.text("place", "地点", PLACE)
        words, outcome = read.text("words", "意见建议", WORDS), read.text("outcome", "办理情况", OUTCOME)
        known = self._known(read, named, around) if named else []
        note = self._note(read, known, words, outcome)
        if happened_on and happened_on > today:
            read.refuse("future", f"{happened_on:%Y-%m-%d} 还没有到，联络台账只登记已经发生的联络。", "date")
        if read.problems or happened_on is None or method is None:
            return None
        alone = len(known) == 1
        return _Facts(
            happened_on, method, note, known, place, department, staff, words if alone else "",
            outcome if alone and words else "", read.line.text("note"),
        )  # fmt: skip

    def _note(self, read: Reader, known: list[Known], words: str, outcome: str) -> str:
        """The content. Words of several people cannot be told apart, so they stay with the content."""
        parts = [read.need("note", "联络内容", lambda cell: read.guarded(cell.text, "note", "联络内容", NOTE)) or ""]
        if words and len(known) > 1:
            parts.append(f"意见建议：{words}")
        if outcome and (len(known) > 1 or not words):
            parts.append(f"办理反馈：{outcome}")
        note = "\n".join(parts)
        if len(note) > NOTE and not read.problems:
            read.refuse("too_long", f"联络内容、意见建议和办理情况合计超过 {NOTE} 字，请缩短。", "note")
        return note

    def _method(self, cell: Cell) -> ContactMethod:
        """走访（实地） is 走访; of 走访、座谈 the first counts only if both are one method."""
        methods = self.office.methods
        found = methods.find(cell.text)
        if found is None:
            parts = [methods.find(part) for part in re.split(r"[、,，/;；+]", cell.text) if part.strip()]
            if parts and parts[0] and all(part == parts[0] for part in parts):
                found = parts[0]
        if found is None and methods.all_known(cell.text):
            raise Refusal("several_methods", "写了几种联络方式，请只写主要的一种，其余写入内容。")
        if found is None:
            raise Refusal(
                "unknown_method", f"没有“{cell.text.strip()[:20]}”这种联络方式。{methods.guess(cell.text)}请改写。"
            )
        return found

    def _ours(self, read: Reader) -> tuple[Department | None, list[User]]:
        """The department, an error if unknown; and those of ours, of whom an unknown one is only told."""
        department, behind = ours.department_and_people(read, self.office, "department", "承办部门")
        named = [read.text("leaders", "参加领导", 200), read.text("contact_person", "联络人", 80), behind]
        staff, unknown = self.office.members("、".join(filter(None, named)))
        if unknown:
            sentence = f"“{'、'.join(unknown)}”不是本院在用账号的唯一姓名，未列入我院人员。"
            read.warn("unknown_staff", sentence, "leaders" if read.line.label("leaders") else "department")
        return department, staff

    def _known(self, read: Reader, named: list[Person], around: Surroundings) -> list[Known]:
        number, warning = phone(read.line.cell("phone")) if len(named) == 1 else ("", None)
        if warning:
            read.warnings.append(warning._replace(column=read.line.label("phone")))
        whole = read.text("whole", "单位及职务", 1000)
        said = identities(read.line.text("identity"), self.office.seats)
        said = said or [read.line.section.identity, around.identity]
        return self.links.all(read, named, Evidence(phone=number, whole=whole, unit=whole), said, column="people")

    def _new(self, read: Reader, facts: _Facts) -> Plan:
        number = read.line.number
        self.index.add(
            facts.happened_on, facts.method.pk, [known.number for known in facts.known], facts.note, row=number
        )
        names = "、".join(known.deputy.name for known in facts.known)
        told = {"联络": ["", f"{facts.happened_on:%Y-%m-%d} {facts.method} {names}"]}
        return read.plan(NEW, changes=told, write=lambda: self.waiting.append((facts, (self.sheet, number))))

    def _same_or_updated(self, read: Reader, logged: Logged, facts: _Facts) -> Plan:
        """Place, department and staff, where the row fills them otherwise; derived rows are mended at their origin."""
        if logged.is_derived or logged.is_withdrawn:
            return read.plan(SAME)
        after: dict[str, Any] = {}
        if facts.place and facts.place != logged.place:
            after["place"] = facts.place
        if facts.department and facts.department.pk != logged.department_id:
            after["department"] = facts.department
        before = {"place": logged.place, "department": logged.department_id}
        old = {name: before[name] for name in after}
        if not after:
            return read.plan(SAME)
        told = {LABELS[name]: [self._shown(old[name]), str(value)] for name, value in after.items()}
        logged.place, logged.department_id = (
            facts.place or logged.place,
            getattr(facts.department, "pk", logged.department_id),
        )

        def write() -> None:
            contact = Contact.objects.get(pk=logged.pk)
            contact = deputies.edit_contact(contact=contact, expected=contact.version, by=self.office.by, **after)
            self.office.note(Thing.CONTACT, contact.pk, contact.version, old)

        return read.plan(UPDATED, changes=told, write=write)

    def _shown(self, value: Any) -> str:
        if isinstance(value, int):
            return next((name for row, name in self.office.departments.names.items() if row.pk == value), "")
        return value or ""
