"""登记联络 from any page: a dialog that saves without leaving the page."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import trigger_client_event

from deputies import actions, ranking
from deputies.forms import Chosen, QuickLogForm, chosen_of
from deputies.forms.quick import heard
from deputies.models import Contact, Deputy
from deputies.views.answers import done
from staff.permissions import P, StaffRequest, requires

OFFERED = 6


@requires(P.CONTACT_LOG)
@require_http_methods(["GET", "POST"])
def quick_log(request: StaffRequest) -> HttpResponse:
    today = timezone.localdate()
    if request.method != "POST":
        return _draw(request, QuickLogForm(today=today, initial={"happened_on": today, **_prefilled(request)}))
    if request.POST.get("written_by", str(request.user.pk)) != str(request.user.pk):
        raise PermissionDenied  # it waits until its writer signs in
    form = _filled(request)
    if not form.is_valid():
        return _draw(request, form, status=422)
    contact = actions.quick_log(by=request.user, words=form.said, follow_up=form.promised, **form.facts())
    if not request.htmx:
        return done(request, "已登记联络", reverse("deputies:contact", args=[contact.pk]))
    response = render(request, "deputies/logged.html", {"contact": contact})
    trigger_client_event(response, "contactsChanged")
    return trigger_client_event(response, "closeDialog")


@requires(P.CONTACT_LOG)
@require_POST
def read_line(request: StaffRequest) -> HttpResponse:
    """What the line says so far. POST, so that nothing of it stands in a log of addresses."""
    said = heard(request.POST, user=request.user, today=timezone.localdate())
    unknown = "" if request.POST.getlist("deputies") else said.reading.unknown
    context = {"pieces": said.chips, "note": said.reading.note, "unknown": unknown}
    return render(request, "deputies/line.html", context)


def _filled(request: StaffRequest) -> QuickLogForm:
    """The fields, and what they leave open from the line, where one was sent along."""
    today = timezone.localdate()
    if not request.POST.get("line", "").strip():
        return QuickLogForm(request.POST, today=today)
    said = heard(request.POST, user=request.user, today=today)
    return QuickLogForm(said.complete(request.POST), today=today, unsettled=said.reading.open)


def _prefilled(request: StaffRequest) -> dict[str, Any]:
    pk = request.GET.get("deputy", "")
    known = Deputy.objects.visible_to(request.user).filter(pk=pk) if pk.isdecimal() else Deputy.objects.none()
    return {"deputies": [deputy.pk for deputy in known]}


def _draw(request: StaffRequest, form: QuickLogForm, status: int = 200) -> HttpResponse:
    template = "deputies/quick_log.html#dialog" if request.htmx else "deputies/quick_log.html"
    prefilled = request.GET.get("deputy", "") or request.POST.get("prefilled", "")
    context = {"form": form, "prefilled": prefilled, "again": _last_met(request), "offered": _offered(request)}
    return render(request, template, context, status=status)


def _last_met(request: StaffRequest) -> list[Chosen]:
    """Who ↑ takes again: the people of the contact that the user wrote last."""
    last = Contact.objects.visible_to(request.user).filter(recorded_by=request.user).order_by("-pk").first()
    return chosen_of(Deputy.objects.filter(met__contact=last)) if last else []


def _offered(request: StaffRequest) -> list[Chosen]:
    """Whom a thumb may pick without typing."""
    best = ranking.best_first("", user=request.user, today=timezone.localdate())
    return [Chosen(deputy.pk, deputy.told_apart) for deputy in best[:OFFERED]]
