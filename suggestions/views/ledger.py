"""The list, its export, registration, correction, and the page of one item."""

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from common.conflicts import conflict
from common.denied import Denied, Stale, allowed
from common.http import paginate
from common.sheets import xlsx_response
from deputies.models import Contact, Opinion
from deputies.models.deputy import told_apart
from staff import audit
from staff.permissions import P, StaffRequest, requires
from suggestions import actions, documents, overview, policies, sheets, stats
from suggestions import similar as matter
from suggestions.filters import SuggestionFilter
from suggestions.forms import SuggestionEditForm, SuggestionForm
from suggestions.models import Draft, Kind, Promise, Suggestion
from suggestions.similar import Earlier
from suggestions.views import scans


def _filtered(request: StaffRequest) -> SuggestionFilter:
    mine = Suggestion.objects.visible_to(request.user)
    return SuggestionFilter(request.GET, queryset=mine, today=timezone.localdate(), user=request.user)


@requires(P.SUGGESTION_VIEW)
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """The ledger: what must be answered soonest comes first."""
    chosen, today = _filtered(request), timezone.localdate()
    page = paginate(request, chosen.rows.with_answers())
    lines = [overview.line(suggestion, today) for suggestion in page]
    context = {"filter": chosen, "page": page, "lines": lines, "counts": stats.counts(chosen.rows)}
    return render(request, "suggestions/list.html#rows" if request.htmx else "suggestions/list.html", context)


@requires(P.SUGGESTION_VIEW)
@require_GET
def export(request: StaffRequest) -> HttpResponse:
    """The rows of the list with the same filter, as a spreadsheet."""
    chosen = _filtered(request)
    counted = stats.counts(chosen.rows)
    note = f"{chosen.in_words()}；共{counted.total}{counted.unit}" + (f"：{counted.parts}" if counted.parts else "")
    audit.exported("suggestion", by=request.user, query=chosen.query, rows=counted.total)
    return xlsx_response("建议提案办理台账", sheets.HEADINGS, sheets.rows(chosen.rows), note=note)


@requires(P.SUGGESTION_REGISTER)
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    policies.check_can_register(request.user)
    data = request.POST if request.method == "POST" else None
    opinion = _opinion(request)
    form = SuggestionForm(data, user=request.user, initial=_given(opinion))
    if data is None or not form.is_valid():
        return render(request, "suggestions/form.html", {"form": form}, status=422 if form.is_bound else 200)
    try:
        made = actions.register(by=request.user, proposers=form.proposers(), source=opinion, **form.facts())
    except Denied as denied:
        form.add_error(None, str(denied))
        return render(request, "suggestions/form.html", {"form": form}, status=409)
    messages.success(request, f"已登记，流水号{made.pk}。")
    return redirect("suggestions:detail", made.pk)


@requires(P.SUGGESTION_VIEW)
@require_GET
def of_contact(request: StaffRequest, pk: int) -> HttpResponse:
    """A fragment for the page of a contact: what became of the opinions, and what may still become of them."""
    contact = get_object_or_404(Contact.objects.visible_to(request.user), pk=pk)
    standing = Suggestion.objects.standing().filter(source__contact=contact)
    became = {each.source_id: each for each in standing}
    opinions = contact.opinions.select_related("deputy").order_by("pk")
    rows = [(opinion, became.get(opinion.pk)) for opinion in opinions]
    mine = {each.pk for each in Suggestion.objects.visible_to(request.user).filter(pk__in=standing)}
    return render(request, "suggestions/of_contact.html", {"rows": rows, "mine": mine})


@requires(P.SUGGESTION_REGISTER)
@require_POST
def similar(request: StaffRequest) -> HttpResponse:
    """What was said and answered before on the matter whose title is being typed. POST: nothing of it is logged."""
    known = Suggestion.objects.visible_to(request.user).standing()
    earlier = [Earlier(*row) for row in known.values_list("pk", "title", "text")]
    alike = matter.similar(request.POST.get("title", "")[:120], earlier)
    rows = known.with_answers().in_bulk([each.pk for each in alike])
    today = timezone.localdate()
    lines = [(overview.line(rows[each.pk], today), each.shared) for each in alike]
    return render(request, "suggestions/similar.html", {"lines": lines})


