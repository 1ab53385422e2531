"""后续事项: what we promised, by when, done or not."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from common.denied import allowed
from common.http import paginate
from common.sheets import xlsx_response
from deputies import actions, policies, sheets
from deputies.filters import FollowUpFilter
from deputies.models import FollowUp
from deputies.models.contact import FollowUpQuerySet
from deputies.models.deputy import told_apart
from deputies.views.answers import done, listing
from staff import audit
from staff.permissions import P, StaffRequest, requires


def _filtered(request: StaffRequest) -> tuple[FollowUpFilter, FollowUpQuerySet]:
    """The one queryset of list, count and export."""
    visible = FollowUp.objects.visible_to(request.user)
    chosen = FollowUpFilter(request.GET, queryset=visible, today=timezone.localdate(), user=request.user)
    listed = chosen.qs.select_related("owner", "done_by", "contact__method")
    order = "-due_on" if chosen.chosen.get("state") in ("done", "all") else "due_on"
    return chosen, listed.prefetch_related(told_apart("contact__deputies")).order_by(order, "pk")


@requires(P.CONTACT_VIEW)
@require_GET
def follow_up_list(request: StaffRequest) -> HttpResponse:
    chosen, follow_ups = _filtered(request)
    page = paginate(request, follow_ups)
    mine = {each.pk for each in page if allowed(policies.check_can_finish, request.user, each)}
    context = {"page": page, "today": chosen.today, "may_finish": mine}
    return listing(request, "deputies/follow_ups.html", chosen, context)


@requires(P.DEPUTY_EXPORT)
@require_GET
def follow_ups_export(request: StaffRequest) -> HttpResponse:
    chosen, follow_ups = _filtered(request)
    rows = list(sheets.follow_up_rows(follow_ups, chosen.today))
    audit.exported("follow_up", by=request.user, query=chosen.query, rows=len(rows))
    note = chosen.sentence(len(rows), "项")
    return xlsx_response("后续事项台账", sheets.FOLLOW_UP_HEADINGS, rows, note=note)


@requires(P.CONTACT_LOG)
@require_POST
def follow_up_finish(request: StaffRequest, pk: int) -> HttpResponse:
    follow_up = get_object_or_404(FollowUp.objects.visible_to(request.user), pk=pk)
    actions.finish_follow_up(follow_up=follow_up, by=request.user)
    back = reverse("deputies:contact", args=[follow_up.contact_id]) if "stay" in request.POST else None
    return done(request, "已办结", back or reverse("deputies:follow-ups"))
