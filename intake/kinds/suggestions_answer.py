"""The answer that a row of the ledger of suggestions tells of, what came of it, and what the proposers said to it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from common.texts import clipped
from intake.kinds import ours
from intake.kinds.base import Reader, Surroundings
from intake.office import Office
from intake.people import Known
from intake.reading.cells import Cell, Refusal, without_blanks
from intake.reading.dates import day
from intake.reading.names import ledger_people
from staff.models import Department, User
from suggestions.models import ProposerRole, ResultClass, Verdict

SUMMARY, NUMBER, PROMISE, KEPT = 2000, 30, 200, 300
_VERDICT = re.compile("不满意|基本满意|满意")
_VERDICTS = {"不满意": Verdict.UNSATISFIED, "基本满意": Verdict.MOSTLY, "满意": Verdict.SATISFIED}
Proposers = Sequence[tuple[Known, ProposerRole]]


@dataclass
class Answer:
    replied_on: date
    result_class: ResultClass
    summary: str
    number: str = ""
    in_person: bool = False
    signed_by: User | None = None
    promise: str = ""
    promise_due_on: date | None = None
    promise_owner: User | None = None
    kept_on: date | None = None
    kept_how: str = ""
    class_now: ResultClass | None = None
    verdicts: list[tuple[Known, Verdict, Verdict]] = field(default_factory=list)


def read_answer(
    read: Reader,
    proposers: Proposers,
    office: Office,
    around: Surroundings,
    assigned_on: date | None,
    department: Department | None,
) -> Answer | None:
    if not (read.line.text("replied") or read.line.cell("replied").is_lost):
        if read.line.text("summary") or read.line.text("reply_number"):
            read.warn("no_reply_date", "写了答复而没有答复日期，答复没有导入，请在该件页面登记。", "replied")
        return None
    replied_on = read.need("replied", "答复日期", lambda cell: day(cell, today=around.today, year=around.year))
    result = read.need("result", "结果类别", lambda cell: _result_class(cell, office))
    _check(read, replied_on, assigned_on, department, around.today)
    if not (replied_on and result):
        return None
    answer = Answer(replied_on, result, _summary(read))
    answer.number = without_blanks(read.text("reply_number", "答复文号", NUMBER))
    answer.in_person = read.line.text("in_person") in ("是", "√", "有", "面复", "面商", "当面")
    answer.signed_by = next(iter(ours.members(read, office, "signed", "签发人")), None)
    _promised(read, answer, office, around)
    _kept(read, answer, office, around)
    answer.verdicts = _verdicts(read, proposers)
    return answer


def _check(
    read: Reader, replied_on: date | None, assigned_on: date | None, department: Department | None, today: date
) -> None:
    if not assigned_on:
        read.refuse("missing", "有答复日期而没有交办日期，请填写交办日期。", "assigned")
    if not department and not read.line.text("department"):
        read.refuse("missing", "有答复日期而没有承办部门，请填写承办部门。", "department")
    if replied_on and replied_on > today:
        read.refuse("future", f"{replied_on:%Y-%m-%d} 还没有到，请核对答复日期。", "replied")
    if replied_on and assigned_on and replied_on < assigned_on:
        read.refuse("wrong_order", "答复日期早于交办日期，请核对。", "replied")


def _result_class(cell: Cell, office: Office) -> ResultClass:
    """By its letter, or by its words."""
    text = without_blanks(cell.text).upper()
    for found in office.results:
        if text in (found.code, f"{found.code}类", str(found).replace(" ", "")) or found.name in text:
            return found
    letter = text[:1] if re.match(r"[A-Z](?![A-Z])", text) else ""
    for found in office.results:
        if letter and found.code == letter:
            return found
    known = "、".join(f"{each.code}（{each.name}）" for each in office.results)
    raise Refusal("unknown_result", f"结果类别“{cell.text.strip()[:20]}”不认识，请写 {known}。")


def _summary(read: Reader) -> str:
    text = read.text("summary", "答复要点", SUMMARY)
    if not text:
        read.warn("no_summary", "没有答复要点，记为“原台账未写要点”，可在该件页面补充办理过程。", "summary")
    return text or "原台账未写要点"


def _promised(read: Reader, answer: Answer, office: Office, around: Surroundings) -> None:
    """What a B or C promised, or the answer itself in short; day and keeper may be open."""
    what = read.text("promise", "承诺事项", PROMISE)
    if not answer.result_class.promises:
        if what:
            read.warn("no_promise", "结果类别不是承诺类，承诺事项没有导入，请核对结果类别。", "promise")
        return
    answer.promise = what or clipped(answer.summary, 80)
    keepers = ours.members(read, office, "promise_owner", "承诺责任人")
    answer.promise_owner = next((each for each in keepers if not each.is_administrator), None)
    due = read.maybe("promise_due", "承诺完成时限", lambda cell: day(cell, today=around.today, year=around.year))
    if due and due < answer.replied_on:
        read.warn("promise_due", "承诺完成时限早于答复日期，没有导入，请在承诺台账中补填。", "promise_due")
        due = None
    answer.promise_due_on = due


def _kept(read: Reader, answer: Answer, office: Office, around: Surroundings) -> None:
    """二次答复, only where the result promised something."""
    how = read.text("kept_how", "跟踪结果", KEPT)
    on = read.maybe("kept_on", "二次答复日期", lambda cell: day(cell, today=around.today, year=around.year))
    if not (how or on):
        return
    if answer.result_class.promises and how and on and answer.replied_on <= on <= around.today:
        answer.kept_on, answer.kept_how = on, how
        answer.class_now = read.maybe("result_now", "现办理结果", lambda cell: _result_class(cell, office))
    else:
        sentence = (
            "二次答复须有日期（答复之后、今天以前）和落实情况，且结果是承诺类的；这一项没有导入，请在该件页面登记。"
        )
        read.warn("not_kept", sentence, "kept_on" if on else "kept_how")


def _verdicts(read: Reader, proposers: Proposers) -> list[tuple[Known, Verdict, Verdict]]:
    """满意/基本满意 is said by the leader; 顾青：满意/满意；秦晓禾：… names who said it."""
    found: dict[int, tuple[Known, Verdict, Verdict]] = {}
    for part in filter(None, (part.strip() for part in re.split(r"[；;\n]", read.line.text("verdict")))):
        name, separator, said = part.replace(":", "：").rpartition("：")
        who = _who(name if separator else "", proposers)
        words = [_VERDICTS[word] for word in _VERDICT.findall(said)]
        if who is None or not words:
            read.warn("verdict", f"评价“{part[:30]}”看不懂，没有导入，请在该件页面登记。", "verdict")
        elif Verdict.UNSATISFIED in words:
            read.warn("unsatisfied", "不满意的评价须写明理由并开启下一轮办理，没有导入，请在该件页面登记。", "verdict")
        else:
            found[who.number] = (who, words[0], words[-1])
    return list(found.values())


def _who(name: str, proposers: Proposers) -> Known | None:
    """态度：满意 names nobody: the leader."""
    if not name or re.search("态度|结果|评价|满意", name):
        return proposers[0][0] if proposers else None
    try:
        names = {person.name for person in ledger_people(name)}
    except Refusal:
        return None
    return next((known for known, _ in proposers if known.deputy.name in names), None)
