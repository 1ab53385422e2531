"""Who may do what, now. Button and action ask the same function; the sentence says why not and what to do."""

from datetime import date

from common.denied import Denied
from staff.models import Role, User
from staff.permissions import P, may
from suggestions.models import Extension, ExtensionState, Promise, Reply, Scan, Suggestion
from suggestions.workflow import AWAITING_REPLY, OPEN, SuggestionState


def check_can_register(user: User) -> None:
    if not may(user, P.SUGGESTION_REGISTER):
        raise Denied("建议提案由办公室统一登记、交办和办结，请与办公室联系。")


def check_handles(user: User, suggestion: Suggestion) -> None:
    """The office, or a handler of the department that handles it."""
    if not may(user, P.SUGGESTION_HANDLE):
        raise Denied("办理过程和答复由承办部门或办公室登记。")
    if user.role == Role.HANDLER and user.department_id != suggestion.department_id:
        raise Denied("这件不由您所在部门承办，请与承办部门或办公室联系。")


def check_can_edit(user: User, suggestion: Suggestion) -> None:
    check_can_register(user)
    _state_in(suggestion, OPEN, "已办结或已撤回的，内容不再修改。")


def check_can_assign(user: User, suggestion: Suggestion) -> None:
    check_can_register(user)
    _state_in(suggestion, [SuggestionState.REGISTERED], "已经交办；如需更换承办部门，请先退回重新交办。")


def check_can_hand_back(user: User, suggestion: Suggestion) -> None:
    _state_in(suggestion, [SuggestionState.HANDLING], "只有办理中的可以退回重新交办。")
    check_handles(user, suggestion)


def check_can_add_step(user: User, suggestion: Suggestion) -> None:
    _state_in(
        suggestion,
        [SuggestionState.HANDLING, SuggestionState.REPLIED],
        "交办以后、办结以前才能登记办理过程。",
    )
    check_handles(user, suggestion)


def check_can_ask_extension(user: User, suggestion: Suggestion, today: date) -> None:
    _state_in(suggestion, [SuggestionState.HANDLING], "只有办理中的可以申请延期。")
    check_handles(user, suggestion)
    check_is_in_time(suggestion, today)
    if suggestion.extensions.filter(state=ExtensionState.ASKED).exists():
        raise Denied("已有一份延期申请等待批准，不用再次申请。")


def check_is_in_time(suggestion: Suggestion, today: date) -> None:
    """Time that has run out is not extended."""
    if suggestion.due_on and today > suggestion.due_on:
        raise Denied(f"答复期限（{suggestion.due_on}）已过，不能再延期。请尽快答复，并向交办单位说明情况。")


def check_can_decide_extension(user: User, extension: Extension) -> None:
    if not may(user, P.SUGGESTION_APPROVE):
        raise Denied("延期由院领导批准。")
    if extension.state != ExtensionState.ASKED:
        raise Denied(f"{extension.decided_by}已于{extension.decided_on}处理这份延期申请，请刷新页面查看。")
    _state_in(extension.suggestion, [SuggestionState.HANDLING], "已不在办理中，延期申请不用再处理。")


def check_can_reply(user: User, suggestion: Suggestion) -> None:
    _state_in(suggestion, [SuggestionState.HANDLING], "只有办理中的可以登记答复；已答复的，不满意评价会开启下一轮。")
    check_handles(user, suggestion)


def check_can_evaluate(user: User, reply: Reply) -> None:
    """Of several proposers one may be dissatisfied first; the others still evaluate the same reply."""
    check_can_register(user)
    suggestion = reply.suggestion
    _state_in(
        suggestion,
        [SuggestionState.REPLIED, SuggestionState.HANDLING],
        "已办结或已撤回，不再登记评价。",
    )
    if suggestion.replies.filter(round__gt=reply.round).exists():
        raise Denied("之后已有新一轮答复，请对最近一轮答复登记评价。")


def check_handles_promise(user: User, promise: Promise) -> None:
    """Who keeps it: the owner, a handler of either department, the office."""
    if not may(user, P.SUGGESTION_HANDLE):
        raise Denied("承诺的落实由责任部门或办公室登记。")
    ours = user.department_id in (promise.department_id, promise.reply.suggestion.department_id)
    if user.role == Role.HANDLER and not ours and user.pk != promise.owner_id:
        raise Denied("这项承诺不由您所在部门负责，请与责任部门或办公室联系。")


def check_can_keep_promise(user: User, promise: Promise) -> None:
    check_handles_promise(user, promise)
    if promise.kept_on:
        raise Denied(f"这项承诺已于{promise.kept_on}二次答复，没有待落实的内容，请刷新页面查看。")
    if not Promise.objects.open().filter(pk=promise.pk).exists():
        raise Denied("这项承诺已由新一轮答复取代，或这件已撤回，不需要二次答复。")


def check_can_add_promise(user: User, reply: Reply) -> None:
    check_handles(user, reply.suggestion)
    if not reply.result_class.promises:
        raise Denied(f"这次答复的办理结果为“{reply.result_class}”，不列入承诺台账。")
    _is_last_answer(reply)


def check_can_add_scan(user: User, suggestion: Suggestion) -> None:
    """Signed papers often come late: also when all is over."""
    check_handles(user, suggestion)


def check_can_remove_scan(user: User, scan: Scan) -> None:
    """Who put it in, or the office."""
    if scan.removed_at:
        raise Denied("这份扫描件已经移除，请刷新页面查看。")
    if not may(user, P.SUGGESTION_REGISTER) and scan.uploaded_by_id != user.pk:
        raise Denied("扫描件由上传人或办公室移除，请与他们联系。")


def check_can_correct_result(user: User, reply: Reply) -> None:
    check_can_register(user)
    _is_last_answer(reply)


def _is_last_answer(reply: Reply) -> None:
    if reply.suggestion.state == SuggestionState.WITHDRAWN:
        raise Denied("这件已撤回，不再变动。")
    if reply.suggestion.replies.filter(round__gt=reply.round).exists():
        raise Denied("之后已有新一轮答复，请在最近一轮答复中登记。")


def check_can_close(user: User, suggestion: Suggestion) -> None:
    check_can_register(user)
    _state_in(suggestion, [SuggestionState.REPLIED], "答复以后才能办结。")


def check_can_withdraw(user: User, suggestion: Suggestion) -> None:
    check_can_register(user)
    _state_in(suggestion, AWAITING_REPLY, "已经答复，不能再撤回，请登记评价后办结。")


def _state_in(suggestion: Suggestion, states: list[SuggestionState], otherwise: str) -> None:
    if suggestion.state not in states:
        raise Denied(f"目前状态为“{suggestion.get_state_display()}”：{otherwise}")
