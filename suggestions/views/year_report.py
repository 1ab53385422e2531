"""办理情况 of one year: the page, and the draft of the report."""

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from common.filters import years_of
from common.letters import download
from staff import audit
from staff.models import Role
from staff.permissions import P, StaffRequest, requires
from suggestions import year_report
from suggestions.models import Suggestion
from suggestions.year_report import YearReport


@requires(P.SUGGESTION_VIEW)
@require_GET
def page(request: StaffRequest) -> HttpResponse:
    report, years = _report(request)
    context = {"report": report, "years": years, "own_only": request.user.role == Role.HANDLER}
    return render(request, "suggestions/year_report.html", context)


@requires(P.SUGGESTION_VIEW)
@require_GET
def document(request: StaffRequest) -> HttpResponse:
    report, _ = _report(request)
    data = year_report.draft(report, settings.HOUSE_NAME, timezone.localdate())
    rows = sum(cell.number for cell in report.handled.cells)
    audit.exported("year_report", by=request.user, query=f"year={report.year}", rows=rows)
    return download(data, f"{report.year}年办理情况报告")


def _report(request: StaffRequest) -> tuple[YearReport, list[tuple[str, str]]]:
    """Of the rows that the reader may see, in the year asked for or in this one."""
    today, visible = timezone.localdate(), Suggestion.objects.visible_to(request.user)
    years = years_of(Suggestion.objects.all(), "received_on", today)
    year = request.GET.get("year") or str(today.year)
    if year not in dict(years):
        raise BadRequest("没有这一年的数据，请重新选择年度。")
    return year_report.build(int(year), visible, today), years
