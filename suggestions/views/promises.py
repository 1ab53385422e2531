"""承诺台账: the ledger, the page of one promise, and the dialogs that add, move and keep one."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render, resolve_url
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from common.denied import allowed
from common.http import paginate
from common.sheets import xlsx_response
from deputies.models.deputy import told_apart
from deputies.views.answers import listing
from staff import audit
from staff.models import User
from staff.permissions import P, StaffRequest, requires
from suggestions import actions, overview, policies, sheets, stats
from suggestions.filters import PromiseFilter
from suggestions.forms.promises import KeepForm, PromiseForm, PromiseMoveForm, ResultForm
from suggestions.models import Promise, Reply, Suggestion
from suggestions.models.promise import PromiseQuerySet
from suggestions.views import scans
from suggestions.views.dialogs import Dialog, run, sent

STOPS = "。；"


def _filtered(request: StaffRequest) -> tuple[PromiseFilter, PromiseQuerySet]:
    """The one queryset of list, count and export."""
    visible = Promise.objects.visible_to(request.user)
    chosen = PromiseFilter(request.GET, queryset=visible, today=timezone.localdate())
    full = chosen.rows.select_related(
        "reply__suggestion", "reply__result_class", "owner", "department", "class_now"
    ).prefetch_related(told_apart("reply__suggestion__proposers__deputy"), "moves")
    return chosen, full


@requires(P.SUGGESTION_VIEW)
@require_GET
def promises(request: StaffRequest) -> HttpResponse:
    chosen, rows = _filtered(request)
    page = paginate(request, rows)
    visible = Promise.objects.visible_to(request.user)
    context = {
        "page": page,
        "lines": [(promise, overview.time_left(promise, chosen.today)) for promise in page],
        "figures": stats.promise_figures(visible, chosen.today),
    }
    return listing(request, "suggestions/promises.html", chosen, context)


@requires(P.SUGGESTION_VIEW)
@require_GET
def promises_export(request: StaffRequest) -> HttpResponse:
    chosen, promises = _filtered(request)
    rows = list(sheets.promise_rows(promises, chosen.today))
    audit.exported("promise", by=request.user, query=chosen.query, rows=len(rows))
    note = f"{chosen.in_words()}；共{len(rows)}项"
    return xlsx_response("承诺台账", sheets.PROMISE_HEADINGS, rows, note=note)


@requires(P.SUGGESTION_VIEW)
@require_GET
def promise(request: StaffRequest, pk: int) -> HttpResponse:
    """Who promised what to whom, by when, what became of it, and what may be done."""
    found, today = _my_promise(request, pk), timezone.localdate()
    suggestion = found.reply.suggestion
    context = {
        "promise": found,
        **scans.shown(request, found.scans.all()),
        "may_upload": allowed(policies.check_handles_promise, request.user, found),
        "reply": found.reply,
        "suggestion": suggestion,
        "left": overview.time_left(found, today),
        "is_open": Promise.objects.open().filter(pk=pk).exists(),
        "moves": found.moves.select_related("old_owner", "new_owner", "by").order_by("pk"),
        "others": found.reply.promises.exclude(pk=pk).order_by("pk"),
        "proposers": suggestion.proposers.prefetch_related(told_apart("deputy")).order_by("pk"),
        "may_open": Suggestion.objects.visible_to(request.user).filter(pk=suggestion.pk).exists(),
        "may_keep": allowed(policies.check_can_keep_promise, request.user, found),
        "may_add": allowed(policies.check_can_add_promise, request.user, found.reply),
    }
    return render(request, "suggestions/promise.html", context)


def _my_promise(request: StaffRequest, pk: int) -> Promise:
    full = Promise.objects.visible_to(request.user).select_related(
        "reply__suggestion", "reply__result_class", "reply__class_now", "owner", "department", "class_now"
    )
    return get_object_or_404(full, pk=pk)


def _my_reply(request: StaffRequest, pk: int) -> Reply:
    visible = Reply.objects.filter(suggestion__in=Suggestion.objects.visible_to(request.user))
    return get_object_or_404(visible.select_related("suggestion", "result_class", "class_now"), pk=pk)


def _page_of(promise: Promise) -> str:
    return resolve_url("suggestions:promise", promise.pk)


@requires(P.SUGGESTION_HANDLE)
@require_http_methods(["GET", "POST"])
def promise_new(request: StaffRequest, pk: int) -> HttpResponse:
    """One more promise of a reply that has gone out."""
    user, reply = request.user, _my_reply(request, pk)
    policies.check_can_add_promise(user, reply)
    form = PromiseForm(sent(request))
    dialog = Dialog(
        "登记承诺",
        "承诺已列入台账。",
        reply.suggestion,
        form,
        lambda data: actions.add_promise(reply=reply, facts=form.promise(), by=user),
        note=f"{reply.replied_on}答复，{reply.result_class}。",
    )
    return run(request, dialog)


@requires(P.SUGGESTION_HANDLE)
@require_http_methods(["GET", "POST"])
def promise_move(request: StaffRequest, pk: int) -> HttpResponse:
    user, found = _promise_to_keep(request, pk)
    form = PromiseMoveForm(sent(request), promise=found)
    dialog = Dialog(
        "调整时限、责任人",
        "已调整，原来的时限和责任人保留在承诺中。",
        found.reply.suggestion,
        form,
        lambda data: actions.move_promise(promise=found, expected=form.cleaned_data["version"], by=user, **data),
        note=f"承诺事项：{found.what}",
        back=_page_of(found),
    )
    return run(request, dialog)


@requires(P.SUGGESTION_HANDLE)
@require_http_methods(["GET", "POST"])
def keep_promise(request: StaffRequest, pk: int) -> HttpResponse:
    user, found = _promise_to_keep(request, pk)
    dialog = Dialog(
        "登记二次答复",
        "二次答复已登记。",
        found.reply.suggestion,
        KeepForm(sent(request), promise=found),
        lambda data: actions.keep_promise(promise=found, by=user, **data),
        note=f"承诺事项：{found.what.rstrip(STOPS)}。当时答复：{found.reply.result_class}。",
        back=_page_of(found),
    )
    return run(request, dialog)


def _promise_to_keep(request: StaffRequest, pk: int) -> tuple[User, Promise]:
    found = _my_promise(request, pk)
    policies.check_can_keep_promise(request.user, found)
    return request.user, found


@requires(P.SUGGESTION_REGISTER)
@require_http_methods(["GET", "POST"])
def correct_result(request: StaffRequest, pk: int) -> HttpResponse:
    user, reply = request.user, _my_reply(request, pk)
    policies.check_can_correct_result(user, reply)
    dialog = Dialog(
        "更正现办理结果",
        "现办理结果已更正。",
        reply.suggestion,
        ResultForm(sent(request), reply=reply),
        lambda data: actions.correct_result(reply=reply, by=user, **data),
        note=f"答复时为{reply.result_class}，现为{reply.class_now}。答复时的结果不改动，变动写明依据后单独保留。",
    )
    return run(request, dialog)
