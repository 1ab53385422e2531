"""聘任: the list of who is appointed to what until when, appointing, renewing."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from common.http import paginate
from common.sheets import xlsx_response
from deputies import actions, policies, sheets
from deputies.filters import AppointmentFilter
from deputies.forms.appointments import AppointForm, RenewForm
from deputies.models import Appointment, Deputy
from deputies.models.appointment import AppointmentQuerySet
from deputies.views.answers import dialog, done, listing, opened_from
from staff import audit
from staff.permissions import P, StaffRequest, requires


def _filtered(request: StaffRequest) -> tuple[AppointmentFilter, AppointmentQuerySet]:
    """The one queryset of list, count and export."""
    visible = Appointment.objects.visible_to(request.user)
    chosen = AppointmentFilter(request.GET, queryset=visible, today=timezone.localdate(), user=request.user)
    return chosen, chosen.qs.with_people().order_by("to_on", "role__order", "deputy__pinyin", "pk")


@requires(P.DEPUTY_VIEW)
@require_GET
def appointment_list(request: StaffRequest) -> HttpResponse:
    chosen, appointments = _filtered(request)
    context: dict[str, Any] = {"page": paginate(request, appointments), "today": chosen.today}
    context["expiring"] = set(Appointment.objects.expiring(chosen.today).values_list("pk", flat=True))
    return listing(request, "deputies/appointments.html", chosen, context)


@requires(P.DEPUTY_EXPORT)
@require_GET
def appointments_export(request: StaffRequest) -> HttpResponse:
    chosen, appointments = _filtered(request)
    rows = list(sheets.appointment_rows(appointments))
    audit.exported("appointment", by=request.user, query=chosen.query, rows=len(rows))
    note = chosen.sentence(len(rows), "项")
    return xlsx_response("聘任人员名册", sheets.APPOINTMENT_HEADINGS, rows, note=note)


@requires(P.DEPUTY_EDIT)
@require_http_methods(["GET", "POST"])
def appoint(request: StaffRequest, pk: int) -> HttpResponse:
    deputy = get_object_or_404(Deputy.objects.visible_to(request.user), pk=pk)
    form, file = AppointForm(request.POST or None, deputy=deputy), reverse("deputies:file", args=[pk])
    if not form.is_valid():
        return dialog(request, form, title=f"聘任{deputy.name}", back=file)
    facts = form.facts()
    actions.appoint(deputy=deputy, by=request.user, **facts)
    return done(request, f"已聘任为{facts['role']}", file)


@requires(P.DEPUTY_EDIT)
@require_http_methods(["GET", "POST"])
def renew(request: StaffRequest, pk: int) -> HttpResponse:
    found = Appointment.objects.visible_to(request.user).select_related("deputy", "role", "renewed_by")
    appointment = get_object_or_404(found, pk=pk)
    policies.check_can_renew(appointment)
    deputy, back = appointment.deputy, opened_from(request, reverse("deputies:file", args=[appointment.deputy_id]))
    form = RenewForm(request.POST or None, deputy=deputy, before=appointment)
    if not form.is_valid():
        return dialog(request, form, title=f"续聘{deputy.name}为{appointment.role}", back=back)
    new = actions.renew_appointment(appointment=appointment, by=request.user, **form.facts())
    return done(request, f"已续聘，自{new.from_on:%Y-%m-%d}起", back)
