"""Roster and file of a deputy."""

from datetime import date

from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from common.conflicts import conflict
from common.denied import Stale, allowed, refusal
from common.http import paginate
from common.sheets import xlsx_response
from deputies import actions, policies, sheets, stats, timeline
from deputies.filters import DeputyFilter
from deputies.forms import DeputyEditForm, DeputyForm, SeatForm
from deputies.forms.people import PhoneExportForm
from deputies.forms.timeline import TimelineForm
from deputies.models import Appointment, Contact, Deputy, Pairing
from deputies.models.deputy import DeputyQuerySet
from deputies.views.answers import dialog, done, listing, refuse_lost_version
from deputies.views.merging import forwarded
from staff import audit
from staff.models import Role
from staff.permissions import P, StaffRequest, may, requires

TIMELINE_LENGTH = 60


def _filtered(request: StaffRequest) -> tuple[DeputyFilter, DeputyQuerySet]:
    """The one queryset of list, count and export."""
    roster = Deputy.objects.visible_to(request.user)
    chosen = DeputyFilter(request.GET, queryset=roster, today=timezone.localdate(), user=request.user)
    contacts = Contact.objects.visible_to(request.user)
    return chosen, chosen.qs.with_figures(chosen.year_shown, contacts).with_seats().by_name()


@requires(P.DEPUTY_VIEW)
@require_GET
def deputy_list(request: StaffRequest) -> HttpResponse:
    chosen, deputies = _filtered(request)
    page = paginate(request, deputies.with_namesake_hint())
    own_only = request.user.role == Role.HANDLER
    context = {"page": page, "own_only": own_only, "first_day": None}
    if not page.object_list and may(request.user, P.BASICS_EDIT):
        context["first_day"] = stats.first_day()
    return listing(request, "deputies/list.html", chosen, context)


@requires(P.DEPUTY_EXPORT)
@require_GET
def deputy_export(request: StaffRequest) -> HttpResponse:
    chosen, deputies = _filtered(request)
    rows = list(sheets.deputy_rows(deputies))
    audit.exported("deputy", by=request.user, query=chosen.query, rows=len(rows))
    note = chosen.sentence(len(rows), "人")
    return xlsx_response("代表委员名册", sheets.DEPUTY_HEADINGS, rows, note=note)


@requires(P.PHONE_EXPORT)
@require_http_methods(["GET", "POST"])
def phones_export(request: StaffRequest) -> HttpResponse:
    """The same people as the list, with their numbers, for a stated reason."""
    form = PhoneExportForm(request.POST or None)
    if not form.is_valid():
        return dialog(request, form, title="导出名册（含电话）", back=reverse("deputies:list"))
    chosen, deputies = _filtered(request)
    rows = list(sheets.phone_rows(deputies))
    audit.exported("deputy_phones", by=request.user, query=chosen.query, rows=len(rows), **form.facts())
    note = chosen.sentence(len(rows), "人")
    return xlsx_response("代表委员名册（含电话）", sheets.PHONE_HEADINGS, rows, note=note)


def _timeline(request: StaffRequest, deputy: Deputy) -> dict[str, object]:
    """What the filter form and the page of entries need; a broken link is 400."""
    today = timezone.localdate()
    entries = timeline.of_deputy(request.user, deputy, today)
    chosen = TimelineForm(request.GET, years={entry.on.year for entry in entries}, today=today)
    if not chosen.is_valid():
        raise BadRequest("链接中的筛选条件有误。")
    page = Paginator([entry for entry in entries if chosen.takes(entry)], TIMELINE_LENGTH).get_page(
        request.GET.get("page")
    )
    return {"page": page, "chosen": chosen, "deputy": deputy, "today": today}


