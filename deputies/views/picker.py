"""The options of the person picker."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from common.sensitive import tidy
from deputies import ranking
from deputies.forms import label_of
from staff.permissions import P, StaffRequest, requires


@requires(P.DEPUTY_VIEW)
@require_GET
def pick(request: StaffRequest) -> HttpResponse:
    query = tidy(request.GET.get("q", "")[:60])
    found = ranking.best_first(query, user=request.user, today=timezone.localdate())
    return render(request, "deputies/options.html", {"options": [(deputy, label_of(deputy)) for deputy in found]})
