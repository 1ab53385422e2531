"""后续事项: what we promised, by when, done or not."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from common.http import paginate
from deputies import actions
from deputies.filters import FollowUpFilter
from deputies.models import FollowUp
from deputies.models.deputy import told_apart
from deputies.views.answers import done, listing
from staff.permissions import P, StaffRequest, requires


@requires(P.CONTACT_VIEW)
@require_GET
def follow_up_list(request: StaffRequest) -> HttpResponse:
    today, visible = timezone.localdate(), FollowUp.objects.visible_to(request.user)
    chosen = FollowUpFilter(request.GET, queryset=visible, today=today, user=request.user)
    listed = chosen.qs.select_related("owner", "done_by", "contact__method")
    order = "-due_on" if chosen.chosen.get("state") in ("done", "all") else "due_on"
    page = paginate(request, listed.prefetch_related(told_apart("contact__deputies")).order_by(order, "pk"))
    return listing(request, "deputies/follow_ups.html", chosen, {"page": page, "today": today})


@requires(P.CONTACT_LOG)
@require_POST
def follow_up_finish(request: StaffRequest, pk: int) -> HttpResponse:
    follow_up = get_object_or_404(FollowUp.objects.visible_to(request.user), pk=pk)
    actions.finish_follow_up(follow_up=follow_up, by=request.user)
    back = reverse("deputies:contact", args=[follow_up.contact_id]) if "stay" in request.POST else None
    return done(request, "已办结", back or reverse("deputies:follow-ups"))
