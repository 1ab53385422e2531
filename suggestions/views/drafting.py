"""The dialogs from the first draft to the last delivery."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from staff.permissions import P, StaffRequest, requires
from suggestions import actions, overview, policies
from suggestions.forms import (
    ApproveForm,
    CoHandlerForm,
    ConsultForm,
    DeliverForm,
    DeliverFurtherForm,
    DraftForm,
    OpinionForm,
    RemarkForm,
    SubmitForm,
    SureForm,
)
from suggestions.models import CoHandler, Consultation, Suggestion
from suggestions.views.dialogs import Dialog, mine, my_reply, run, sent


@requires(P.SUGGESTION_HANDLE)
@require_http_methods(["GET", "POST"])
def draft(request: StaffRequest, pk: int) -> HttpResponse:
    user, suggestion = mine(request, pk)
    policies.check_can_draft(user, suggestion)
    dialog = Dialog(
        "保存答复稿",
        "答复稿已保存，可以送审。",
        suggestion,
        DraftForm(sent(request), suggestion=suggestion),
        lambda data: actions.save_draft(suggestion=suggestion, by=user, **data),
        note=f"这是{suggestion.answer_name}稿，送{suggestion.lead_unit or '主办单位'}。"
        if suggestion.goes_to_lead_unit
        else "",
        is_wide=True,
    )
    return run(request, dialog)


@requires(P.SUGGESTION_HANDLE)
@require_http_methods(["GET", "POST"])
def consult(request: StaffRequest, pk: int) -> HttpResponse:
    user, suggestion = mine(request, pk)
    policies.check_can_consult(user, suggestion)
    dialog = Dialog(
        "登记面商",
        "面商已登记，并记为一次联络。",
        suggestion,
        ConsultForm(sent(request), suggestion=suggestion, user=user, initial={"happened_on": timezone.localdate()}),
        lambda data: actions.consult(suggestion=suggestion, by=user, **data),
        note="面商同时记为一次联络，不用再登记。签字的面商记录可以扫描上传。",
    )
    return run(request, dialog)


@requires(P.SUGGESTION_HANDLE)
@require_http_methods(["GET", "POST"])
def undo_consultation(request: StaffRequest, pk: int) -> HttpResponse:
    seen = Suggestion.objects.visible_to(request.user)
    found = Consultation.objects.filter(suggestion__in=seen).select_related("suggestion", "contact")
    consultation = get_object_or_404(found, pk=pk)
    policies.check_can_consult(request.user, consultation.suggestion)
    dialog = Dialog(
        "撤销面商记录",
        "已撤销，联络台账中的这次面商也已撤回。",
        consultation.suggestion,
        SureForm(sent(request)),
        lambda data: actions.undo_consultation(consultation=consultation, by=request.user),
        note=f"{consultation.contact.happened_on}的面商记录和联络记录一并撤回。",
        is_grave=True,
    )
    return run(request, dialog)


@requires(P.SUGGESTION_HANDLE)
@require_http_methods(["GET", "POST"])
def submit(request: StaffRequest, pk: int) -> HttpResponse:
    (user, suggestion), today = mine(request, pk), timezone.localdate()
    policies.check_can_submit(user, suggestion)
    dialog = Dialog(
        "送审",
        "已送审。",
        suggestion,
        SubmitForm(sent(request), is_heard=actions.is_heard(suggestion)),
        lambda data: actions.submit(suggestion=suggestion, by=user, today=today, **data),
        note=overview.way_to_signature(suggestion),
    )
    return run(request, dialog)


@requires(P.SUGGESTION_VIEW)
@require_http_methods(["GET", "POST"])
def approve(request: StaffRequest, pk: int) -> HttpResponse:
    (user, suggestion), today = mine(request, pk), timezone.localdate()
    policies.check_can_review(user, suggestion)
    yes = overview.yes(user, suggestion)
    dialog = Dialog(
        yes,
        "已签发，可以送达。" if yes == "签发" else "已同意，转到下一步。",
        suggestion,
        ApproveForm(sent(request), suggestion=suggestion),
        lambda data: actions.approve(suggestion=suggestion, by=user, today=today, **data),
        draft=suggestion.draft_to_sign(),
        is_wide=True,
    )
    return run(request, dialog)


@requires(P.SUGGESTION_VIEW)
@require_http_methods(["GET", "POST"])
def send_back(request: StaffRequest, pk: int) -> HttpResponse:
    (user, suggestion), today = mine(request, pk), timezone.localdate()
    policies.check_can_send_back(user, suggestion)
    dialog = Dialog(
        "退回修改",
        "已退回承办部门修改。",
        suggestion,
        RemarkForm(sent(request), suggestion=suggestion),
        lambda data: actions.send_back(suggestion=suggestion, by=user, today=today, **data),
        draft=suggestion.draft_to_sign(),
        is_wide=True,
    )
    return run(request, dialog)


@requires(P.SUGGESTION_HANDLE)
@require_http_methods(["GET", "POST"])
def recall(request: StaffRequest, pk: int) -> HttpResponse:
    (user, suggestion), today = mine(request, pk), timezone.localdate()
    policies.check_can_recall(user, suggestion)
    dialog = Dialog(
        "撤回送审",
        "已撤回，可以修改。",
        suggestion,
        SureForm(sent(request)),
        lambda data: actions.recall(suggestion=suggestion, by=user, today=today),
    )
    return run(request, dialog)


@requires(P.SUGGESTION_HANDLE)
@require_http_methods(["GET", "POST"])
def co_handler(request: StaffRequest, pk: int) -> HttpResponse:
    user, suggestion = mine(request, pk)
    policies.check_can_ask_co_handler(user, suggestion)
    dialog = Dialog(
        "商请会办",
        "会办单位已登记。",
        suggestion,
        CoHandlerForm(sent(request), initial={"asked_on": timezone.localdate()}),
        lambda data: actions.ask_co_handler(suggestion=suggestion, by=user, **data),
        note="答复稿送审以前，会办意见要收齐。",
    )
    return run(request, dialog)


@requires(P.SUGGESTION_HANDLE)
@require_http_methods(["GET", "POST"])
def opinion(request: StaffRequest, pk: int) -> HttpResponse:
    seen = Suggestion.objects.visible_to(request.user)
    asked = get_object_or_404(CoHandler.objects.filter(suggestion__in=seen).select_related("suggestion"), pk=pk)
    policies.check_can_receive_opinion(request.user, asked.suggestion)
    dialog = Dialog(
        "登记会办意见",
        "会办意见已登记。",
        asked.suggestion,
        OpinionForm(sent(request), initial={"received_on": timezone.localdate()}),
        lambda data: actions.receive_opinion(co_handler=asked, by=request.user, **data),
        note=f"{asked.unit}，{asked.asked_on}商请。",
    )
    return run(request, dialog)


@requires(P.SUGGESTION_HANDLE)
@require_http_methods(["GET", "POST"])
def deliver(request: StaffRequest, pk: int) -> HttpResponse:
    user, suggestion = mine(request, pk)
    policies.check_can_deliver(user, suggestion)
    initial: dict[str, Any] = {"replied_on": timezone.localdate()}
    dialog = Dialog(
        "登记送达",
        "送达已登记，等待反馈评价。",
        suggestion,
        DeliverForm(sent(request), suggestion=suggestion, initial=initial),
        lambda data: actions.deliver(suggestion=suggestion, by=user, **data),
        note=overview.addressee(suggestion),
    )
    return run(request, dialog)


@requires(P.SUGGESTION_HANDLE)
@require_http_methods(["GET", "POST"])
def deliver_further(request: StaffRequest, pk: int) -> HttpResponse:
    user, reply = my_reply(request, pk)
    policies.check_can_deliver_further(user, reply)
    dialog = Dialog(
        "登记送达其余提出人",
        "送达已登记。",
        reply.suggestion,
        DeliverFurtherForm(sent(request), reply=reply, initial={"on": timezone.localdate()}),
        lambda data: actions.deliver_further(reply=reply, by=user, **data),
    )
    return run(request, dialog)
