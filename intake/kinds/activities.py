"""活动台账: one activity per row, with who was invited and who came."""

from dataclasses import dataclass, field
from datetime import date, time

from activities.models import ActivityKind, CongressState
from activities.workflow import ActivityState
from intake.kinds import ours
from intake.kinds.activities_write import ActivityWriter
from intake.kinds.base import Plan, Reader, Surroundings
from intake.kinds.links import Links
from intake.office import Office
from intake.people import Evidence, Known
from intake.reading.cells import Cell, Refusal
from intake.reading.dates import day
from intake.reading.headings import Vocabulary
from intake.reading.identity import identities
from intake.reading.names import ledger_people
from intake.reading.table import Line
from intake.reading.times import clock
from staff.models import Department, User

TITLE, PLACE, SUMMARY = 80, 60, 2000
_CONGRESS = [
    (CongressState.NOT_NEEDED, ("不适用", "无需", "不需要")),
    (CongressState.OPEN, ("尚未", "未报", "未纳入", "否")),
    (CongressState.PLANNED, ("纳入", "计划")),
    (CongressState.REPORTED, ("报备", "是", "统筹")),
]


@dataclass
class Facts:
    """What a row says, read and understood."""

    title: str
    kind: ActivityKind
    held_on: date
    host: Department
    starts_at: time | None = None
    ends_at: time | None = None
    place: str = ""
    summary: str = ""
    congress_state: CongressState | None = None
    leaders: list[User] = field(default_factory=list)
    invited: list[Known] = field(default_factory=list)
    came: list[Known] = field(default_factory=list)
    state: ActivityState = ActivityState.PLANNED


@dataclass
class Activities:
    """Activities are the same when day and name are."""

    office: Office
    links: Links
    words: Vocabulary
    sheet: str = ""

    def __post_init__(self) -> None:
        self.writer = ActivityWriter(self.office)

    def plan(self, line: Line, around: Surroundings) -> Plan:
        read = Reader(line)
        facts = self._facts(read, around)
        if facts is None or read.problems:
            return read.plan("")
        return self.writer.plan(read, facts)

    def flush(self) -> None:
        """Activities are written row by row."""

    def _facts(self, read: Reader, around: Surroundings) -> Facts | None:
        title = read.need("title", "活动名称", lambda cell: read.guarded(cell.text, "title", "活动名称", TITLE))
        kind = read.need("kind", "活动类型", self._kind)
        held_on = read.need(
            self._day_column(read), "日期", lambda cell: day(cell, today=around.today, year=around.year)
        )
        host = ours.department(read, self.office, "host", "承办部门")
        if not (host or read.line.cell("host").text.strip()):
            read.refuse("missing", "缺少承办部门，请填写。", "host")
        if not (title and kind and held_on and host):
            return None
        facts = Facts(title, kind, held_on, host)
        facts.starts_at, facts.ends_at = self._times(read)
        facts.place, facts.summary = read.text("place", "地点", PLACE), self._summary(read)
        facts.congress_state = read.maybe("congress", "人大统筹情况", _congress)
        facts.leaders = ours.members(read, self.office, "leaders", "出席领导")
        self._people(read, facts, around)
        facts.state = self._state(read, facts, around.today)
        return facts

    @staticmethod
    def _day_column(read: Reader) -> str:
        """日期, or where the sheet has none 开始时间 with the day in it."""
        return "date" if read.line.label("date") else "starts"

    @staticmethod
    def _times(read: Reader) -> tuple[time | None, time | None]:
        starts_at = read.maybe("starts", "开始时间", clock)
        if starts_at is None and read.line.cell("date").kind == "d":
            starts_at = read.maybe("date", "开始时间", clock)
        ends_at = read.maybe("ends", "结束时间", clock)
        if ends_at and (starts_at is None or ends_at < starts_at):
            read.warn("wrong_end", "结束时间早于开始时间，或没有开始时间，结束时间已按空白导入。", "ends")
            ends_at = None
        return starts_at, ends_at

    def _kind(self, cell: Cell) -> ActivityKind:
        found = self.office.kinds.find(cell.text)
        if found is None:
            guess = self.office.kinds.guess(cell.text)
            raise Refusal("unknown_kind", f"没有“{cell.text.strip()[:20]}”这种活动类型。{guess}请改写。")
        return found

    @staticmethod
    def _summary(read: Reader) -> str:
        """The content; opinions that were noted beside it are kept with it, a mere number of them is not."""
        summary, words = read.text("summary", "主题内容", SUMMARY), read.text("words", "意见建议", SUMMARY)
        if words and not words.rstrip("条件").isdigit():
            summary = "\n".join(filter(None, [summary, f"意见建议：{words}"]))
        if len(summary) > SUMMARY:
            read.refuse("too_long", f"主题内容和意见建议合计超过 {SUMMARY} 字，请缩短。", "summary")
        return summary

    def _people(self, read: Reader, facts: Facts, around: Surroundings) -> None:
        whole = read.text("whole", "单位及职务", 4000)
        says = Evidence(whole=whole, unit=whole)
        said = identities(read.line.text("identity"), self.office.seats)
        said = said or [read.line.section.identity, around.identity]
        for column, what in (("invited", "邀请代表委员"), ("came", "到场代表委员")):
            named = read.named(column, what, lambda cell: ledger_people(cell.text))
            setattr(facts, column, self.links.all(read, named, says, said, column=column))
        self._count(read, facts)

    @staticmethod
    def _count(read: Reader, facts: Facts) -> None:
        """实到 tells who came only if it is everybody."""
        text = read.line.text("came_count").rstrip("人次名位")
        if not text.isdigit():
            return
        if not facts.came and int(text) == len(facts.invited) > 0:
            facts.came = list(facts.invited)
        elif int(text) != len(facts.came):
            sentence = f"表里写实到 {text} 人，名单上能对上的到场人员是 {len(facts.came)} 人，按名单导入。"
            read.warn("count_differs", sentence, "came_count")

    @staticmethod
    def _state(read: Reader, facts: Facts, today: date) -> ActivityState:
        """What the row says; held and with people who came, it is closed and writes its contact."""
        text = read.line.text("state")
        if "取消" in text:
            return ActivityState.CANCELLED
        if "筹备" in text or facts.held_on > today:
            return ActivityState.PLANNED
        if facts.came:
            return ActivityState.CLOSED
        read.warn("nobody_came", "没有到场名单，导入后是“待办结”，请在活动页面登记到场后办结。", "came")
        return ActivityState.PLANNED


def _congress(cell: Cell) -> CongressState:
    text = cell.text.strip()
    for state, words in _CONGRESS:
        if text == state.label or any(word in text for word in words):
            return state
    raise Refusal(
        "unknown_congress", f"人大统筹情况“{text[:20]}”不认识，请写已纳入人大计划、已报备、尚未报备或不适用。"
    )
