"""建议提案办理台账 as a spreadsheet, in the headings that offices use."""

from collections.abc import Iterable, Iterator
from datetime import date

from common.sheets import Value
from deputies.models import Deputy
from deputies.models.deputy import told_apart
from deputies.sheets import units_of
from suggestions.annex import Line, group_of
from suggestions.models import ExtensionState, Promise, Proposer, ProposerRole, Reply, Suggestion, VisitState
from suggestions.models.first_task import FirstVisitQuerySet
from suggestions.models.hearing import UtteranceQuerySet
from suggestions.models.promise import PromiseQuerySet
from suggestions.models.suggestion import SuggestionQuerySet

HEADINGS = [
    "序号", "年度", "届次", "会议", "会间/闭会", "类别", "层级", "编号", "流水号", "标题（案由）", "内容",
    "领衔代表/第一提案人", "联名/附议人", "单位及职务", "代表团/界别", "提案单位", "内容分类", "办理性质",
    "主办单位", "会办单位", "交办机关", "收到日期", "交办日期", "办理期限",
    "承办部门", "承办人", "分管领导", "办理过程（次）", "答复文号", "答复日期", "当面答复", "答复要点", "结果类别",
    "签发人", "满意度（态度/结果）", "公开意愿", "公开属性", "公开日期", "重点督办", "承诺事项", "承诺完成时限",
    "承诺责任人", "二次答复日期", "跟踪结果", "现办理结果", "状态", "备注",
]  # fmt: skip

BREAKDOWN_HEADINGS = [
    "序号", "代表团/小组", "发言人", "原话", "归纳意见", "责任领导", "责任部门", "落实措施", "完成时限", "落实情况",
    "反馈方式", "反馈日期", "代表评价",
]  # fmt: skip
ANNEX_HEADINGS = ["序号", "代表委员姓名及所在团组、界别", "意见建议", "办理和落实情况"]
FIRST_VISIT_HEADINGS = [
    "序号", "代表委员", "身份", "单位及职务", "为什么当面答复", "答复的建议提案", "走访领导", "陪同人员", "走访日期",
    "地点", "结果", "答复了什么", "代表意见", "代表签字", "未能见面的原因", "登记人",
]  # fmt: skip


def first_visit_rows(visits: FirstVisitQuerySet) -> Iterator[list[Value]]:
    """The list of one year with what came of it, for signing and filing."""
    for number, visit in enumerate(visits, start=1):
        yield [
            number,
            visit.deputy.told_apart,
            visit.deputy.seat_names,
            units_of([visit.deputy]),
            "；".join(visit.reasons),
            "；".join(each.title for each in visit.suggestions.all()),
            visit.leader.name,
            "、".join(user.name for user in visit.company.all()),
            visit.visited_on,
            visit.place,
            visit.get_state_display(),
            visit.answered,
            visit.voice,
            ("是" if visit.signed else "否") if visit.state == VisitState.MET else "",
            visit.why_not,
            visit.recorded_by.name if visit.recorded_by else "",
        ]


def rows(suggestions: SuggestionQuerySet) -> Iterator[list[Value]]:
    full = suggestions.select_related("term", "field", "department", "leader").prefetch_related(
        told_apart("proposers__deputy"),
        "proposers__deputy__mandates",
        "steps",
        "co_handlers",
        "extensions",
        "drafts__drafted_by",
        "replies__result_class",
        "replies__signed_by",
        "replies__draft",
        "replies__evaluations__deputy",
        "replies__class_now",
        "replies__publication",
        "replies__promises__owner",
    )
    for number, suggestion in enumerate(full, start=1):
        last = max(suggestion.replies.all(), key=lambda reply: reply.round, default=None)
        handled = [*_assigned(suggestion), *_handled(suggestion)]
        yield [number, *_facts(suggestion), *handled, *_answer(last), *_outcome(suggestion, last)]


def _facts(suggestion: Suggestion) -> list[Value]:
    proposers = list(suggestion.proposers.all())
    return [
        suggestion.received_on.year,
        str(suggestion.term or ""),
        suggestion.session,
        _time_of_session(suggestion.session),
        suggestion.get_kind_display(),
        f"{suggestion.get_level_display()}{suggestion.get_body_display()}",
        suggestion.number,
        suggestion.pk,
        suggestion.title,
        suggestion.text,
        suggestion.lead.told_apart if suggestion.lead else "",
        _others(proposers),
        units_of(row.deputy for row in proposers),
        _group(suggestion.lead, suggestion),
        suggestion.organisation,
        suggestion.field.name if suggestion.field else "",
        suggestion.get_our_role_display(),
    ]


def _assigned(suggestion: Suggestion) -> list[Value]:
    return [
        suggestion.lead_unit,
        "、".join(each.unit for each in suggestion.co_handlers.all()),
        suggestion.assigned_by,
        suggestion.received_on,
        suggestion.assigned_on,
        suggestion.due_on,
    ]


def _handled(suggestion: Suggestion) -> list[Value]:
    """承办人 is who wrote the last draft."""
    drafts = list(suggestion.drafts.all())
    return [
        suggestion.department.name if suggestion.department else "",
        drafts[-1].drafted_by.name if drafts else "",
        suggestion.leader.name if suggestion.leader else "",
        len(suggestion.steps.all()),
    ]


