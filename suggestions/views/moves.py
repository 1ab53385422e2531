"""The dialogs that move an item on: one template, one helper; each view names its policy, form and action."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from staff.models import User
from staff.permissions import P, StaffRequest, requires
from suggestions import actions, policies
from suggestions.forms import (
    AssignForm,
    CloseForm,
    EvaluationForm,
    ExtensionForm,
    GrantForm,
    ReasonForm,
    RefuseForm,
    ReplyForm,
    StepForm,
)
from suggestions.models import Extension, Reply, Suggestion
from suggestions.views.dialogs import Dialog, files
from suggestions.views.dialogs import run as _run
from suggestions.views.dialogs import sent as _sent


def _mine(request: StaffRequest, pk: int) -> tuple[User, Suggestion]:
    return request.user, get_object_or_404(Suggestion.objects.visible_to(request.user), pk=pk)


def _my_reply(request: StaffRequest, pk: int) -> tuple[User, Reply]:
    visible = Reply.objects.filter(suggestion__in=Suggestion.objects.visible_to(request.user))
    return request.user, get_object_or_404(visible.select_related("suggestion"), pk=pk)


def _asked(request: StaffRequest, pk: int) -> tuple[User, Extension]:
    visible = Extension.objects.filter(suggestion__in=Suggestion.objects.visible_to(request.user))
    return request.user, get_object_or_404(visible.select_related("suggestion", "asked_by", "decided_by"), pk=pk)


@requires(P.SUGGESTION_REGISTER)
@require_http_methods(["GET", "POST"])
def assign(request: StaffRequest, pk: int) -> HttpResponse:
    user, suggestion = _mine(request, pk)
    policies.check_can_assign(user, suggestion)
    dialog = Dialog(
        "交办",
        "已交办，答复期限已算出。",
        suggestion,
        AssignForm(_sent(request), suggestion=suggestion),
        lambda data: actions.assign(suggestion=suggestion, by=user, **data),
    )
    return _run(request, dialog)


@requires(P.SUGGESTION_HANDLE)
@require_http_methods(["GET", "POST"])
def hand_back(request: StaffRequest, pk: int) -> HttpResponse:
    user, suggestion = _mine(request, pk)
    policies.check_can_hand_back(user, suggestion)
    dialog = Dialog(
        "退回重新交办",
        "已退回办公室。",
        suggestion,
        ReasonForm(_sent(request)),
        lambda data: actions.hand_back(suggestion=suggestion, by=user, **data),
        note="退回后由办公室重新交办；交办日和答复期限不变，时间照常计算。",
    )
    return _run(request, dialog)


@requires(P.SUGGESTION_HANDLE)
@require_http_methods(["GET", "POST"])
def step(request: StaffRequest, pk: int) -> HttpResponse:
    user, suggestion = _mine(request, pk)
    policies.check_can_add_step(user, suggestion)
    dialog = Dialog(
        "登记办理过程",
        "已登记。",
        suggestion,
        StepForm(_sent(request), initial={"happened_on": timezone.localdate()}),
        lambda data: actions.add_step(suggestion=suggestion, by=user, **data),
    )
    return _run(request, dialog)


@requires(P.SUGGESTION_HANDLE)
@require_http_methods(["GET", "POST"])
def extend(request: StaffRequest, pk: int) -> HttpResponse:
    (user, suggestion), today = _mine(request, pk), timezone.localdate()
    policies.check_can_ask_extension(user, suggestion, today)
    dialog = Dialog(
        "申请延期",
        "已申请延期，等待院领导批准。",
        suggestion,
        ExtensionForm(_sent(request)),
        lambda data: actions.ask_extension(suggestion=suggestion, today=today, by=user, **data),
        note=f"现在的期限是{suggestion.due_on}。批准之前期限不变；批准后请告知代表委员。",
    )
    return _run(request, dialog)


@requires(P.SUGGESTION_APPROVE)
@require_http_methods(["GET", "POST"])
def grant(request: StaffRequest, pk: int) -> HttpResponse:
    (user, extension), today = _asked(request, pk), timezone.localdate()
    policies.check_can_decide_extension(user, extension)
    dialog = Dialog(
        "批准延期",
        "已批准，期限已调整。",
        extension.suggestion,
        GrantForm(_sent(request)),
        lambda data: actions.grant_extension(extension=extension, today=today, by=user, **data),
        note=f"{extension.asked_by}申请从{extension.old}延至{extension.until}：{extension.reason}。"
        f"交办单位意见：{extension.consent}。",
    )
    return _run(request, dialog)


@requires(P.SUGGESTION_APPROVE)
@require_http_methods(["GET", "POST"])
def refuse(request: StaffRequest, pk: int) -> HttpResponse:
    (user, extension), today = _asked(request, pk), timezone.localdate()
    policies.check_can_decide_extension(user, extension)
    dialog = Dialog(
        "不批准延期",
        "已退回延期申请，期限不变。",
        extension.suggestion,
        RefuseForm(_sent(request)),
        lambda data: actions.refuse_extension(extension=extension, today=today, by=user, **data),
    )
    return _run(request, dialog)


@requires(P.SUGGESTION_HANDLE)
@require_http_methods(["GET", "POST"])
def reply(request: StaffRequest, pk: int) -> HttpResponse:
    user, suggestion = _mine(request, pk)
    policies.check_can_reply(user, suggestion)
    dialog = Dialog(
        "登记答复",
        "答复已登记。",
        suggestion,
        ReplyForm(_sent(request), suggestion=suggestion),
        lambda data: actions.reply(suggestion=suggestion, by=user, **data),
    )
    return _run(request, dialog)


@requires(P.SUGGESTION_REGISTER)
@require_http_methods(["GET", "POST"])
def evaluate(request: StaffRequest, pk: int) -> HttpResponse:
    user, reply = _my_reply(request, pk)
    policies.check_can_evaluate(user, reply)

    def act(data: dict[str, Any]) -> object:
        upload = data.pop("paper")
        paper = actions.keep_paper(upload, upload.name) if upload else None
        return actions.evaluate(reply=reply, by=user, paper=paper, **data)

    dialog = Dialog(
        "登记评价",
        "评价已登记。",
        reply.suggestion,
        EvaluationForm(_sent(request), files(request), reply=reply),
        act,
        note="按代表委员本人的意思登记；态度和结果分开。",
    )
    return _run(request, dialog)


@requires(P.SUGGESTION_REGISTER)
@require_http_methods(["GET", "POST"])
def close(request: StaffRequest, pk: int) -> HttpResponse:
    user, suggestion = _mine(request, pk)
    policies.check_can_close(user, suggestion)
    dialog = Dialog(
        "办结",
        "已办结。",
        suggestion,
        CloseForm(_sent(request), missing=suggestion.replies.latest("round").unheard()),
        lambda data: actions.close(suggestion=suggestion, by=user, **data),
        note="办结后不再修改；有承诺事项的，仍留在承诺台账中直到二次答复。",
    )
    return _run(request, dialog)


@requires(P.SUGGESTION_REGISTER)
@require_http_methods(["GET", "POST"])
def withdraw(request: StaffRequest, pk: int) -> HttpResponse:
    user, suggestion = _mine(request, pk)
    policies.check_can_withdraw(user, suggestion)
    dialog = Dialog(
        "撤回",
        "已撤回。",
        suggestion,
        ReasonForm(_sent(request)),
        lambda data: actions.withdraw(suggestion=suggestion, by=user, **data),
        note="提出人书面要求撤回的，办理终止，记录保留。",
        is_grave=True,
    )
    return _run(request, dialog)
