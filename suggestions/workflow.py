"""States of a suggestion and the moves between them: one plain table. ``docs/workflow.md`` is drawn from it."""

from django.db.models import TextChoices


class SuggestionState(TextChoices):
    REGISTERED = "registered", "已登记"
    ACCEPTED = "accepted", "待分办"
    HANDLING = "handling", "办理中"
    DEPARTMENT_REVIEW = "department_review", "待部门审核"
    OFFICE_REVIEW = "office_review", "待办公室审核"
    LEADER_REVIEW = "leader_review", "待分管领导审核"
    SIGNING = "signing", "待签发"
    SIGNED = "signed", "待送达"
    REPLIED = "replied", "已答复"
    CLOSED = "closed", "已办结"
    RETURNED = "returned", "已退办"
    TRANSFERRED = "transferred", "已转来信"
    WITHDRAWN = "withdrawn", "已撤回"


_S = SuggestionState
# state → the states it may become → what that move is called.
TRANSITIONS: dict[SuggestionState, dict[SuggestionState, str]] = {
    _S.REGISTERED: {
        _S.ACCEPTED: "受理",
        _S.RETURNED: "退办",
        _S.TRANSFERRED: "转来信",
        _S.WITHDRAWN: "撤回",
    },
    _S.ACCEPTED: {
        _S.HANDLING: "分办",
        _S.RETURNED: "退办",
        _S.TRANSFERRED: "转来信",
        _S.WITHDRAWN: "撤回",
    },
    _S.HANDLING: {
        _S.DEPARTMENT_REVIEW: "送部门负责人审核",
        _S.OFFICE_REVIEW: "送办公室审核",
        _S.LEADER_REVIEW: "送分管领导审核",
        _S.REPLIED: "登记线下签发的答复",
        _S.ACCEPTED: "退回重新分办",
        _S.WITHDRAWN: "撤回",
    },
    _S.DEPARTMENT_REVIEW: {
        _S.OFFICE_REVIEW: "同意",
        _S.LEADER_REVIEW: "同意（办公室拟稿）",
        _S.HANDLING: "退回修改",
        _S.WITHDRAWN: "撤回",
    },
    _S.OFFICE_REVIEW: {_S.LEADER_REVIEW: "同意", _S.HANDLING: "退回修改", _S.WITHDRAWN: "撤回"},
    _S.LEADER_REVIEW: {
        _S.SIGNING: "同意，送检察长签发",
        _S.SIGNED: "签发",
        _S.HANDLING: "退回修改",
        _S.WITHDRAWN: "撤回",
    },
    _S.SIGNING: {_S.SIGNED: "签发", _S.HANDLING: "退回修改", _S.WITHDRAWN: "撤回"},
    _S.SIGNED: {_S.REPLIED: "送达", _S.HANDLING: "退回修改", _S.WITHDRAWN: "撤回"},
    _S.REPLIED: {_S.CLOSED: "办结", _S.HANDLING: "不满意，重新办理"},
    _S.CLOSED: {},
    _S.RETURNED: {_S.REGISTERED: "交办单位未同意退办"},
    _S.TRANSFERRED: {},
    _S.WITHDRAWN: {},
}
ENDED = [_S.CLOSED, _S.RETURNED, _S.TRANSFERRED, _S.WITHDRAWN]
OPEN: list[_S] = [state for state in _S if state not in ENDED]
# Not ours, or not any more: outside every count of what the house was asked and answered.
NOT_OURS = [_S.RETURNED, _S.TRANSFERRED, _S.WITHDRAWN]
# A deadline binds until the reply has gone out.
AWAITING_REPLY: list[_S] = [state for state in OPEN if state != _S.REPLIED]
# Where a draft waits for somebody's yes, in the order in which it passes them.
REVIEWS = [_S.DEPARTMENT_REVIEW, _S.OFFICE_REVIEW, _S.LEADER_REVIEW, _S.SIGNING]
# With the department: from 分办 until the reply has gone out.
WITH_DEPARTMENT = [_S.HANDLING, *REVIEWS, _S.SIGNED]
