"""Where a refusal becomes a response, and small things that every view needs."""

import logging
from collections.abc import Callable
from typing import TypeVar

from django.conf import settings
from django.core.exceptions import BadRequest
from django.core.paginator import Page, Paginator
from django.db import OperationalError
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django_htmx.middleware import HtmxDetails

from common.denied import Denied

log = logging.getLogger(__name__)
M = TypeVar("M", bound=Model)


class HtmxHttpRequest(HttpRequest):
    htmx: HtmxDetails


class RefusalMiddleware:
    """The one face of a refusal: :class:`Denied` anywhere in a view is 409 with its reason, page or fragment.

    A database that is locked for too long or restarts is 503: nothing was written, and trying again helps.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HtmxHttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, OperationalError):
            log.error("The database does not answer %s", request.path, exc_info=exception)
            return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": "60"})
        if not isinstance(exception, Denied):
            return None
        template = "denied.html#reason" if request.htmx else "denied.html"
        return render(request, template, {"reason": str(exception)}, status=409)


def broken(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400 with its reason, where we gave one; Django's own reasons are for programmers."""
    reason = str(exception) if isinstance(exception, BadRequest) else ""
    return render(request, "400.html", {"reason": reason}, status=400)


def house(request: HttpRequest) -> dict[str, str]:
    """Context of every page: whose system this is."""
    return {"HOUSE_NAME": settings.HOUSE_NAME, "HOUSE_SHORT": settings.HOUSE_SHORT, "BRAND": settings.BRAND}


def paginate(request: HttpRequest, rows: "QuerySet[M]", per_page: int = 50) -> "Page[M]":
    """The page that ``?page=`` asks for; a page that does not exist gives the nearest one."""
    return Paginator(rows, per_page).get_page(request.GET.get("page"))
