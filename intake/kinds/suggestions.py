"""建议提案台账: one suggestion or proposal per row, with its handling as far as the row tells it."""

import re
from dataclasses import dataclass, replace
from datetime import date

from deputies.models import FieldOfConcern, Term
from intake.kinds import ours
from intake.kinds.base import Plan, Reader, Surroundings
from intake.kinds.links import Links
from intake.kinds.suggestions_answer import Answer, read_answer
from intake.kinds.suggestions_write import SuggestionWriter
from intake.office import Office
from intake.people import Evidence, Known
from intake.reading.cells import Cell, Refusal, without_blanks
from intake.reading.dates import day
from intake.reading.headings import Vocabulary
from intake.reading.identity import CONGRESS, CPPCC, Identity, identities, identity
from intake.reading.names import Person, ledger_people
from intake.reading.table import Line
from staff.models import Department
from suggestions.models import Kind, OurRole, ProposerRole

TITLE, TEXT, SESSION, NUMBER, LEAD_UNIT = 120, 5000, 20, 20, 60
_KINDS = [
    (Kind.DELIBERATION, "审议|讨论意见"),
    (Kind.EVERYDAY, "日常|社情民意|平时"),
    (Kind.PROPOSAL, "提案"),
    (Kind.SUGGESTION, "建议|议案"),
]
_SESSION = re.compile(r"第?([一二三四五六七八九十\d]{1,3}次)会?议?")
_ROLE = re.compile("联名|附议|领衔|、$|^、")
_YES = {"是", "√", "有", "1"}


@dataclass
class Facts:
    """What a row says, read and understood."""

    kind: Kind
    seat: Identity
    title: str
    received_on: date
    proposers: list[tuple[Known, ProposerRole]]
    term: Term | None = None
    session: str = ""
    number: str = ""
    text: str = ""
    field: FieldOfConcern | None = None
    our_role: OurRole = OurRole.SOLE
    lead_unit: str = ""
    key_supervised: bool = False
    department: Department | None = None
    assigned_on: date | None = None
    due_on: date | None = None
    answer: Answer | None = None
    state: str = ""

    @property
    def lead(self) -> Known:
        return self.proposers[0][0]