@requires(P.SUGGESTION_REGISTER)
@require_http_methods(["GET", "POST"])
def edit(request: StaffRequest, pk: int) -> HttpResponse:
    suggestion = get_object_or_404(Suggestion.objects.visible_to(request.user), pk=pk)
    policies.check_can_edit(request.user, suggestion)
    data = request.POST if request.method == "POST" else None
    form = SuggestionEditForm(data, user=request.user, instance=suggestion)
    if data is None or not form.is_valid():
        return _edit_page(request, form, _status_of(form))
    try:
        actions.edit(
            suggestion=suggestion,
            expected=form.cleaned_data["version"],
            by=request.user,
            proposers=form.proposers(),
            **form.facts(),
        )
    except Stale:
        suggestion.refresh_from_db()
        context = {"suggestion": suggestion}
        return conflict(request, "suggestions/form.html", form, suggestion, context, user=request.user)
    except Denied as denied:
        form.add_error(None, str(denied))
        return _edit_page(request, form, 409)
    messages.success(request, "已保存。")
    return redirect("suggestions:detail", pk)


def _status_of(form: SuggestionEditForm) -> int:
    if not form.is_bound:
        return 200
    return 400 if "version" in form.errors else 422


def _edit_page(request: StaffRequest, form: SuggestionEditForm, status: int) -> HttpResponse:
    context = {"form": form, "suggestion": form.instance}
    return render(request, "suggestions/form.html", context, status=status)


@requires(P.SUGGESTION_VIEW)
@require_GET
def detail(request: StaffRequest, pk: int) -> HttpResponse:
    """The whole story of one item on one page."""
    today = timezone.localdate()
    full = Suggestion.objects.visible_to(request.user).select_related("term", "field", "department", "registered_by")
    suggestion = get_object_or_404(full.prefetch_related(told_apart("proposers__deputy")), pk=pk)
    replies = suggestion.replies.select_related(
        "result_class", "class_now", "signed_by", "publication__reviewer"
    ).prefetch_related(
        "evaluations__deputy",
        "evaluations__recorded_by",
        "evaluations__scans",
        "deliveries__deputy",
        Prefetch("promises", queryset=Promise.objects.select_related("owner", "class_now").order_by("pk")),
    )
    context = {
        "suggestion": suggestion,
        "remaining": overview.remaining(suggestion, today),
        "is_estimate": overview.is_estimate(suggestion),
        "tone": overview.STATE_TONES[suggestion.state],
        "moves": overview.moves(request.user, suggestion, timezone.localdate()),
        "may_step": allowed(policies.check_can_add_step, request.user, suggestion),
        "story": overview.story(suggestion),
        "took": overview.took(suggestion),
        "replies": replies.order_by("-round"),
        **documents.offered(suggestion),
        "drafts": _drafts(suggestion),
        "consultations": suggestion.consultations.select_related("contact").prefetch_related(
            "contact__deputies", "contact__staff"
        ),
        "may_consult": allowed(policies.check_can_consult, request.user, suggestion),
        "co_handlers": suggestion.co_handlers.all(),
        "may_receive": allowed(policies.check_can_receive_opinion, request.user, suggestion),
        "today": today,
        **_scans(request, suggestion),
    }
    return render(request, "suggestions/detail.html", context)


def _scans(request: StaffRequest, suggestion: Suggestion) -> dict[str, Any]:
    return {
        **scans.shown(request, suggestion.scans.all()),
        "may_upload": allowed(policies.check_can_add_scan, request.user, suggestion),
        "may_register": allowed(policies.check_can_register, request.user),
    }


def _drafts(suggestion: Suggestion) -> list[Draft]:
    """The newest first, with what was said of each."""
    drafts = suggestion.drafts.select_related("result_class", "drafted_by", "reply").prefetch_related("approvals__by")
    return list(drafts.order_by("-pk"))


def _opinion(request: StaffRequest) -> Opinion | None:
    """``?opinion=``: one said at a contact that the user may see."""
    pk = request.GET.get("opinion", "")
    if not (pk.isdecimal() and len(pk) < 19):
        return None
    return Opinion.objects.visible_to(request.user).select_related("contact", "deputy").filter(pk=pk).first()


def _given(opinion: Opinion | None) -> dict[str, Any]:
    """What the form begins with: today, or the words of the opinion."""
    if opinion is None:
        return {"received_on": timezone.localdate()}
    seat = next((seat for seat in opinion.deputy.seats if seat.is_held), None)
    return {
        "kind": Kind.EVERYDAY,
        "received_on": opinion.contact.happened_on,
        "text": opinion.words,
        "field": opinion.field_id,
        "lead": [opinion.deputy_id],
        **({"body": seat.term.body, "level": seat.term.level} if seat else {}),
    }