@requires(P.DEPUTY_VIEW)
@require_GET
def deputy_file(request: StaffRequest, pk: int) -> HttpResponse:
    if elsewhere := forwarded(request, pk):
        return elsewhere
    known = Deputy.objects.visible_to(request.user).with_seats().with_namesake_hint()
    deputy = get_object_or_404(known.prefetch_related("fields_of_concern"), pk=pk)
    if request.htmx:  # the pager of the timeline
        return render(request, "deputies/file.html#timeline", _timeline(request, deputy))
    today = timezone.localdate()
    pairings = Pairing.objects.in_force(today).covering(deputy).select_related("leader", "liaison", "area")
    context = {
        "appointments": _appointments(deputy, today),
        "pairings": pairings,
        "has_own_leader": any(each.deputy_id for each in pairings),
        "sees_private": allowed(policies.check_can_see_phone, request.user, deputy, today),
        "pause": deputy.pauses.in_force(today).select_related("set_by").first(),
        "retire_refused": refusal(policies.check_can_retire, deputy, today),
        **_timeline(request, deputy),
    }
    return render(request, "deputies/file.html", context)


def _appointments(deputy: Deputy, today: date) -> list[tuple[Appointment, str]]:
    """Those in force or to come, each with the conflict that nobody has seen yet: a seat may have come after it."""
    found = deputy.appointments.standing(today).select_related("role", "renewed_by").order_by("from_on")
    return [(each, "" if each.conflict_note else policies.conflict_of(deputy, each.role)) for each in found]


@requires(P.DEPUTY_VIEW)
@require_GET
def timeline_of(request: StaffRequest, pk: int) -> HttpResponse:
    deputy = get_object_or_404(Deputy.objects.visible_to(request.user), pk=pk)
    return render(request, "deputies/file.html#timeline", _timeline(request, deputy))


@requires(P.DEPUTY_EDIT)
@require_http_methods(["GET", "POST"])
def deputy_new(request: StaffRequest) -> HttpResponse:
    form, seat = DeputyForm(request.POST or None), SeatForm(request.POST or None, required=False)
    if request.method == "POST" and all([form.is_valid(), seat.is_valid()]):
        facts = seat.facts()
        seats = [actions.Seat(**facts)] if facts["term"] else []
        deputy = actions.register_deputy(by=request.user, seats=seats, **form.facts())
        return done(request, f"已为{deputy.name}建档", reverse("deputies:file", args=[deputy.pk]))
    status = 422 if request.method == "POST" else 200
    return render(request, "deputies/form.html", {"form": form, "seat": seat}, status=status)


@requires(P.DEPUTY_EDIT)
@require_http_methods(["GET", "POST"])
def deputy_edit(request: StaffRequest, pk: int) -> HttpResponse:
    deputy = get_object_or_404(Deputy.objects.visible_to(request.user), pk=pk)
    form = DeputyEditForm(request.POST or None, instance=deputy, initial={"version": deputy.version})
    if request.method != "POST":
        return render(request, "deputies/form.html", {"form": form, "deputy": deputy})
    if not form.is_valid():
        refuse_lost_version(form)
        return render(request, "deputies/form.html", {"form": form, "deputy": deputy}, status=422)
    try:
        expected = form.cleaned_data["version"]
        actions.edit_deputy(deputy=deputy, expected=expected, by=request.user, **form.facts())
    except Stale:
        deputy.refresh_from_db()
        return conflict(request, "deputies/form.html", form, deputy, {"deputy": deputy})
    return done(request, "已保存", reverse("deputies:file", args=[deputy.pk]))


@requires(P.DEPUTY_EDIT)
@require_http_methods(["GET", "POST"])
def seat_new(request: StaffRequest, pk: int) -> HttpResponse:
    deputy = get_object_or_404(Deputy.objects.visible_to(request.user), pk=pk)
    form, file = SeatForm(request.POST or None), reverse("deputies:file", args=[pk])
    if not form.is_valid():
        return dialog(request, form, title=f"登记{deputy.name}的代表委员身份", back=file)
    actions.give_seat(deputy=deputy, by=request.user, **form.facts())
    return done(request, "已登记身份", file)


@requires(P.PHONE_REVEAL)
@require_POST
def reveal_phone(request: StaffRequest, pk: int) -> HttpResponse:
    """The one place where a whole number leaves the database."""
    deputy = get_object_or_404(Deputy.objects.visible_to(request.user), pk=pk)
    phone = actions.reveal_phone(deputy=deputy, by=request.user)
    response = render(request, "deputies/file.html#phone", {"deputy": deputy, "revealed": phone, "sees_private": True})
    response["Cache-Control"] = "no-store"
    return response
