"""Who may do what, now. Button and action ask the same function; the sentence says why not and what to do."""

from collections.abc import Sequence
from datetime import date

from common.denied import Denied
from staff.models import Role, User
from staff.permissions import P, may
from suggestions.models import Extension, ExtensionState, Kind, OurRole, Promise, Reply, Scan, Step, Suggestion
from suggestions.workflow import AWAITING_REPLY, OPEN, REVIEWS, WITH_DEPARTMENT, SuggestionState

NOT_YET_WORKED = [SuggestionState.REGISTERED, SuggestionState.ACCEPTED]


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


def check_can_accept(user: User, suggestion: Suggestion) -> None:
    check_can_register(user)
    _state_in(suggestion, [SuggestionState.REGISTERED], "已经受理，不用再次受理。")


def check_can_distribute(user: User, suggestion: Suggestion) -> None:
    check_can_register(user)
    _state_in(suggestion, [SuggestionState.ACCEPTED], "受理以后才能分办；如需更换承办部门，请先退回重新分办。")


def check_can_give_back(user: User, suggestion: Suggestion) -> None:
    check_can_register(user)
    _state_in(suggestion, NOT_YET_WORKED, "已分办到部门；确不属本院职责的，请先退回重新分办，再退办。")
    _unanswered(suggestion)


def check_can_take_again(user: User, suggestion: Suggestion) -> None:
    check_can_register(user)
    _state_in(suggestion, [SuggestionState.RETURNED], "只有已退办的可以重新受理。")


def check_can_transfer(user: User, suggestion: Suggestion) -> None:
    check_can_register(user)
    _state_in(suggestion, NOT_YET_WORKED, "已分办到部门；主要反映具体案件的，请先退回重新分办，再转来信。")
    _unanswered(suggestion)


def check_can_hand_back(user: User, suggestion: Suggestion) -> None:
    _state_in(suggestion, [SuggestionState.HANDLING], "只有办理中的可以退回重新分办。")
    check_handles(user, suggestion)


def check_can_add_step(user: User, suggestion: Suggestion) -> None:
    _state_in(
        suggestion,
        [*WITH_DEPARTMENT, SuggestionState.REPLIED],
        "分办以后、办结以前才能登记办理过程。",
    )
    check_handles(user, suggestion)


def check_can_change_step(user: User, step: Step) -> None:
    """Whoever may add one corrects and removes too, until the whole is closed."""
    check_can_add_step(user, step.suggestion)


def check_can_ask_extension(user: User, suggestion: Suggestion, today: date) -> None:
    _state_in(suggestion, WITH_DEPARTMENT, "分办以后、答复以前才能申请延期。")
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
    _state_in(extension.suggestion, WITH_DEPARTMENT, "已不在办理中，延期申请不用再处理。")


def check_can_reply(user: User, suggestion: Suggestion) -> None:
    """An answer that was signed on paper: the office keeps the register of what went out."""
    if not may(user, P.SUGGESTION_REGISTER):
        raise Denied("线下签发的答复由办公室登记；承办部门请拟稿送审。")
    _state_in(suggestion, [SuggestionState.HANDLING], "只有办理中的可以登记答复；已答复的，不满意评价会开启下一轮。")


def check_can_draft(user: User, suggestion: Suggestion) -> None:
    """The department while it works on it; the office also while it reviews (核稿)."""
    if suggestion.state == SuggestionState.OFFICE_REVIEW:
        check_can_register(user)
        return
    _state_in(
        suggestion, [SuggestionState.HANDLING], "分办以后、送审以前才能拟稿；已送审的请先撤回或由审核人退回修改。"
    )
    check_handles(user, suggestion)


def check_can_consult(user: User, suggestion: Suggestion) -> None:
    _state_in(suggestion, WITH_DEPARTMENT, "分办以后、答复以前才能登记面商；答复时当面谈的，登记为当面答复。")
    check_handles(user, suggestion)


def check_can_submit(user: User, suggestion: Suggestion) -> None:
    _state_in(suggestion, [SuggestionState.HANDLING], "只有办理中的可以送审。")
    check_handles(user, suggestion)
    draft = suggestion.draft_to_sign()
    if draft is None:
        raise Denied("还没有答复稿，请先拟稿。")
    if draft.approvals.filter(agreed=False).exists():
        raise Denied("答复稿被退回修改，请改好后另存一稿，再送审。")
    silent = [each.unit for each in suggestion.co_handlers.filter(received_on=None)]
    if silent:
        raise Denied(f"{'、'.join(silent)}的会办意见尚未收到；收到后登记，经催告仍未回复的，把催告情况登记为意见。")


