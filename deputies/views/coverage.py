"""联络覆盖: whom have we reached, and whom not."""

from datetime import date

from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET
from django_htmx.http import push_url

from common.sheets import xlsx_response
from deputies import sheets, stats
from deputies.forms.coverage import TERMS, CoverageForm
from deputies.stats import Coverage, Period
from staff import audit
from staff.models import Role
from staff.permissions import P, StaffRequest, requires


def _asked(request: StaffRequest, today: date) -> tuple[CoverageForm, Period | None, Coverage]:
    """The form, the period (None: each term by its own days) and the table. A broken link is 400."""
    form = CoverageForm(request.GET, today=today)
    if not form.is_valid():
        raise BadRequest("链接中的期间或分组有误。")
    period, by = form.cleaned_data["period"], form.cleaned_data["by"]
    if period == TERMS:
        return form, None, stats.coverage_of_terms(user=request.user, today=today)
    return form, period, stats.coverage(period, by, user=request.user, today=today)


@requires(P.DEPUTY_VIEW)
@require_GET
def coverage(request: StaffRequest) -> HttpResponse:
    today = timezone.localdate()
    form, period, table = _asked(request, today)
    people = reverse("deputies:list")
    context = {
        "links": [f"{people}?{figure.query}" for figure in table.total.ways] if table.total else [],
        "form": form,
        "period": period,
        "by": form.cleaned_data["by"],
        "table": table,
        "today": today,
        "own_only": request.user.role == Role.HANDLER,
    }
    response = render(request, "deputies/coverage.html" + ("#rows" if request.htmx else ""), context)
    return push_url(response, request.get_full_path()) if request.htmx else response


@requires(P.DEPUTY_VIEW)
@require_GET
def coverage_export(request: StaffRequest) -> HttpResponse:
    today = timezone.localdate()
    form, _, table = _asked(request, today)
    rows = sheets.coverage_rows(table)
    audit.exported("coverage", by=request.user, query=request.GET.urlencode(), rows=len(rows))
    reach = "　只统计本人看得到的联络" if request.user.role == Role.HANDLER else ""
    note = f"{form.in_words()}{reach}　共 {len(table.lines)} 行　单位：人　{today:%Y-%m-%d} 导出"
    return xlsx_response("联络覆盖", sheets.coverage_headings(table), rows, note=note)
