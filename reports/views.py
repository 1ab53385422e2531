"""联络一页纸 and the pack of a leader's visits, made while the reader waits: a page takes well under a second."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from common.denied import Denied
from common.pdf import Pdf, RenderFailed
from deputies.models import Deputy
from reports import facts, pack_facts, pdf
from staff import audit
from staff.permissions import P, StaffRequest, requires
from suggestions.models import FirstVisit

MOST_VISITS = 12  # some five seconds


@requires(P.DEPUTY_VIEW)
@require_GET
def brief(request: StaffRequest, pk: int) -> HttpResponse:
    """Only what the reader may see is on it; a telephone number on it is a look at the number."""
    known = Deputy.objects.visible_to(request.user).with_seats().prefetch_related("fields_of_concern")
    deputy = get_object_or_404(known, pk=pk)
    told = facts.build(deputy, request.user, timezone.localdate())
    try:
        page = pdf.make(told, deputy)
    except RenderFailed as failure:
        raise Denied(f"一页纸没有做成：{failure}。请联系系统管理员。") from failure
    shown = {"phone": None} if told["person"]["phone"] else {}
    audit.record("brief.made", by=request.user, target=deputy, changes=shown)
    return _paper(page, f"联络一页纸-{deputy.name}.pdf")


@requires(P.SUGGESTION_VIEW)
@require_GET
def visit_pack(request: StaffRequest, year: int, leader: int) -> HttpResponse:
    """走访材料 of one leader in the 第一任务 of one year: the visits that the reader may see."""
    mine = FirstVisit.objects.visible_to(request.user).listed()
    found = mine.with_names().filter(task__year=year, leader=leader)
    visits = list(found.prefetch_related("deputy__fields_of_concern"))
    if not visits:
        raise Http404
    if len(visits) > MOST_VISITS:
        raise Denied(f"一位领导走访超过{MOST_VISITS}人，材料太厚，请分给几位领导。")
    told = pack_facts.build(visits, request.user, timezone.localdate())
    people = [visit.deputy for visit in visits]
    try:
        pack = pdf.make_pack(told, people, identifier=f"visit-pack-{year}-{leader}-{told['as_of']}")
    except RenderFailed as failure:
        raise Denied(f"走访材料没有做成：{failure}。请联系系统管理员。") from failure
    phones = [
        visit.deputy_id for visit, one in zip(visits, told["visits"], strict=True) if one["brief"]["person"]["phone"]
    ]
    audit.record(
        "visit_pack.made", by=request.user, target=visits[0].task, changes={"phone": ["", phones]} if phones else {}
    )
    return _paper(pack, f"{year}年第一任务走访材料-{visits[0].leader.name}.pdf")


def _paper(made: Pdf, filename: str) -> HttpResponse:
    """To be looked at in the browser, kept nowhere."""
    name = content_disposition_header(as_attachment=False, filename=filename)
    headers = {"Content-Disposition": name or "inline", "Cache-Control": "no-store"}
    return HttpResponse(made.data, content_type="application/pdf", headers=headers)
