"""The start page of each role, and the two lists behind numbers that no other app lists."""

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_safe
from django_htmx.http import push_url

import deputies.stats
from activities.models import Activity, Attendance
from common import ical, throttle
from common.http import paginate
from dashboard.dates import dates
from dashboard.desk import desk, expiring, my_promises, waiting_extensions
from dashboard.forms import QueueForm
from dashboard.overview import Number, link, overdue_promises, screen
from dashboard.queue import SHOWN, queue, scope
from dashboard.reminders import reminders
from deputies.models import Contact, Opinion
from deputies.models.deputy import told_apart
from staff.lockout import client_address
from staff.models import CalendarFeed
from staff.permissions import P, StaffRequest, may, requires
from suggestions.first_task.banner import banner
from suggestions.overview import missing_year

# Calendar programs ask a few times an hour; whoever guesses needs more.
FEED_A_MINUTE = 30


@requires(P.HOME)
@require_GET
def home(request: StaffRequest) -> HttpResponse:
    """Leaders and the office: the five tiles. A handler: the desk. Administrators: their own links."""
    today = timezone.localdate()
    if may(request.user, P.DASHBOARD):
        context: dict[str, Any] = {
            "reminders": reminders(request.user, today),
            "screen": screen(request.user, today),
            "today": today,
        }
        if may(request.user, P.SUGGESTION_APPROVE):
            context["extensions"] = waiting_extensions(request.user)
        if may(request.user, P.BASICS_EDIT):
            context |= {"first_day": deputies.stats.first_day(), "missing_year": missing_year(today)}
        mine = my_promises(request.user).count()
        context |= {
            "expiring": expiring(request.user, today),
            "first_task": banner(request.user, today),
            "my_promises": Number(mine, "项", link("suggestions:promises", owner=request.user.pk)) if mine else None,
        }
        return render(request, "dashboard/chief.html", context)
    if may(request.user, P.DEPUTY_VIEW):
        return render(
            request,
            "dashboard/desk.html",
            {
                "desk": desk(request.user, today),
                "reminders": reminders(request.user, today),
                "today": today,
                "expiring": expiring(request.user, today),
                "overdue_promises": overdue_promises(request.user, today),
            },
        )
    return render(request, "dashboard/start.html", {"today": today})


@requires(P.DEPUTY_VIEW)
@require_GET
def whom_next(request: StaffRequest) -> HttpResponse:
    """「该联络谁」 of the house or of one leader; ``?leader=`` is a broken link unless it names one."""
    today, form = timezone.localdate(), QueueForm(request.GET, user=request.user)
    if not form.is_valid():
        raise BadRequest("链接中的领导有误。")
    people = scope(request.user, form.cleaned_data["leader"], today)
    asked = request.GET.get("page", "1")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    found = queue(people, request.user, today, first=max(number - 1, 0) * SHOWN)
    page = Paginator(range(found.total), SHOWN).get_page(number)
    context = {"queue": found, "page": page, "form": form, "today": today, "leader": form.cleaned_data["leader"]}
    response = render(request, "dashboard/queue.html" + ("#rows" if request.htmx else ""), context)
    return push_url(response, request.get_full_path()) if request.htmx else response


@login_not_required
@require_safe
@never_cache
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """For calendar programs, which cannot log in: the secret in the address is the key. Any other is 404."""
    if throttle.is_over(f"feed:{client_address(request)}", limit=FEED_A_MINUTE):
        return HttpResponse("请求过于频繁，请稍后再试。", status=429, headers={"Retry-After": "60"})
    feed = get_object_or_404(CalendarFeed.opened_by(token).select_related("user__department"))
    if not may(feed.user, P.DEPUTY_VIEW):
        raise Http404
    events = dates(feed.user, timezone.localdate(), request.build_absolute_uri)
    body = ical.calendar(f"{settings.BRAND}　{feed.user.name}", events, now=timezone.now())
    return HttpResponse(body, content_type=ical.CONTENT_TYPE, headers={"Referrer-Policy": "no-referrer"})


@requires(P.CONTACT_VIEW)
@require_GET
def opinions(request: StaffRequest) -> HttpResponse:
    """Every word of the year that a deputy said to us, newest first; counted in 条."""
    year = _year(request)
    contacts = Contact.objects.visible_to(request.user).touching().in_year(year)
    rows = (
        Opinion.objects.filter(contact__in=contacts)
        .select_related("contact", "field")
        .prefetch_related(told_apart("deputy"))
    )
    return _ledger(request, "dashboard/opinions.html", year, rows.order_by("-contact__happened_on", "-pk"))


@requires(P.ACTIVITY_VIEW)
@require_GET
def attendances(request: StaffRequest) -> HttpResponse:
    """Who came to the closed activities of the year; counted in 人次."""
    year = _year(request)
    held = Activity.objects.visible_to(request.user).closed().in_year(year)
    rows = (
        Attendance.objects.came()
        .filter(activity__in=held)
        .select_related("activity__kind")
        .prefetch_related(told_apart("deputy"))
    )
    return _ledger(request, "dashboard/attendances.html", year, rows.order_by("-activity__held_on", "-pk"))


def _ledger(request: StaffRequest, template: str, year: int, rows: Any) -> HttpResponse:
    return render(request, template, {"page": paginate(request, rows), "year": year})


def _year(request: StaffRequest) -> int:
    """``?year=``, by default this one."""
    asked = request.GET.get("year", str(timezone.localdate().year))
    if not (asked.isascii() and asked.isdigit() and date.min.year <= int(asked) <= date.max.year):
        raise BadRequest("链接中的年度有误。")
    return int(asked)
