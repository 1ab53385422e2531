"""The own calendar feed: make an address, replace it, close it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from staff import actions
from staff.models import CalendarFeed
from staff.permissions import P, StaffRequest, requires


@requires(P.DEPUTY_VIEW)
@require_http_methods(["GET", "POST"])
@never_cache
def feed(request: StaffRequest) -> HttpResponse:
    """POST makes a new address and shows it, this once: only its hash is kept."""
    url = ""
    if request.method == "POST":
        token = actions.open_feed(by=request.user)
        # Whoever answers under this name is above us; the name is the coupling.
        url = request.build_absolute_uri(reverse("calendar-feed", args=[token]))
    standing = CalendarFeed.objects.filter(user=request.user, revoked_at=None).first()
    return render(request, "staff/feed.html", {"feed": standing, "address": url})


@requires(P.DEPUTY_VIEW)
@require_POST
def close(request: StaffRequest) -> HttpResponse:
    actions.close_feed(by=request.user)
    messages.success(request, "日历订阅已停用，原来的地址不能再用。")
    return redirect("staff:feed")
