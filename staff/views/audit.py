"""The auditor's page: who did what when, never what the data said."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from common.http import paginate
from staff.filters import AuditFilter
from staff.models import AuditEvent
from staff.permissions import P, StaffRequest, requires


@requires(P.AUDIT_VIEW)
@require_GET
def listing(request: StaffRequest) -> HttpResponse:
    events = AuditEvent.objects.visible_to(request.user)
    found = AuditFilter(request.GET, queryset=events, today=timezone.localdate())
    return render(request, "staff/audit.html", {"filter": found, "page": paginate(request, found.qs)})
