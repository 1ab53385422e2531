"""审议旁听: the list of meetings, the full-screen page that takes down what is said, and each utterance."""

import uuid
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import reswap, trigger_client_event

from common.conflicts import conflict
from common.denied import Stale, allowed
from common.http import paginate
from deputies.models import Deputy
from deputies.views.answers import dialog, done, listing, refuse_lost_version, told
from staff.permissions import P, StaffRequest, requires
from suggestions import actions
from suggestions.filters import HearingFilter
from suggestions.forms.hearing import CorrectForm, HearingForm, SayForm
from suggestions.hearing import policies
from suggestions.models import Hearing, Utterance

CHANGED = "hearingChanged"


def desk_of(hearing: Hearing) -> str:
    return f"{reverse('suggestions:hearing-desk')}?hearing={hearing.pk}"


def _hearing(request: StaffRequest, pk: int) -> Hearing:
    return get_object_or_404(Hearing.objects.visible_to(request.user).select_related("term"), pk=pk)


@requires(P.SUGGESTION_VIEW)
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    mine = Hearing.objects.visible_to(request.user)
    chosen = HearingFilter(request.GET, queryset=mine, today=timezone.localdate())
    page = paginate(request, chosen.rows.prefetch_related("listeners"))
    total = Utterance.objects.visible_to(request.user).filter(hearing__in=chosen.qs.values("pk")).count()
    return listing(request, "suggestions/hearings.html", chosen, {"page": page, "total": total})


@requires(P.SUGGESTION_REGISTER)
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    form = HearingForm(request.POST or None, initial={"held_on": timezone.localdate()})
    if not form.is_valid():
        return dialog(request, form, title="登记旁听场次", back=reverse("suggestions:hearings"))
    made = actions.open_hearing(by=request.user, **form.facts())
    return done(request, "已登记，可以开始记录。", desk_of(made))


@requires(P.SUGGESTION_REGISTER)
@require_http_methods(["GET", "POST"])
def edit(request: StaffRequest, pk: int) -> HttpResponse:
    hearing = _hearing(request, pk)
    form = HearingForm(request.POST or None, instance=hearing)
    if not form.is_valid():
        refuse_lost_version(form)
        return dialog(request, form, title="修改旁听场次", back=desk_of(hearing))
    try:
        actions.edit_hearing(hearing=hearing, expected=form.cleaned_data["version"], by=request.user, **form.facts())
    except Stale:
        hearing.refresh_from_db()
        template = "deputies/dialog.html#dialog" if request.htmx else "deputies/dialog.html"
        context = {"title": "修改旁听场次", "action": request.path, "back": desk_of(hearing)}
        return conflict(request, template, form, hearing, context)
    return done(request, "已保存。", desk_of(hearing))


@requires(P.SUGGESTION_REGISTER)
@require_POST
def remove(request: StaffRequest, pk: int) -> HttpResponse:
    actions.remove_hearing(hearing=_hearing(request, pk), by=request.user)
    return done(request, "已删除这一场。", reverse("suggestions:hearings"))


@requires(P.SUGGESTION_HANDLE)
@require_POST
def close(request: StaffRequest, pk: int) -> HttpResponse:
    hearing = actions.close_hearing(hearing=_hearing(request, pk), by=request.user)
    return done(request, "已结束记录。", desk_of(hearing))


@requires(P.SUGGESTION_REGISTER)
@require_POST
def reopen(request: StaffRequest, pk: int) -> HttpResponse:
    hearing = actions.reopen_hearing(hearing=_hearing(request, pk), by=request.user)
    return done(request, "已恢复记录。", desk_of(hearing))


@requires(P.SUGGESTION_HANDLE)
@require_GET
def capture(request: StaffRequest, pk: int) -> HttpResponse:
    """Full screen. Whom it offers comes along, so that it needs no network: those of the delegation first."""
    hearing = _hearing(request, pk)
    policies.check_can_record(request.user, hearing)
    seated = Deputy.objects.visible_to(request.user).filter(
        mandates__term=hearing.term, mandates__state="serving", retired_at=None
    )
    own = seated.filter(mandates__term=hearing.term, mandates__group=hearing.group) if hearing.group else seated.none()
    near = [*_offered(own), *_offered(seated.exclude(pk__in=own.values("pk")))]
    said = hearing.utterances.filter(withdrawn_at=None).with_speakers().in_order()
    context = {"hearing": hearing, "near": near, "said": _with_rights(request, said)}
    return render(request, "suggestions/hearing_capture.html", context)


