"""The four letters. Each is a function of its facts; the same facts give the same bytes."""

import re
from datetime import date

from common.calendar import cn_day
from common.letters import Paper
from suggestions.documents import wording
from suggestions.documents.facts import Envelope, ExtensionFacts, JointFacts, ReplyFacts, ReturnFacts

_HEAD = re.compile(r"^[一二三四五六七八九十]+、")
_SUBHEAD = re.compile(r"^（[一二三四五六七八九十]+）")
_LONGEST_HEAD = 40


def reply_letter(letters: list[ReplyFacts]) -> bytes:
    """One letter, or one for each proposer, each on a sheet of its own."""
    first = letters[0]
    again = "再次" if first.round > 1 else ""
    title = f"关于{wording.whole(first.matter)}的{again}答复"
    paper = _begin(title, first.envelope, mark=first.mark)
    for place, facts in enumerate(letters):
        if place:
            paper.new_sheet()
            paper.number(facts.envelope.number)
        paper.title(title, lines_above=2)
        paper.line(wording.dear(facts.people, facts.organisation))
        _answer(paper, facts)
        paper.enclosure(f"{facts.matter.word}办理情况征询意见表")
        _end(paper, facts.envelope, *([f"公开属性：{facts.publication}"] if facts.publication else []))
    return paper.to_bytes()


def joint_opinion(facts: JointFacts) -> bytes:
    """会办意见, to the unit that answers: no mark of a result, no word to the deputy."""
    title = f"关于{wording.whole(facts.matter)}的会办意见"
    paper = _begin(title, facts.envelope)
    paper.title(title, lines_above=2)
    paper.line(f"{facts.lead_unit or '（主办单位名称）'}：")
    paper.body(
        f"贵单位主办的{wording.quoted_with_number(facts.matter)}收悉。现就涉及我院职责的内容，提出会办意见如下："
    )
    _write(paper, facts.text or facts.summary or "（请写明会办意见）")
    paper.body("以上意见，供贵单位答复时参考。")
    _end(paper, facts.envelope)
    return paper.to_bytes()


def return_letter(facts: ReturnFacts) -> bytes:
    title = f"关于退回{wording.whole(facts.matter)}的函"
    paper = _begin(title, facts.envelope)
    paper.title(title, lines_above=2)
    paper.line(f"{facts.assigner}：")
    paper.body(
        f"我院于{cn_day(facts.received_on)}收到贵单位交办的{wording.quoted_with_number(facts.matter)}。"
        f"经研究，该件不宜由我院承办，理由是：{wording.reason_words(facts.reason)}。"
    )
    paper.body("现将该件退回，请予审核，并另行确定承办单位。")
    paper.body("专此函告。")
    _end(paper, facts.envelope)
    return paper.to_bytes()


def extension_letter(facts: ExtensionFacts) -> bytes:
    title = f"关于申请延期答复{wording.whole(facts.matter)}的函"
    paper = _begin(title, facts.envelope)
    paper.title(title, lines_above=2)
    paper.line(f"{facts.assigner}：")
    paper.body(
        f"贵单位于{cn_day(facts.assigned_on)}交办的{wording.quoted_with_number(facts.matter)}，由我院{facts.role}，"
        f"答复期限为{cn_day(facts.due_on)}。因{wording.reason_words(facts.reason)}，难以在期限内办结。"
    )
    until = cn_day(facts.until) if facts.until else f"{facts.due_on.year}年{wording.BLANK}月{wording.BLANK}日"
    paper.body(f"为保证办理质量，申请将答复期限延长至{until}。我院将抓紧办理，并向提出人说明情况。")
    paper.body("妥否，请函复。")
    _end(paper, facts.envelope)
    return paper.to_bytes()


def _begin(title: str, envelope: Envelope, *, mark: str = "") -> Paper:
    paper = Paper(title=title, day=envelope.signed_on or date(envelope.year, 1, 1))
    paper.letterhead(envelope.sender.house, mark=mark)
    paper.number(envelope.number)
    return paper


def _end(paper: Paper, envelope: Envelope, *more: str) -> None:
    sender = envelope.sender
    paper.signature(sender.house, wording.day_words(envelope.signed_on, envelope.year))
    paper.note(f"联系人：{sender.contact or wording.BLANK * 2}；联系电话：{sender.phone or wording.BLANK * 3}")
    paper.copies(*more, *([f"抄送：{envelope.copy_to}。"] if envelope.copy_to else []))


def _answer(paper: Paper, facts: ReplyFacts) -> None:
    you, drafted = wording.you(facts.people, facts.organisation), facts.text.strip()
    if "收悉" not in drafted[:120]:
        paper.body(f"{you}提出的{wording.quoted_with_number(facts.matter)}收悉。经研究办理，现答复如下：")
    if drafted:
        _write(paper, drafted)
    else:
        _outline(paper, facts)
    if "感谢" not in drafted[-120:]:
        paper.body(f"感谢{you}对检察工作的关心和支持，欢迎继续提出宝贵意见和建议。")


def _outline(paper: Paper, facts: ReplyFacts) -> None:
    """What the ledger knows, where it belongs; what it does not know is asked for in brackets."""
    paper.head("一、办理情况")
    done = "".join(f"{cn_day(day)}，{what.rstrip('。')}。" for day, what in facts.steps)
    by = f"收到{facts.matter.word}后，我院交由{facts.department}承办。" if facts.department else ""
    paper.body(by + (done or "（请写明调研、面商和办理的情况）"))
    paper.head("二、答复意见")
    for unit, opinion in facts.co_opinions:
        paper.body(f"会办单位{unit}的意见：{opinion}")
    _write(paper, facts.summary or "（请写明答复意见）")
    if not facts.is_settled:
        paper.head("三、下步打算")
        paper.body("（请写明下一步工作；已全部解决的，删去本节）")


def _write(paper: Paper, text: str) -> None:
    """Lines of a drafted text: 一、 and （一） are headings where they stand alone; the salutation is ours."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if lines and lines[0].startswith("尊敬的") and lines[0].endswith("："):
        lines = lines[1:]
    for line in lines:
        if len(line) <= _LONGEST_HEAD and not line.endswith("。") and _HEAD.match(line):
            paper.head(line)
        elif len(line) <= _LONGEST_HEAD and not line.endswith("。") and _SUBHEAD.match(line):
            paper.subhead(line)
        else:
            paper.body(line)