def _answer(last: Reply | None) -> list[Value]:
    if last is None:
        return ["", None, "", "", "", ""]
    return [
        last.number,
        last.replied_on,
        "是" if last.in_person else "否",
        last.summary,
        str(last.result_class),
        last.signed_by.name if last.signed_by else "",
    ]


def _outcome(suggestion: Suggestion, last: Reply | None) -> list[Value]:
    verdicts = last.evaluations.all() if last else []
    published = getattr(last, "publication", None)
    return [
        "；".join(
            f"{verdict.deputy.name}：{verdict.get_attitude_display()}/{verdict.get_result_display()}"
            for verdict in verdicts
        ),
        suggestion.get_publication_wish_display(),
        published.get_scope_display() if published else "",
        published.published_on if published else None,
        "是" if suggestion.key_supervised else "",
        *_promised(list(last.promises.all()) if last else []),
        str(last.class_now) if last else "",
        suggestion.get_state_display(),
        _remarks(suggestion),
    ]


def _remarks(suggestion: Suggestion) -> str:
    granted = [each for each in suggestion.extensions.all() if each.state == ExtensionState.GRANTED]
    return "；".join(f"经批准延期：{each.old}延至{each.until}" for each in granted)


def _promised(promises: list[Promise]) -> list[Value]:
    """One cell each, whatever their number: what, by when, who, and the last 二次答复."""
    kept = sorted((each for each in promises if each.kept_on), key=lambda each: (each.kept_on, each.pk))
    return [
        "；".join(each.what for each in promises),
        max((each.due_on for each in promises if each.due_on), default=None),
        "、".join(dict.fromkeys(each.owner.name for each in promises if each.owner)),
        kept[-1].kept_on if kept else None,
        "；".join(each.kept_how for each in kept),
    ]


PROMISE_HEADINGS = [
    "序号", "承诺事项", "类别", "标题（案由）", "提出人", "答复日期", "答复时结果", "完成时限", "剩余天数",
    "责任人", "责任部门", "原时限", "二次答复日期", "落实情况", "告知方式", "现办理结果",
]  # fmt: skip


def promise_rows(promises: PromiseQuerySet, today: date) -> Iterator[list[Value]]:
    """承诺台账."""
    for number, promise in enumerate(promises, start=1):
        suggestion = promise.reply.suggestion
        waits = promise.due_on and not promise.kept_on
        yield [
            number,
            promise.what,
            suggestion.kind_name,
            suggestion.title,
            "、".join(row.deputy.told_apart for row in suggestion.proposers.all()),
            promise.reply.replied_on,
            str(promise.reply.result_class),
            promise.due_on,
            (promise.due_on - today).days if waits and promise.due_on else None,
            promise.owner.name if promise.owner else "",
            str(promise.department or ""),
            "；".join(str(move.old_due_on) for move in promise.moves.all() if move.old_due_on),
            promise.kept_on,
            promise.kept_how,
            promise.get_told_how_display(),
            str(promise.class_now or ""),
        ]


def _time_of_session(session: str) -> str:
    if not session:
        return ""
    return "闭会" if "闭会" in session or "平时" in session else "会间"


def _others(proposers: list[Proposer]) -> str:
    others = [row for row in proposers if row.role != ProposerRole.LEAD]
    return "、".join(f"{row.deputy.told_apart}（{row.get_role_display()}）" for row in others)


def _group(lead: Deputy | None, suggestion: Suggestion) -> str:
    """代表团 or 界别 of the leader in the 届 of this item."""
    seats = lead.mandates.all() if lead and suggestion.term_id else []
    return next((seat.group for seat in seats if seat.term_id == suggestion.term_id), "")


def breakdown_rows(lines: Iterable[Line], undecided: UtteranceQuerySet) -> Iterator[list[Value]]:
    """审议意见分解表: one row for each department of a point, then what was not decomposed, so that nobody is lost."""
    number = 0
    for line in lines:
        for answer in line.answers:
            number += 1
            yield [
                number,
                "、".join(dict.fromkeys(group_of(each) for each in line.said)),
                "、".join(dict.fromkeys(each.by_whom for each in line.said)),
                "\n".join(f"{each.by_whom}：{each.words}" for each in line.said),
                line.summary,
                line.point.leader.name if line.point else "",
                answer.charged.name if answer.charged else "",
                answer.measures,
                answer.due_on,
                answer.outcome,
                answer.channel,
                answer.replied_on,
                answer.verdicts,
            ]
    for said in undecided:
        number += 1
        state = f"不需办理：{said.aside}" if said.aside else "待分解"
        yield [number, group_of(said), said.by_whom, said.words, state, "", "", "", None, "", "", None, ""]


def annex_rows(lines: Iterable[Line]) -> Iterator[list[Value]]:
    """The Annex-5 table."""
    for number, line in enumerate(lines, start=1):
        yield [number, line.speakers, line.summary, "\n".join(told(line))]


def told(line: Line) -> list[str]:
    """What each department did; named where there are several."""
    several = len(line.answers) > 1
    return [f"{each.charged}：{each.outcome}" if several else each.outcome for each in line.answers]
