"""Seats corrected and moved, appointments ended, files closed."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from common.denied import Denied, Stale
from deputies import actions, policies
from deputies.forms.seats import EndAppointmentForm, SeatEditForm, SeatMoveForm
from deputies.models import Appointment, Deputy, Mandate, MandateState
from deputies.views.answers import dialog, done, opened_from, refuse_lost_version
from deputies.views.dialogs import edit_in_dialog
from staff.permissions import P, StaffRequest, requires


@requires(P.DEPUTY_EDIT)
@require_http_methods(["GET", "POST"])
def seat_edit(request: StaffRequest, pk: int) -> HttpResponse:
    seat = _seat(request, pk)
    form = SeatEditForm(request.POST or None, instance=seat)

    def save(**facts: Any) -> str:
        actions.edit_seat(seat=seat, by=request.user, **facts)
        return "已更正身份"

    title = f"更正{seat.deputy}的{seat.term.seat_name}身份"
    return edit_in_dialog(request, form, title=title, back=_file(seat.deputy_id), save=save)


@requires(P.DEPUTY_EDIT)
@require_http_methods(["GET", "POST"])
def seat_move(request: StaffRequest, pk: int, state: str) -> HttpResponse:
    if state not in MandateState.values:
        raise Http404
    seat, wanted = _seat(request, pk), MandateState(state)
    policies.check_can_move_seat(seat, wanted)
    form = SeatMoveForm(request.POST or None, seat=seat, state=wanted, today=timezone.localdate())
    if not form.is_valid():
        refuse_lost_version(form)
        title = f"{seat.deputy}的{seat.term.seat_name}身份：{wanted.verb}"
        return dialog(request, form, title=title, back=_file(seat.deputy_id))
    expected = form.cleaned_data["version"]
    try:
        actions.move_seat(seat=seat, state=wanted, expected=expected, by=request.user, **form.facts())
    except Stale:
        raise Denied("这项身份刚由他人更正，尚未办理。请关闭后重新打开，核对后再办。") from None
    return done(request, f"{seat.term.seat_name}身份已{wanted.verb}", _file(seat.deputy_id))


@requires(P.DEPUTY_EDIT)
@require_http_methods(["GET", "POST"])
def appointment_end(request: StaffRequest, pk: int) -> HttpResponse:
    known = Appointment.objects.filter(deputy__in=Deputy.objects.visible_to(request.user))
    appointment = get_object_or_404(known.select_related("deputy", "role"), pk=pk)
    policies.check_can_end_appointment(appointment)
    form = EndAppointmentForm(request.POST or None, appointment=appointment)
    back = opened_from(request, _file(appointment.deputy_id))
    if not form.is_valid():
        return dialog(request, form, title=f"解聘{appointment.deputy}的{appointment.role}", back=back)
    actions.end_appointment(appointment=appointment, by=request.user, **form.facts())
    return done(request, f"已解聘{appointment.role}", back)


@requires(P.DEPUTY_EDIT)
@require_POST
def deputy_retire(request: StaffRequest, pk: int) -> HttpResponse:
    deputy = get_object_or_404(Deputy.objects.visible_to(request.user), pk=pk)
    actions.retire_deputy(deputy=deputy, today=timezone.localdate(), by=request.user)
    return done(request, f"已停用{deputy}的档案，历史记录保留", _file(pk))


@requires(P.DEPUTY_EDIT)
@require_POST
def deputy_restore(request: StaffRequest, pk: int) -> HttpResponse:
    deputy = get_object_or_404(Deputy.objects.visible_to(request.user), pk=pk)
    actions.restore_deputy(deputy=deputy, by=request.user)
    return done(request, f"已恢复{deputy}的档案", _file(pk))


def _seat(request: StaffRequest, pk: int) -> Mandate:
    seats = Mandate.objects.filter(deputy__in=Deputy.objects.visible_to(request.user))
    return get_object_or_404(seats.select_related("deputy", "term"), pk=pk)


def _file(pk: int) -> str:
    return reverse("deputies:file", args=[pk])