def check_can_review(user: User, suggestion: Suggestion) -> None:
    """Who answers for this stage; the chief may decide in the place of the leader in charge."""
    _state_in(suggestion, REVIEWS, "不在审核中，请刷新页面查看。")
    state = suggestion.state
    if state == SuggestionState.DEPARTMENT_REVIEW:
        _check_stands_for_department(user, suggestion)
    elif state == SuggestionState.OFFICE_REVIEW:
        if not may(user, P.SUGGESTION_REGISTER):
            raise Denied("这一步由办公室审核。")
    elif not may(user, P.SUGGESTION_APPROVE):
        raise Denied("这一步由院领导审核签发。")
    elif user.role != Role.CHIEF and state == SuggestionState.SIGNING and _has_chief():
        raise Denied("这一步由检察长签发。")
    elif user.role != Role.CHIEF and _leads(suggestion.leader) and suggestion.leader != user:
        raise Denied(f"这件由{suggestion.leader}分管，请由其审核。")


def _check_stands_for_department(user: User, suggestion: Suggestion) -> None:
    """The head; where the post fell vacant during the review, the office."""
    heads = User.objects.heads_of(suggestion.department)
    if heads.filter(pk=user.pk).exists() or (may(user, P.SUGGESTION_REGISTER) and not heads.exists()):
        return
    raise Denied("这一步由承办部门负责人审核。")


def _has_chief() -> bool:
    """While the post is vacant any of the leaders signs."""
    return User.objects.leaders().filter(role=Role.CHIEF).exists()


def _leads(leader: User | None) -> bool:
    """One who retired or has another post reviews nothing any more: then any of the leaders does."""
    return leader is not None and User.objects.leaders().filter(pk=leader.pk).exists()


def leader_signs(suggestion: Suggestion) -> bool:
    """House rule: the leader in charge signs 会办意见 and 日常意见, the chief the rest and what is supervised."""
    if suggestion.key_supervised:
        return False
    return suggestion.goes_to_lead_unit or suggestion.kind == Kind.EVERYDAY


def check_can_send_back(user: User, suggestion: Suggestion) -> None:
    """The reviewer; once signed the office, which finds a slip before it goes out."""
    if suggestion.state == SuggestionState.SIGNED:
        check_can_register(user)
    else:
        check_can_review(user, suggestion)


def check_can_recall(user: User, suggestion: Suggestion) -> None:
    _state_in(suggestion, REVIEWS, "不在审核中，不用撤回送审。")
    check_handles(user, suggestion)
    draft = suggestion.draft_to_sign()
    if draft and draft.approvals.exists():
        raise Denied("已有人审核同意，不能撤回送审；需要修改的，请审核人退回修改。")


def check_can_ask_co_handler(user: User, suggestion: Suggestion) -> None:
    _state_in(suggestion, [SuggestionState.HANDLING], "只有办理中的可以商请会办。")
    check_handles(user, suggestion)
    if suggestion.our_role != OurRole.LEAD:
        raise Denied("只有本院主办的才登记会办单位；办理性质有误的，请退回办公室更正。")


def check_can_receive_opinion(user: User, suggestion: Suggestion) -> None:
    _state_in(suggestion, [SuggestionState.HANDLING], "只有办理中的可以登记会办意见。")
    check_handles(user, suggestion)


def check_can_deliver(user: User, suggestion: Suggestion) -> None:
    _state_in(suggestion, [SuggestionState.SIGNED], "签发以后才能送达。")
    check_handles(user, suggestion)


def check_can_deliver_further(user: User, reply: Reply) -> None:
    _state_in(reply.suggestion, [SuggestionState.REPLIED, *WITH_DEPARTMENT], "已办结，不再登记送达。")
    check_handles(user, reply.suggestion)
    if not reply.unreached():
        raise Denied("答复已送达每一位提出人，不用再次登记。")


def check_can_evaluate(user: User, reply: Reply) -> None:
    """Of several proposers one may be dissatisfied first; the others still evaluate the same reply."""
    check_can_register(user)
    suggestion = reply.suggestion
    if suggestion.goes_to_lead_unit:
        raise Denied("会办件由主办单位答复代表委员并征询评价，本院不登记评价。")
    _state_in(
        suggestion,
        [SuggestionState.REPLIED, *WITH_DEPARTMENT],
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


def check_can_publish(user: User, reply: Reply) -> None:
    """Decided for each answer that reached the proposers; what goes to the lead unit is published by that unit."""
    check_can_register(user)
    if reply.suggestion.goes_to_lead_unit:
        raise Denied("会办意见由主办单位统一答复和公开，这里不登记公开审查。")
    _is_last_answer(reply)


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
    _unanswered(suggestion)


def _unanswered(suggestion: Suggestion) -> None:
    """An answer and its verdict stay in the figures: 不满意 does not vanish with the item."""
    if suggestion.replies.exists():
        raise Denied("这件已经答复过，评价为不满意后正在重办，不能再退办、转来信或撤回，请再次答复后办结。")


def _state_in(suggestion: Suggestion, states: Sequence[SuggestionState], otherwise: str) -> None:
    if suggestion.state not in states:
        raise Denied(f"目前状态为“{suggestion.get_state_display()}”：{otherwise}")
