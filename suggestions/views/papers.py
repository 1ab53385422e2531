"""The papers of one item as downloads, and what every letter says of the house."""

from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from common.letters import download
from common.texts import clipped
from deputies.views.dialogs import edit_in_dialog
from staff import audit
from staff.permissions import P, StaffRequest, requires
from suggestions import actions, documents
from suggestions.documents import EACH, Paperwork
from suggestions.documents.wording import letter_number
from suggestions.forms import LetterHeadForm
from suggestions.models import LetterHead, Suggestion


@requires(P.SUGGESTION_VIEW)
@require_GET
def paper(request: StaffRequest, pk: int, kind: str) -> HttpResponse:
    """A draft leaves the house's system with names in it: that leaves a trace."""
    full = Suggestion.objects.visible_to(request.user).select_related("term", "department")
    suggestion = get_object_or_404(full, pk=pk)
    if kind not in Paperwork.values:
        raise Http404
    wanted, to = Paperwork(kind), _to(request, suggestion)
    documents.check_fits(suggestion, wanted)
    data = documents.document(suggestion, wanted, to=to, today=timezone.localdate())
    changes = {"document": ["", wanted.label]}
    audit.record("suggestion.document_taken", by=request.user, target=suggestion, changes=changes)
    return download(data, f"{wanted.label}-{clipped(suggestion.title, 40)}")


def _to(request: StaffRequest, suggestion: Suggestion) -> str:
    to = request.GET.get("to", "")
    known = {"", EACH, *map(str, suggestion.proposers.values_list("deputy", flat=True))}
    if to not in known:
        raise BadRequest("链接中的收信人不是这件的提出人，请回到这一件重新选择。")
    return to


@requires(P.BASICS_EDIT)
@require_GET
def letter_head(request: StaffRequest) -> HttpResponse:
    head, year = LetterHead.objects.ours(), timezone.localdate().year
    shown = [(field.verbose_name, getattr(head, field.name)) for field in _fields()]
    sample = letter_number(head.reply_code, year)
    context = {"house": settings.HOUSE_NAME, "shown": shown, "sample": sample}
    return render(request, "suggestions/letter_head.html", context)


@requires(P.BASICS_EDIT)
@require_http_methods(["GET", "POST"])
def edit_letter_head(request: StaffRequest) -> HttpResponse:
    head = LetterHead.objects.ours()

    def save(**facts: Any) -> str:
        actions.edit_letter_head(head=head, by=request.user, **facts)
        return "已保存，此后起草的文书照此"

    form = LetterHeadForm(request.POST or None, instance=head)
    back = reverse("suggestions:letter-head")
    return edit_in_dialog(request, form, title="修改公文抬头", back=back, save=save)


def _fields() -> list[Any]:
    return [LetterHead._meta.get_field(name) for name in LetterHeadForm.Meta.fields]
