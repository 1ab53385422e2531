"""Who knocks at the log-in page, from where, and when he must wait.

django-axes counts failures per pair of user name and address and refuses the pair. It has one limit only, so
the count per address, which stops spraying over many names, is :class:`AddressThrottle`. Both read the same rows
in the database: they survive a restart, and the security administrator can lift them.
"""

from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network
from unicodedata import normalize

from axes.helpers import get_client_username
from axes.models import AccessAttempt
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Max, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

# After so many failures within the cool-off time an address gets one try a minute.
ADDRESS_LIMIT = 20
ADDRESS_PAUSE = timedelta(minutes=1)


def client_address(request: HttpRequest) -> str:
    """Where the request comes from. X-Forwarded-For counts only as far as our own proxies wrote it."""
    address = request.META.get("REMOTE_ADDR") or "unix"
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    while _is_our_proxy(address) and forwarded and _is_address(nearer := forwarded.pop().strip()):
        address = nearer
    return address if _is_address(address) else "0.0.0.0"


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _is_our_proxy(address: str) -> bool:
    if not _is_address(address):
        return address in settings.TRUSTED_PROXY
    networks = [ip_network(network) for network in settings.TRUSTED_PROXY if network != "unix"]
    return any(ip_address(address) in network for network in networks)


def tried_username(request: HttpRequest, credentials: dict[str, str] | None = None) -> str:
    """The name as counted: ``Wang``, ``WANG`` and full-width forms are one account and one count."""
    return as_counted((credentials or {}).get("username") or request.POST.get("login", ""))


def as_counted(username: str) -> str:
    return normalize("NFKC", username).strip().casefold()[:255]


class AddressThrottle:
    """Authentication backend that only refuses: an address that failed too often waits a minute between tries.

    Refused tries are neither counted nor hashed, so the owner of a pair is not locked by them.
    """

    def authenticate(self, request: HttpRequest | None, **credentials: object) -> None:
        if request is None or not waiting_address(client_address(request), timezone.now()):
            return
        # The flag tells axes not to count this try and to answer with the lock-out page.
        request.axes_locked_out = True  # type: ignore[attr-defined]
        raise PermissionDenied


def waiting_address(address: str, now: datetime) -> datetime | None:
    """Until when ``address`` must wait, or None."""
    recent = AccessAttempt.objects.filter(ip_address=address, attempt_time__gt=now - settings.AXES_COOLOFF_TIME)
    seen = recent.aggregate(failures=Sum("failures_since_start"), last=Max("attempt_time"))
    if (seen["failures"] or 0) < ADDRESS_LIMIT or seen["last"] + ADDRESS_PAUSE <= now:
        return None
    return seen["last"] + ADDRESS_PAUSE


def locked_pairs(now: datetime) -> dict[str, list[AccessAttempt]]:
    """User name → the addresses from which it is now locked."""
    failures: dict[tuple[str, str | None], list[AccessAttempt]] = {}
    for attempt in AccessAttempt.objects.filter(attempt_time__gt=now - settings.AXES_COOLOFF_TIME):
        failures.setdefault((attempt.username or "", attempt.ip_address), []).append(attempt)
    locked: dict[str, list[AccessAttempt]] = {}
    for (username, _), attempts in failures.items():
        if sum(attempt.failures_since_start for attempt in attempts) >= settings.AXES_FAILURE_LIMIT:
            locked.setdefault(username, []).append(attempts[0])
    return locked


def lift(username: str) -> None:
    """Forget the failures of one account, from every address."""
    AccessAttempt.objects.filter(username=as_counted(username)).delete()


def refused(request: HttpRequest, credentials: dict[str, str] | None = None) -> HttpResponse:
    """The lock-out page: when to try again and whom to ask."""
    now = timezone.now()
    until = waiting_address(client_address(request), now) or _pair_until(request, credentials, now)
    seconds = max(1, int((until - now).total_seconds()))
    response = render(request, "account/locked.html", {"until": until, "minutes": -(-seconds // 60)}, status=429)
    response["Retry-After"] = str(seconds)
    return response


def _pair_until(request: HttpRequest, credentials: dict[str, str] | None, now: datetime) -> datetime:
    pair = AccessAttempt.objects.filter(
        username=get_client_username(request, credentials), ip_address=client_address(request)
    )
    last = pair.aggregate(last=Max("attempt_time"))["last"]
    return (last or now) + settings.AXES_COOLOFF_TIME
