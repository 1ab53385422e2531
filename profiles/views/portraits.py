"""Looking at portraits: the list, one person's, the check of a code."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from common.files import media_path, sha256
from common.http import paginate
from deputies.models import Deputy
from profiles import actions
from profiles.filters import PortraitFilter
from profiles.models import Portrait
from staff.permissions import P, StaffRequest, requires


@requires(P.PORTRAIT_VIEW)
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    visible = Portrait.objects.visible_to(request.user)
    filters = PortraitFilter(request.GET, queryset=visible, today=timezone.localdate())
    context = {
        "filters": filters,
        "page": paginate(request, filters.rows),
        "count": filters.rows.count(),
        "filtered": bool(filters.chosen),
    }
    return render(request, "profiles/list.html", context)


@requires(P.PORTRAIT_VIEW)
@require_GET
def of_deputy(request: StaffRequest, pk: int) -> HttpResponse:
    """For the person's file: every year's portrait, newest version first."""
    deputy = get_object_or_404(Deputy.objects.visible_to(request.user), pk=pk)
    portraits = Portrait.objects.visible_to(request.user).filter(deputy=deputy).order_by("-year", "-version")
    return render(request, "profiles/of_deputy.html", {"deputy": deputy, "portraits": portraits})


@requires(P.PORTRAIT_VIEW)
@require_GET
def verify(request: StaffRequest) -> HttpResponse:
    """Somebody reads out the code of a booklet: which one is it, is it the latest, is our file untouched?"""
    code = actions.code_as_printed(request.GET.get("code", ""))
    portrait = Portrait.objects.visible_to(request.user).ready().select_related("deputy").filter(code=code).first()
    context: dict[str, object] = {"code": code, "portrait": portrait}
    if portrait:
        newer = Portrait.objects.ready().filter(deputy=portrait.deputy, year=portrait.year)
        context |= {"intact": _intact(portrait), "newest": newer.order_by("-version").first()}
    return render(request, "profiles/verify.html", context)


def _intact(portrait: Portrait) -> bool:
    path = media_path(portrait.file)
    return path.is_file() and sha256(path.read_bytes()) == portrait.sha256
