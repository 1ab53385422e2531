"""The start page of each role, and the two lists behind numbers that no other app lists."""

from datetime import date
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

import deputies.stats
from activities.models import Activity, Attendance
from common.http import paginate
from dashboard.desk import desk
from dashboard.overview import screen
from deputies.models import Contact, Opinion
from staff.permissions import P, StaffRequest, may, requires


@requires(P.HOME)
@require_GET
def home(request: StaffRequest) -> HttpResponse:
    """Leaders and the office: the five tiles. A handler: the desk. Administrators: their own links."""
    today = timezone.localdate()
    if may(request.user, P.DASHBOARD):
        first_day = deputies.stats.first_day() if may(request.user, P.BASICS_EDIT) else None
        context = {"screen": screen(request.user, today), "today": today, "first_day": first_day}
        return render(request, "dashboard/chief.html", context)
    if may(request.user, P.DEPUTY_VIEW):
        return render(request, "dashboard/desk.html", {"desk": desk(request.user, today), "today": today})
    return render(request, "dashboard/start.html", {"today": today})


@requires(P.CONTACT_VIEW)
@require_GET
def opinions(request: StaffRequest) -> HttpResponse:
    """Every word of the year that a deputy said to us, newest first; counted in 条."""
    year = _year(request)
    contacts = Contact.objects.visible_to(request.user).touching().in_year(year)
    rows = Opinion.objects.filter(contact__in=contacts).select_related("contact", "deputy", "field")
    return _ledger(request, "dashboard/opinions.html", year, rows.order_by("-contact__happened_on", "-pk"))


@requires(P.ACTIVITY_VIEW)
@require_GET
def attendances(request: StaffRequest) -> HttpResponse:
    """Who came to the closed activities of the year; counted in 人次."""
    year = _year(request)
    held = Activity.objects.visible_to(request.user).closed().in_year(year)
    rows = Attendance.objects.came().filter(activity__in=held).select_related("activity__kind", "deputy")
    return _ledger(request, "dashboard/attendances.html", year, rows.order_by("-activity__held_on", "-pk"))


def _ledger(request: StaffRequest, template: str, year: int, rows: Any) -> HttpResponse:
    return render(request, template, {"page": paginate(request, rows), "year": year})


def _year(request: StaffRequest) -> int:
    """``?year=``, by default this one."""
    asked = request.GET.get("year", str(timezone.localdate().year))
    if not (asked.isascii() and asked.isdigit() and date.min.year <= int(asked) <= date.max.year):
        raise BadRequest("链接中的年度有误。")
    return int(asked)
