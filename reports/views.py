"""联络一页纸, made while the reader waits: one page takes well under a second."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from common.denied import Denied
from common.pdf import RenderFailed
from deputies.models import Deputy
from reports import facts, pdf
from staff import audit
from staff.permissions import P, StaffRequest, requires


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
    name = content_disposition_header(as_attachment=False, filename=f"联络一页纸-{deputy.name}.pdf")
    headers = {"Content-Disposition": name or "inline", "Cache-Control": "no-store"}
    return HttpResponse(page.data, content_type="application/pdf", headers=headers)