@dataclass
class Suggestions:
    """The same are: kind, leader and title in one year, unless their numbers differ."""

    office: Office
    links: Links
    words: Vocabulary
    sheet: str = ""

    def __post_init__(self) -> None:
        self.writer = SuggestionWriter(self.office)

    def plan(self, line: Line, around: Surroundings) -> Plan:
        read = Reader(line)
        facts = self._facts(read, around)
        if facts is None or read.problems:
            return read.plan("")
        return self.writer.plan(read, facts)

    def flush(self) -> None:
        """Suggestions are written row by row."""

    def _facts(self, read: Reader, around: Surroundings) -> Facts | None:
        title = read.need("title", "标题（案由）", lambda cell: read.guarded(cell.text, "title", "标题", TITLE))
        found = self._kind_and_seat(read, around)
        named = read.need("lead", "领衔代表（第一提案人）", lambda cell: ledger_people(cell.text))
        received_on, assigned_on, due_on = self._days(read, around)
        department = ours.department(read, self.office, "department", "承办部门")
        if not (title and found and named and received_on):
            return None
        kind, seat = found
        facts = Facts(kind, seat, title, received_on, self._proposers(read, named, seat))
        self._details(read, facts)
        facts.department, facts.assigned_on, facts.due_on = department, assigned_on, due_on
        facts.answer = read_answer(read, facts.proposers, self.office, around, assigned_on, department)
        return facts if facts.proposers else None

    def _details(self, read: Reader, facts: Facts) -> None:
        facts.session = self._session(read)
        facts.number = without_blanks(read.text("number", "编号", NUMBER))
        facts.term = self._term(read, facts)
        facts.text = read.text("text", "内容", TEXT)
        facts.field = read.maybe("field", "内容分类", self._field)
        facts.our_role = read.maybe("role", "办理性质", _role) or OurRole.SOLE
        facts.lead_unit = read.text("lead_unit", "主办单位", LEAD_UNIT)
        facts.key_supervised = read.line.text("key") in _YES
        facts.state = read.line.text("state")

    def _kind_and_seat(self, read: Reader, around: Surroundings) -> tuple[Kind, Identity] | None:
        """建议 are of a congress, 提案 of a committee; the level from the row, the section or the sheet."""
        texts = [read.line.text(name) for name in ("kind", "level", "term", "identity")]
        seat = Identity()
        for text in filter(None, texts):
            seat = seat.filled_from((identities(text, self.office.seats) or [identity(text)])[0])
        seat = seat.filled_from(read.line.section.identity).filled_from(around.identity)
        kind = next((kind for kind, words in _KINDS if re.search(words, texts[0])), None)
        if kind is None and texts[0]:
            read.refuse(
                "unknown_voice", f"类别“{texts[0][:20]}”不认识，请写代表建议、政协提案、审议意见或日常意见。", "kind"
            )
            return None
        kind = kind or {CONGRESS: Kind.SUGGESTION, CPPCC: Kind.PROPOSAL}.get(seat.body)
        body = {Kind.SUGGESTION: CONGRESS, Kind.PROPOSAL: CPPCC}.get(kind, seat.body) if kind else seat.body
        seat = seat._replace(body=body)
        if kind is None or not seat.is_known:
            sentence = "看不出是哪一级的代表建议还是政协提案。请加“层级”“类别”列，或在工作表名、标题中写明。"
            read.refuse("no_level", sentence, "level" if read.line.label("level") else "kind")
            return None
        return kind, seat

    @staticmethod
    def _days(read: Reader, around: Surroundings) -> tuple[date | None, date | None, date | None]:
        """Receipt, 交办 and deadline; where only the 交办日 is written, it was received then."""
        known: dict[str, date | None] = {}
        for name, what in (("received", "收到日期"), ("assigned", "交办日期"), ("due", "办理期限")):
            is_written = bool(read.line.text(name)) or read.line.cell(name).is_lost
            known[name] = (
                read.need(name, what, lambda cell: day(cell, today=around.today, year=around.year))
                if is_written
                else None
            )
        received, assigned, due = known["received"] or known["assigned"], known["assigned"], known["due"]
        if received is None and not read.problems:
            read.refuse("missing", "缺少收到日期或交办日期，请填写其中一个。", "received")
        for name, value in (("received", received), ("assigned", assigned)):
            if value and value > around.today:
                read.refuse("future", f"{value:%Y-%m-%d} 还没有到，请核对。", name)
        if received and assigned and assigned < received:
            read.refuse("wrong_order", "交办日期早于收到日期，请核对。", "assigned")
        if assigned and due and due < assigned:
            read.refuse("wrong_order", "办理期限早于交办日期，请核对。", "due")
        return received, assigned, due

    def _proposers(self, read: Reader, named: list[Person], seat: Identity) -> list[tuple[Known, ProposerRole]]:
        """The seat that the item belongs to tells who of several of one name proposed it."""
        whole = read.text("whole", "单位及职务", 1000)
        says = Evidence(whole=whole, unit=whole)
        others = read.named("others", "联名人、附议人", lambda cell: ledger_people(cell.text))
        leaders = self.links.all(read, named, says, [seat], column="lead")
        joint = [replace(person, hint=_ROLE.sub("", person.hint)) for person in others]
        found = self.links.all(read, joint, says, [seat], column="others")
        roles = [_role_of(person, read.line.label("others")) for person in others]
        roles = roles if len(found) == len(others) else [ProposerRole.JOINT] * len(found)
        several = [*((known, ProposerRole.JOINT) for known in leaders[1:]), *zip(found, roles, strict=True)]
        lead = [(known, ProposerRole.LEAD) for known in leaders[:1]]
        numbers = {known.number for known, _ in lead}
        unique = {known.number: (known, role) for known, role in reversed(several) if known.number not in numbers}
        return [*lead, *reversed(unique.values())]

    def _term(self, read: Reader, facts: Facts) -> Term | None:
        """Needed where there is a number: numbers are given by 届."""
        text = read.line.text("term")
        if not (facts.number or text):
            return None
        said = identity(_SESSION.sub("", text))
        try:
            return self.office.term(
                Identity(facts.seat.body, facts.seat.level, said.number or facts.seat.number, said.place)
            )
        except Refusal as refusal:
            if facts.number:
                read.refuse(refusal.code, refusal.sentence, "term")
        return None

    @staticmethod
    def _session(read: Reader) -> str:
        written = read.text("session", "会议", SESSION)
        if not written and (match := _SESSION.search(read.line.text("term"))):
            written = f"{match[1]}会议"
        return written or ("闭会期间" if "闭会" in read.line.text("in_session") else "")

    def _field(self, cell: Cell) -> FieldOfConcern:
        found = self.office.concerns.get(without_blanks(cell.text).casefold())
        if found is None:
            raise Refusal("unknown_field", f"没有“{cell.text.strip()[:20]}”这个领域，可在基础资料的关注领域中添加")
        return found


def _role(cell: Cell) -> OurRole:
    text = without_blanks(cell.text)
    for role in OurRole:
        if role.label in text:
            return role
    if "单办" in text:
        return OurRole.SOLE
    if "协办" in text:
        return OurRole.JOINT
    raise Refusal("unknown_role", f"办理性质“{text[:20]}”不认识，请写独办、主办、会办或分办")


def _role_of(person: Person, label: str) -> ProposerRole:
    """What is written behind the name, else what the heading says."""
    said = person.hint or label
    return ProposerRole.SECOND if "附议" in said and "联名" not in said else ProposerRole.JOINT
