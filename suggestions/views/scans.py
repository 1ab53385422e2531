"""Scans of signed papers: uploaded in a dialog, sent to who may look, removed for a reason."""

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, resolve_url
from django.views.decorators.http import require_GET, require_http_methods

from common.denied import allowed
from common.files import guarded_response
from common.papers import Paper
from staff.permissions import P, StaffRequest, requires
from suggestions import actions, policies
from suggestions.forms.scans import PaperForm, RemovalForm, ScanForm
from suggestions.models import Evaluation, Promise, Reply, Scan, ScanKind, Suggestion
from suggestions.models.scan import ScanQuerySet
from suggestions.views.dialogs import Dialog, files, run, sent

OF_A_REPLY = (ScanKind.REPLY, ScanKind.SIGNED_OFF, ScanKind.IN_PERSON)


def shown(request: StaffRequest, scans: ScanQuerySet) -> dict[str, Any]:
    """What the card of scans needs, on the page of an item or of a promise."""
    standing = list(scans.standing().select_related("uploaded_by", "evaluation__deputy").order_by("kind", "pk"))
    removable = [each.pk for each in standing if allowed(policies.check_can_remove_scan, request.user, each)]
    return {"scans": standing, "removable": removable}


def _paper(data: dict[str, Any]) -> Paper:
    return actions.keep_paper(data["paper"], data["paper"].name)


def _last_reply(suggestion: Suggestion, kind: str) -> Reply | None:
    return suggestion.replies.order_by("-round").first() if kind in OF_A_REPLY else None


@requires(P.SUGGESTION_HANDLE)
@require_http_methods(["GET", "POST"])
def scan_new(request: StaffRequest, pk: int) -> HttpResponse:
    user = request.user
    suggestion = get_object_or_404(Suggestion.objects.visible_to(user), pk=pk)
    policies.check_can_add_scan(user, suggestion)

    def act(data: dict[str, Any]) -> object:
        kind = ScanKind(data["kind"])
        reply = _last_reply(suggestion, kind)
        return actions.add_scan(suggestion=suggestion, kind=kind, paper=_paper(data), by=user, reply=reply)

    dialog = Dialog("上传扫描件", "扫描件已保存。", suggestion, ScanForm(sent(request), files(request)), act)
    return run(request, dialog)


@requires(P.SUGGESTION_REGISTER)
@require_http_methods(["GET", "POST"])
def evaluation_scan(request: StaffRequest, pk: int) -> HttpResponse:
    user = request.user
    visible = Evaluation.objects.filter(reply__suggestion__in=Suggestion.objects.visible_to(user))
    evaluation = get_object_or_404(visible.select_related("reply__suggestion", "deputy"), pk=pk)
    dialog = Dialog(
        "上传征询意见表",
        "征询意见表已保存。",
        evaluation.reply.suggestion,
        PaperForm(sent(request), files(request)),
        lambda data: actions.add_form(evaluation=evaluation, paper=_paper(data), by=user),
        note=f"{evaluation.deputy}签名的征询意见表。",
    )
    return run(request, dialog)


@requires(P.SUGGESTION_HANDLE)
@require_http_methods(["GET", "POST"])
def promise_scan(request: StaffRequest, pk: int) -> HttpResponse:
    user = request.user
    promise = get_object_or_404(Promise.objects.visible_to(user).select_related("reply__suggestion"), pk=pk)
    policies.check_handles_promise(user, promise)
    dialog = Dialog(
        "上传承诺佐证",
        "佐证已保存。",
        promise.reply.suggestion,
        PaperForm(sent(request), files(request)),
        lambda data: actions.add_proof(promise=promise, paper=_paper(data), by=user),
        note=f"承诺事项：{promise.what}",
        back=resolve_url("suggestions:promise", pk),
    )
    return run(request, dialog)


@requires(P.SUGGESTION_VIEW)
@require_GET
def scan(request: StaffRequest, pk: int) -> HttpResponseBase:
    """The bytes: only here, only for those who may look."""
    found = get_object_or_404(Scan.objects.visible_to(request.user), pk=pk)
    return guarded_response(found.file, filename=found.name, content_type=found.content_type, inline=True)


@requires(P.SUGGESTION_HANDLE)
@require_http_methods(["GET", "POST"])
def scan_remove(request: StaffRequest, pk: int) -> HttpResponse:
    user = request.user
    full = Scan.objects.visible_to(user).select_related("suggestion", "promise__reply__suggestion")
    found = get_object_or_404(full, pk=pk)
    policies.check_can_remove_scan(user, found)
    dialog = Dialog(
        "移除扫描件",
        "扫描件已移除，理由已记入操作记录。",
        found.suggestion,
        RemovalForm(sent(request)),
        lambda data: actions.remove_scan(scan=found, by=user, **data),
        note=f"{found}。移除后不能恢复，需要时请重新上传。",
        is_grave=True,
        back=resolve_url("suggestions:promise", found.promise_id) if found.promise_id else "",
    )
    return run(request, dialog)
