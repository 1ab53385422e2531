"""Forms to be filled in by hand: what the proposer thinks, and what was said face to face."""

from datetime import date

from common.calendar import cn_day
from common.letters import Cell, Paper
from suggestions.documents import wording
from suggestions.documents.facts import Matter, Person, RecordFacts

_VERDICTS = "□满意　　□基本满意　　□不满意"
_GRID = [28, 50, 28, 50]  # mm: label, value, label, value
_DAY = f"{wording.BLANK}年{wording.BLANK}月{wording.BLANK}日"


def opinion_form(facts: RecordFacts, day: date) -> bytes:
    """征询意见表, a sheet for each proposer: each evaluates alone, attitude and result apart."""
    title = f"{facts.matter.word}办理情况征询意见表"
    paper = Paper(title=title, day=day)
    for place, person in enumerate(facts.people):
        if place:
            paper.new_sheet()
        paper.title(title)
        rows, heights = zip(*_opinion_rows(facts, person), strict=True)
        paper.table(_GRID, rows, heights=heights)
        paper.note(
            f"请{person.office}本人填写、签名，交回{facts.sender.house}。"
            f"联系人：{facts.sender.contact or wording.BLANK * 2}，电话：{facts.sender.phone or wording.BLANK * 3}"
        )
    return paper.to_bytes()


def _opinion_rows(facts: RecordFacts, person: Person) -> list[tuple[list[Cell], int]]:
    return [
        *_about(facts.matter),
        (_pair(f"{person.office}姓名", person.name, "单位", person.unit), 14),
        (_row("承办单位", facts.sender.house), 11),
        (_row("答复前\n怎样联系", "□走访　　□座谈　　□电话　　□其他　　□未联系"), 15),
        (_row("对办理态度", _VERDICTS), 12),
        (_row("对办理结果", _VERDICTS), 12),
        (_row("意见和建议\n（不满意的\n请写明理由）", ""), 48),
        (_row("答复\n是否公开", "□同意全文公开　　□仅公开标题　　□不同意公开"), 15),
        (_pair("签名", "", "日期", _DAY), 16),
    ]


def meeting_record(facts: RecordFacts, day: date, *, is_reply: bool) -> bytes:
    """面商 asks before the answer, 面复 brings it: two records, never one."""
    title = f"{facts.matter.word}{'当面答复' if is_reply else '面商'}记录"
    paper = Paper(title=title, day=day)
    paper.title(title)
    rows, heights = zip(*_record_rows(facts, is_reply=is_reply), strict=True)
    paper.table(_GRID, rows, heights=heights)
    return paper.to_bytes()


def _record_rows(facts: RecordFacts, *, is_reply: bool) -> list[tuple[list[Cell], int]]:
    office = facts.people[0].office
    proposers = "\n".join(f"{person.name}　{person.unit}".strip("　") for person in facts.people)
    said, heard = ("答复内容", f"{office}意见") if is_reply else ("商谈内容", f"{office}的要求\n和意见")
    return [
        *_about(facts.matter),
        (_row(f"{office}及单位", proposers), 14),
        (_pair("时间", cn_day(facts.day) if facts.day else _DAY, "地点", facts.place), 12),
        (_row("我院\n参加人员", "、".join(facts.staff)), 15),
        (_row("承办部门", facts.department), 11),
        (_row(said, facts.said), 44),
        (_row(heard, facts.heard), 38),
        (_pair(f"{office}签名", "", "日期", _DAY), 15),
        (_pair("我院人员\n签名", "", "记录人", ""), 15),
    ]


def _about(matter: Matter) -> list[tuple[list[Cell], int]]:
    number = wording.number_of(matter) if matter.is_formal else ""
    return [
        (_row("标题", matter.title), 15),
        (_pair("编号", number, "类别", matter.kind_name), 12),
    ]


def _row(label: str, text: str) -> list[Cell]:
    return [Cell(label, is_label=True), Cell(text, span=3)]


def _pair(first: str, text: str, second: str, more: str) -> list[Cell]:
    return [Cell(first, is_label=True), Cell(text), Cell(second, is_label=True), Cell(more)]
