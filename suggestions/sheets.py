"""建议提案办理台账 as a spreadsheet, in the headings that offices use."""

from collections.abc import Iterator

from common.sheets import Value
from deputies.models import Deputy
from deputies.models.deputy import told_apart
from deputies.sheets import units_of
from suggestions.models import ExtensionState, Proposer, ProposerRole, Reply, Suggestion
from suggestions.models.suggestion import SuggestionQuerySet
from suggestions.workflow import NOT_OURS

HEADINGS = [
    "序号", "年度", "届次", "会议", "会间/闭会", "类别", "层级", "编号", "流水号", "标题（案由）", "内容",
    "领衔代表/第一提案人", "联名/附议人", "单位及职务", "代表团/界别", "提案单位", "内容分类", "办理性质",
    "主办单位", "会办单位", "交办机关", "收到日期", "交办日期", "办理期限",
    "承办部门", "承办人", "分管领导", "办理过程（次）", "答复文号", "答复日期", "当面答复", "答复要点", "结果类别",
    "签发人", "满意度（态度/结果）", "公开意愿", "是否公开", "重点督办", "承诺事项", "二次答复日期", "跟踪结果",
    "状态", "备注",
]  # fmt: skip


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
    return [
        "；".join(
            f"{verdict.deputy.name}：{verdict.get_attitude_display()}/{verdict.get_result_display()}"
            for verdict in verdicts
        ),
        suggestion.get_publication_wish_display(),
        last.draft.get_scope_display() if last and last.draft else "",
        "是" if suggestion.key_supervised else "",
        _promise(suggestion, last),
        last.kept_on if last else None,
        last.kept_how if last else "",
        suggestion.get_state_display(),
        _remarks(suggestion),
    ]


def _promise(suggestion: Suggestion, last: Reply | None) -> str:
    """待落实 as the list of open promises has it (``ReplyQuerySet.promising``)."""
    if last is None or not last.result_class.promises:
        return ""
    if last.kept_on:
        return "已二次答复"
    return "" if suggestion.state in NOT_OURS else "待落实"


def _remarks(suggestion: Suggestion) -> str:
    granted = [each for each in suggestion.extensions.all() if each.state == ExtensionState.GRANTED]
    return "；".join(f"经批准延期：{each.old}延至{each.until}" for each in granted)


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
