"""Roster and file of a deputy."""

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from common.conflicts import conflict
from common.denied import Stale, refusal
from common.http import paginate
from common.sheets import xlsx_response
from deputies import actions, policies, sheets, stats
from deputies.filters import DeputyFilter
from deputies.forms import AppointForm, DeputyEditForm, DeputyForm, SeatForm
from deputies.models import Contact, Deputy, FollowUp, Opinion
from deputies.models.deputy import DeputyQuerySet
from deputies.views.answers import dialog, done, listing, refuse_lost_version
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


def _timeline(request: StaffRequest, deputy: Deputy) -> dict[str, object]:
    words = Opinion.objects.filter(deputy=deputy).select_related("field")
    promises = FollowUp.objects.select_related("owner")
    contacts = Contact.objects.visible_to(request.user).filter(met__deputy=deputy).newest_first().with_people()
    listed = contacts.prefetch_related(
        Prefetch("opinions", queryset=words, to_attr="words"), Prefetch("follow_ups", queryset=promises)
    )
    return {"contacts": listed[:TIMELINE_LENGTH], "contact_count": contacts.count(), "deputy": deputy}


@requires(P.DEPUTY_VIEW)
@require_GET
def deputy_file(request: StaffRequest, pk: int) -> HttpResponse:
    known = Deputy.objects.visible_to(request.user).with_seats().with_namesake_hint()
    deputy = get_object_or_404(known.prefetch_related("fields_of_concern"), pk=pk)
    today = timezone.localdate()
    context = {
        "appointments": deputy.appointments.in_force(today).select_related("role").order_by("from_on"),
        "year": today.year,
        "retire_refused": refusal(policies.check_can_retire, deputy, today),
        **_timeline(request, deputy),
    }
    return render(request, "deputies/file.html", context)


@requires(P.DEPUTY_VIEW)
@require_GET
def timeline(request: StaffRequest, pk: int) -> HttpResponse:
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


@requires(P.DEPUTY_EDIT)
@require_http_methods(["GET", "POST"])
def appoint(request: StaffRequest, pk: int) -> HttpResponse:
    deputy = get_object_or_404(Deputy.objects.visible_to(request.user), pk=pk)
    form, file = AppointForm(request.POST or None), reverse("deputies:file", args=[pk])
    if not form.is_valid():
        return dialog(request, form, title=f"聘任{deputy.name}", back=file)
    facts = form.facts()
    actions.appoint(deputy=deputy, by=request.user, **facts)
    return done(request, f"已聘任为{facts['role']}", file)


@requires(P.PHONE_REVEAL)
@require_POST
def reveal_phone(request: StaffRequest, pk: int) -> HttpResponse:
    """The one place where a whole number leaves the database."""
    deputy = get_object_or_404(Deputy.objects.visible_to(request.user), pk=pk)
    phone = actions.reveal_phone(deputy=deputy, by=request.user)
    response = render(request, "deputies/file.html#phone", {"deputy": deputy, "revealed": phone})
    response["Cache-Control"] = "no-store"
    return response
