from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from common.http import HtmxHttpRequest
from staff.permissions import P, requires


@requires(P.HOME)
@require_GET
def home(request: HtmxHttpRequest) -> HttpResponse:
    return render(request, "dashboard/start.html")
