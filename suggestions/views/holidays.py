"""节假日: the years that are arranged, and one page per year to paste a notice, see what moves, and save."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from common.calendar import Arrangement
from deputies.views.answers import done
from staff.permissions import P, StaffRequest, requires
from suggestions.actions.due import arrange_year, calendar_with, moving_under
from suggestions.forms import NoticeForm
from suggestions.holidays import write_notice
from suggestions.models import Holiday
from suggestions.overview import missing_year

FIRST = 2000


@requires(P.BASICS_EDIT)
@require_GET
def years(request: StaffRequest) -> HttpResponse:
    today = timezone.localdate()
    notices: dict[tuple[int, str], list[Arrangement]] = {}
    for holiday in Holiday.objects.order_by("-year", "first_on"):
        notices.setdefault((holiday.year, holiday.source), []).append(holiday.arrangement)
    next_year = max((year for year, _ in notices), default=today.year - 1) + 1
    context = {"notices": notices.items(), "next_year": next_year, "missing": missing_year(today)}
    return render(request, "suggestions/holidays.html", context)


@requires(P.BASICS_EDIT)
@require_http_methods(["GET", "POST"])
def year(request: StaffRequest, year: int) -> HttpResponse:
    """POST without ``save`` is the preview: the holidays as they were read, and each deadline that would move."""
    if not FIRST <= year <= timezone.localdate().year + 2:
        raise Http404
    known = list(Holiday.objects.filter(year=year))
    form = NoticeForm(request.POST or None, year=year, initial=_initial(known))
    context: dict[str, Any] = {"form": form, "year": year, "known": known}
    if not form.is_valid():
        return render(request, "suggestions/holiday_year.html", context, status=422 if form.is_bound else 200)
    if "save" in request.POST:
        moved = arrange_year(year=year, rows=form.rows, source=form.cleaned_data["source"], by=request.user)
        return done(request, _said(year, sum(each.moves for each in moved)), reverse("suggestions:holidays"))
    return render(request, "suggestions/holiday_year.html", context | _preview(year, form.rows))


def _preview(year: int, rows: Sequence[Arrangement]) -> dict[str, Any]:
    moving = list(moving_under(calendar_with(year, rows)))
    return {"rows": rows, "moving": [each for each in moving if each.moves], "settled": len(moving)}


def _initial(known: list[Holiday]) -> dict[str, str]:
    if not known:
        return {}
    return {"text": write_notice(each.arrangement for each in known), "source": known[0].source}


def _said(year: int, moved: int) -> str:
    return f"已保存{year}年放假安排，" + (
        f"{moved}件的期限随之调整，原期限保留在各件中" if moved else "没有期限因此变动"
    )
