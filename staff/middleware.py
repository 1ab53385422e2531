"""What happens to every request before a view sees it: address for the audit, session limits, first steps."""

import time
from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from staff import audit
from staff.lockout import client_address
from staff.models import User
from staff.passwords import must_change

GetResponse = Callable[[HttpRequest], HttpResponse]
# The last request is written down at most once a minute: not every picture is worth a write.
GRAIN_SECONDS = 60


class AddressMiddleware:
    """Tells :mod:`staff.audit` where the request comes from."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = audit.address_of_request.set(client_address(request))
        try:
            return self.get_response(request)
        finally:
            audit.address_of_request.reset(token)


class SessionLimitsMiddleware:
    """A session ends half an hour after the last request and ten hours after the log-in, whichever comes first."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = time.time()
            if self._too_old(request, now):
                return self._end(request)
            request.session.setdefault("started_at", now)
            if now - request.session.get("seen_at", 0) > GRAIN_SECONDS:
                request.session["seen_at"] = now
        return self.get_response(request)

    def _too_old(self, request: HttpRequest, now: float) -> bool:
        started = request.session.get("started_at", now)
        seen = request.session.get("seen_at", now)
        return now - started > settings.SESSION_HOURS * 3600 or now - seen > settings.SESSION_IDLE_MINUTES * 60

    def _end(self, request: HttpRequest) -> HttpResponse:
        logout(request)
        messages.info(request, "长时间未操作或登录已满时限，请重新登录。")
        back = urlencode({"next": page_of(request)})
        return send_to(request, f"{reverse(settings.LOGIN_URL)}?{back}")


class FirstStepsMiddleware:
    """A one-time or outworn password is changed, an administrator gets a second factor, before anything else."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        step = first_step(request.user, timezone.now()) if isinstance(request.user, User) else None
        request.first_step = step  # type: ignore[attr-defined]  # the page leaves the navigation out
        allowed = {step, "account_logout", "account_reauthenticate", "mfa_reauthenticate"}
        if step is None or (request.resolver_match and request.resolver_match.view_name in allowed):
            return None
        return send_to(request, reverse(step))


def first_step(user: User, now: datetime) -> str | None:
    """The page that ``user`` must finish before any other, or None."""
    if must_change(user, now):
        return "account_change_password"
    if needs_second_factor(user):
        return "mfa_activate_totp"
    return None


def needs_second_factor(user: User) -> bool:
    if not (user.is_administrator and settings.MFA_REQUIRED_FOR_ADMINISTRATORS):
        return False
    return not is_mfa_enabled(user, [Authenticator.Type.TOTP])


def page_of(request: HttpRequest) -> str:
    """Where the user was: a fragment cannot be shown by itself, and a POST cannot be repeated."""
    before = request.headers.get("HX-Current-URL")
    if not before and request.method == "GET":
        return request.get_full_path()
    page = urlsplit(before or request.headers.get("Referer", ""))
    return f"/{page.path.lstrip('/')}?{page.query}".rstrip("?")


def send_to(request: HttpRequest, url: str) -> HttpResponse:
    """Redirect the whole page, also when htmx asked for a fragment of it."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return HttpResponseRedirect(url)
