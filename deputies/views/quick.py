"""登记联络 from any page: a dialog that saves without leaving the page."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods
from django_htmx.http import trigger_client_event

from deputies import actions
from deputies.forms import QuickLogForm
from deputies.models import Deputy
from staff.permissions import P, StaffRequest, requires


@requires(P.CONTACT_LOG)
@require_http_methods(["GET", "POST"])
def quick_log(request: StaffRequest) -> HttpResponse:
    today = timezone.localdate()
    if request.method != "POST":
        return _draw(request, QuickLogForm(today=today, initial={"happened_on": today, **_prefilled(request)}))
    form = QuickLogForm(request.POST, today=today)
    if not form.is_valid():
        return _draw(request, form, status=422)
    contact = actions.quick_log(by=request.user, words=form.said, follow_up=form.promised, **form.facts())
    if not request.htmx:
        return redirect("deputies:contact", pk=contact.pk)
    response = render(request, "deputies/logged.html", {"contact": contact})
    trigger_client_event(response, "contactsChanged")
    return trigger_client_event(response, "closeDialog")


def _prefilled(request: StaffRequest) -> dict[str, Any]:
    pk = request.GET.get("deputy", "")
    known = Deputy.objects.visible_to(request.user).filter(pk=pk) if pk.isdecimal() else Deputy.objects.none()
    return {"deputies": [deputy.pk for deputy in known]}


def _draw(request: StaffRequest, form: QuickLogForm, status: int = 200) -> HttpResponse:
    template = "deputies/quick_log.html#dialog" if request.htmx else "deputies/quick_log.html"
    prefilled = request.GET.get("deputy", "") or request.POST.get("prefilled", "")
    return render(request, template, {"form": form, "prefilled": prefilled}, status=status)
