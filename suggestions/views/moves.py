"""The dialogs that move an item on; each view names its policy, form and action."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from staff.models import User
from staff.permissions import P, StaffRequest, requires
from suggestions import actions, policies
from suggestions.forms import (
    AcceptForm,
    CloseForm,
    DistributeForm,
    EvaluationForm,
    ExtensionForm,
    GiveBackForm,
    GrantForm,
    LetterForm,
    ReasonForm,
    RefuseForm,
    ReplyForm,
)
from suggestions.models import Extension, Suggestion
from suggestions.views.dialogs import Dialog, files, mine, my_reply, run, sent


def _asked(request: StaffRequest, pk: int) -> tuple[User, Extension]:
    visible = Extension.objects.filter(suggestion__in=Suggestion.objects.visible_to(request.user))
    return request.user, get_object_or_404(visible.select_related("suggestion", "asked_by", "decided_by"), pk=pk)


@requires(P.SUGGESTION_REGISTER)
@require_http_methods(["GET", "POST"])
def accept(request: StaffRequest, pk: int) -> HttpResponse:
    user, suggestion = mine(request, pk)
    policies.check_can_accept(user, suggestion)
    dialog = Dialog(
        "受理",
        "已受理，答复期限已算出。",
        suggestion,
        AcceptForm(sent(request), suggestion=suggestion),
        lambda data: actions.accept_and_distribute(suggestion=suggestion, by=user, **data),
        note="不属本院职责的，请取消后选择“退办”；主要反映具体案件的，选择“转来信”。",
    )
    return run(request, dialog)


@requires(P.SUGGESTION_REGISTER)
@require_http_methods(["GET", "POST"])
def distribute(request: StaffRequest, pk: int) -> HttpResponse:
    user, suggestion = mine(request, pk)
    policies.check_can_distribute(user, suggestion)
    dialog = Dialog(
        "分办",
        "已分办。",
        suggestion,
        DistributeForm(sent(request)),
        lambda data: actions.distribute(suggestion=suggestion, by=user, **data),
    )
    return run(request, dialog)


@requires(P.SUGGESTION_REGISTER)
@require_http_methods(["GET", "POST"])
def give_back(request: StaffRequest, pk: int) -> HttpResponse:
    (user, suggestion), today = mine(request, pk), timezone.localdate()
    policies.check_can_give_back(user, suggestion)
    last = actions.return_by(suggestion)
    late = bool(last and today > last.day)
    dialog = Dialog(
        "退办",
        "已登记退办。",
        suggestion,
        GiveBackForm(sent(request), late=late),
        lambda data: actions.give_back(suggestion=suggestion, by=user, today=today, **data),
        note=f"退办期限是{last.day}。{last.why}" if last else "受理前退办，不计期限。",
    )
    return run(request, dialog)


@requires(P.SUGGESTION_REGISTER)
@require_http_methods(["GET", "POST"])
def take_again(request: StaffRequest, pk: int) -> HttpResponse:
    user, suggestion = mine(request, pk)
    policies.check_can_take_again(user, suggestion)
    dialog = Dialog(
        "退办未获同意",
        "已恢复为已登记，请重新受理。",
        suggestion,
        ReasonForm(sent(request)),
        lambda data: actions.take_again(suggestion=suggestion, by=user, **data),
        note="交办单位不同意退办的，重新受理；期限仍从原交办日起算。",
    )
    return run(request, dialog)


@requires(P.SUGGESTION_REGISTER)
@require_http_methods(["GET", "POST"])
def transfer(request: StaffRequest, pk: int) -> HttpResponse:
    user, suggestion = mine(request, pk)
    policies.check_can_transfer(user, suggestion)
    dialog = Dialog(
        "转来信",
        "已转来信，标题、内容和提出人已从本系统清除。",
        suggestion,
        LetterForm(sent(request)),
        lambda data: actions.transfer(suggestion=suggestion, by=user, **data),
        note="主要反映具体案件的，转代表委员来信办理。本系统只留编号和日期，标题、内容和提出人立即清除，不能恢复。",
        is_grave=True,
    )
    return run(request, dialog)


@requires(P.SUGGESTION_HANDLE)
@require_http_methods(["GET", "POST"])
def hand_back(request: StaffRequest, pk: int) -> HttpResponse:
    user, suggestion = mine(request, pk)
    policies.check_can_hand_back(user, suggestion)
    dialog = Dialog(
        "退回重新分办",
        "已退回办公室。",
        suggestion,
        ReasonForm(sent(request)),
        lambda data: actions.hand_back(suggestion=suggestion, by=user, **data),
        note="退回后由办公室重新分办；交办日和答复期限不变，时间照常计算。",
    )
    return run(request, dialog)


@requires(P.SUGGESTION_HANDLE)
@require_http_methods(["GET", "POST"])
def extend(request: StaffRequest, pk: int) -> HttpResponse:
    (user, suggestion), today = mine(request, pk), timezone.localdate()
    policies.check_can_ask_extension(user, suggestion, today)
    dialog = Dialog(
        "申请延期",
        "已申请延期，等待院领导批准。",
        suggestion,
        ExtensionForm(sent(request)),
        lambda data: actions.ask_extension(suggestion=suggestion, today=today, by=user, **data),
        note=f"现在的期限是{suggestion.due_on}。批准之前期限不变；批准后请告知代表委员。",
    )
    return run(request, dialog)


@requires(P.SUGGESTION_APPROVE)
@require_http_methods(["GET", "POST"])
def grant(request: StaffRequest, pk: int) -> HttpResponse:
    (user, extension), today = _asked(request, pk), timezone.localdate()
    policies.check_can_decide_extension(user, extension)
    dialog = Dialog(
        "批准延期",
        "已批准，期限已调整。",
        extension.suggestion,
        GrantForm(sent(request)),
        lambda data: actions.grant_extension(extension=extension, today=today, by=user, **data),
        note=f"{extension.asked_by}申请从{extension.old}延至{extension.until}：{extension.reason}。"
        f"交办单位意见：{extension.consent}。",
    )
    return run(request, dialog)


@requires(P.SUGGESTION_APPROVE)
@require_http_methods(["GET", "POST"])
def refuse(request: StaffRequest, pk: int) -> HttpResponse:
    (user, extension), today = _asked(request, pk), timezone.localdate()
    policies.check_can_decide_extension(user, extension)
    dialog = Dialog(
        "不批准延期",
        "已退回延期申请，期限不变。",
        extension.suggestion,
        RefuseForm(sent(request)),
        lambda data: actions.refuse_extension(extension=extension, today=today, by=user, **data),
    )
    return run(request, dialog)


@requires(P.SUGGESTION_REGISTER)
@require_http_methods(["GET", "POST"])
def reply(request: StaffRequest, pk: int) -> HttpResponse:
    user, suggestion = mine(request, pk)
    policies.check_can_reply(user, suggestion)
    dialog = Dialog(
        "登记线下签发的答复",
        "答复已登记。",
        suggestion,
        ReplyForm(sent(request), suggestion=suggestion),
        lambda data: actions.reply(suggestion=suggestion, by=user, **data),
        note="已在纸面上签发的，直接登记。在本系统送审签发的，由承办部门拟稿。",
    )
    return run(request, dialog)


@requires(P.SUGGESTION_REGISTER)
@require_http_methods(["GET", "POST"])
def evaluate(request: StaffRequest, pk: int) -> HttpResponse:
    user, reply = my_reply(request, pk)
    policies.check_can_evaluate(user, reply)

    def act(data: dict[str, Any]) -> object:
        upload = data.pop("paper")
        paper = actions.keep_paper(upload, upload.name) if upload else None
        return actions.evaluate(reply=reply, by=user, paper=paper, **data)

    dialog = Dialog(
        "登记评价",
        "评价已登记。",
        reply.suggestion,
        EvaluationForm(sent(request), files(request), reply=reply),
        act,
        note="按代表委员本人的意思登记；态度和结果分开。",
    )
    return run(request, dialog)


@requires(P.SUGGESTION_REGISTER)
@require_http_methods(["GET", "POST"])
def close(request: StaffRequest, pk: int) -> HttpResponse:
    user, suggestion = mine(request, pk)
    policies.check_can_close(user, suggestion)
    dialog = Dialog(
        "办结",
        "已办结。",
        suggestion,
        CloseForm(sent(request), missing=suggestion.replies.latest("round").unheard()),
        lambda data: actions.close(suggestion=suggestion, by=user, **data),
        note="办结后不再修改；有承诺事项的，仍留在承诺台账中直到二次答复。",
    )
    return run(request, dialog)


@requires(P.SUGGESTION_REGISTER)
@require_http_methods(["GET", "POST"])
def withdraw(request: StaffRequest, pk: int) -> HttpResponse:
    user, suggestion = mine(request, pk)
    policies.check_can_withdraw(user, suggestion)
    dialog = Dialog(
        "撤回",
        "已撤回。",
        suggestion,
        ReasonForm(sent(request)),
        lambda data: actions.withdraw(suggestion=suggestion, by=user, **data),
        note="提出人书面要求撤回的，办理终止，记录保留。",
        is_grave=True,
    )
    return run(request, dialog)