@requires(P.SUGGESTION_HANDLE)
@require_http_methods(["GET", "POST"])
def say(request: StaffRequest, pk: int) -> HttpResponse:
    """One utterance: from the capture page, sent late after a dead network, or added in a dialog."""
    hearing = _hearing(request, pk)
    _check_writer(request)
    form = SayForm(request.POST or None, initial={"idempotency_key": uuid.uuid4()})
    if not form.is_valid():
        return dialog(request, form, title="补记发言", back=desk_of(hearing))
    made = actions.record_utterance(hearing=hearing, by=request.user, **form.facts())
    return _saved(request, made, str(made.idempotency_key))


@requires(P.SUGGESTION_HANDLE)
@require_http_methods(["GET", "POST"])
def correct(request: StaffRequest, pk: int) -> HttpResponse:
    utterance = _utterance(request, pk)
    _check_writer(request)
    form = CorrectForm(request.POST or None, utterance=utterance)
    if not form.is_valid():
        refuse_lost_version(form)
        return dialog(request, form, title="更正发言", back=desk_of(utterance.hearing))
    changed = actions.correct_utterance(
        utterance=utterance, expected=form.cleaned_data.pop("version"), by=request.user, **form.facts()
    )
    return _saved(request, changed, str(form.cleaned_data["idempotency_key"] or ""))


@requires(P.SUGGESTION_HANDLE)
@require_POST
def remove_utterance(request: StaffRequest, pk: int) -> HttpResponse:
    return _taken(request, actions.remove_utterance, pk, "已删除这条发言", undo="utterance-restore")


@requires(P.SUGGESTION_HANDLE)
@require_POST
def restore_utterance(request: StaffRequest, pk: int) -> HttpResponse:
    return _taken(request, actions.restore_utterance, pk, "已恢复这条发言")


def _taken(request: StaffRequest, act: Any, pk: int, sentence: str, undo: str = "") -> HttpResponse:
    """Taken back or brought back: the capture page gets the row, other pages a sentence with 撤销."""
    utterance = _utterance(request, pk)
    _check_writer(request)
    act(utterance=utterance, by=request.user)
    if "written_by" in request.POST:
        return _saved(request, _utterance(request, pk), request.POST.get("idempotency_key", ""))
    undo_url = reverse(f"suggestions:{undo}", args=[pk]) if undo else ""
    return told(request, sentence, back=desk_of(utterance.hearing), event=CHANGED, undo_url=undo_url)


def _utterance(request: StaffRequest, pk: int) -> Utterance:
    reachable = Utterance.objects.within_reach_of(request.user).with_speakers()
    return get_object_or_404(reachable, pk=pk)


def _saved(request: StaffRequest, utterance: Utterance, key: str) -> HttpResponse:
    """The row as the capture page shows it, marked with the ``key`` under which it was sent."""
    if not request.htmx:
        return done(request, "已保存这条发言。", desk_of(utterance.hearing))
    [row] = _with_rights(request, [_utterance(request, utterance.pk)])
    response = render(request, "suggestions/hearing_row.html", {"utterance": row, "saved": key})
    for event in ("closeDialog", CHANGED):
        trigger_client_event(response, event)
    return reswap(response, "none")


def _with_rights(request: StaffRequest, said: Any) -> list[Utterance]:
    rows = list(said)
    for row in rows:
        row.is_mine = allowed(policies.check_can_correct, request.user, row)
    return rows


def _offered(deputies: Any) -> list[Deputy]:
    return list(deputies.distinct().with_seats().with_namesake_hint().by_name())


def _check_writer(request: StaffRequest) -> None:
    """What waited on the device for its writer is not sent under somebody else's name."""
    if request.POST.get("written_by", str(request.user.pk)) != str(request.user.pk):
        raise PermissionDenied
