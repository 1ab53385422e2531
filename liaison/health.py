"""The two addresses that a load balancer or a monitor asks."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from common import health
from staff.permissions import P, may


@login_not_required
@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. Open to all, so it tells nothing and touches nothing."""
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """Each part with its state: for a monitor with the token, or for whoever may look after the system."""
    if not (health.carries_token(request) or may(request.user, P.HEALTH_VIEW)):
        raise PermissionDenied
    body, status = health.report()
    return JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False, "indent": 1})


readyz.permission = P.HEALTH_VIEW  # type: ignore[attr-defined]  # for the access walk: see staff.permissions.requires
