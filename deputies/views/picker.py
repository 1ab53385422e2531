"""The options of the person picker."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from common.sensitive import tidy
from deputies import ranking
from deputies.namelist import read_names
from staff.permissions import P, StaffRequest, requires

LONGEST = 10_000


@requires(P.DEPUTY_VIEW)
@require_GET
def pick(request: StaffRequest) -> HttpResponse:
    query = tidy(request.GET.get("q", "")[:60])
    found = ranking.best_first(query, user=request.user, today=timezone.localdate())
    return render(request, "deputies/options.html", {"options": found})


@requires(P.DEPUTY_VIEW)
@require_POST
def match(request: StaffRequest) -> HttpResponse:
    """Whom a pasted text names, to be looked over before they are picked."""
    text = tidy(request.POST.get("names", ""))
    if len(text) > LONGEST:
        return HttpResponse(f"名单太长，请分几次粘贴，每次不超过 {LONGEST} 字。", status=422)
    found = read_names(text, lambda names: ranking.named(names, request.user))
    return render(request, "deputies/matched.html", {"found": found})
