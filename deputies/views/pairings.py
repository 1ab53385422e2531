"""挂钩: the table of who looks after whom; the office keeps it, everybody who works with deputies reads it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from common.http import paginate
from common.sheets import xlsx_response
from deputies import actions, sheets
from deputies.filters import PairingFilter
from deputies.forms.pairings import PairForm, PairingEditForm, PairingEndForm, TakeOverForm
from deputies.models import Area, Pairing
from deputies.models.pairing import PairingQuerySet
from deputies.views.answers import dialog, done, listing, opened_from
from deputies.views.dialogs import edit_in_dialog
from staff import audit
from staff.permissions import P, StaffRequest, requires


def _filtered(request: StaffRequest) -> tuple[PairingFilter, PairingQuerySet]:
    """The one queryset of list, count and export."""
    visible = Pairing.objects.visible_to(request.user)
    chosen = PairingFilter(request.GET, queryset=visible, today=timezone.localdate(), user=request.user)
    return chosen, chosen.qs.by_leader().with_names()


@requires(P.DEPUTY_VIEW)
@require_GET
def pairing_list(request: StaffRequest) -> HttpResponse:
    chosen, pairings = _filtered(request)
    context = {
        "page": paginate(request, pairings),
        "today": chosen.today,
        "left_out": Area.objects.offered().exclude(pk__in=Pairing.objects.in_force(chosen.today).areas()),
    }
    return listing(request, "deputies/pairings.html", chosen, context)


@requires(P.DEPUTY_EXPORT)
@require_GET
def pairings_export(request: StaffRequest) -> HttpResponse:
    chosen, pairings = _filtered(request)
    rows = list(sheets.pairing_rows(pairings))
    audit.exported("pairing", by=request.user, query=chosen.query, rows=len(rows))
    return xlsx_response("挂钩联系安排表", sheets.PAIRING_HEADINGS, rows, note=chosen.sentence(len(rows), "项"))


@requires(P.DEPUTY_EDIT)
@require_http_methods(["GET", "POST"])
def pairing_new(request: StaffRequest) -> HttpResponse:
    """``?area=`` or ``?deputy=`` says for whom."""
    asked = {name: request.GET[name] for name in ("area", "deputy") if request.GET.get(name, "").isdecimal()}
    form = PairForm(request.POST or None, initial={"from_on": timezone.localdate(), **asked})
    if not form.is_valid():
        return dialog(request, form, title="登记挂钩联系", back=_back(request))
    pairing = actions.pair(with_=form.whom, by=request.user, **form.facts())
    return done(request, f"已登记：{pairing.leader}挂钩{pairing.whom}", _back(request))


@requires(P.DEPUTY_EDIT)
@require_http_methods(["GET", "POST"])
def pairing_hand_over(request: StaffRequest, pk: int) -> HttpResponse:
    """Somebody takes over: the old row ends on the day before, the new one begins."""
    pairing, today = _pairing(request, pk), timezone.localdate()
    form = TakeOverForm(request.POST or None, initial={"from_on": today, "liaison": pairing.liaison_id})
    if not form.is_valid():
        return dialog(request, form, title=f"交接{pairing.leader}挂钩的{pairing.whom}", back=_back(request))
    new = actions.pair(with_=pairing.whom, by=request.user, **form.facts())
    return done(request, f"已交接：自{new.from_on:%Y-%m-%d}起由{new.leader}挂钩{new.whom}", _back(request))


@requires(P.DEPUTY_EDIT)
@require_http_methods(["GET", "POST"])
def pairing_edit(request: StaffRequest, pk: int) -> HttpResponse:
    pairing = _pairing(request, pk)
    form = PairingEditForm(request.POST or None, instance=pairing)

    def save(**facts: Any) -> str:
        actions.edit_pairing(pairing=pairing, by=request.user, **facts)
        return "已更正挂钩联系"

    return edit_in_dialog(request, form, title=f"更正{pairing.whom}的挂钩联系", back=_back(request), save=save)


@requires(P.DEPUTY_EDIT)
@require_http_methods(["GET", "POST"])
def pairing_end(request: StaffRequest, pk: int) -> HttpResponse:
    pairing = _pairing(request, pk)
    form = PairingEndForm(request.POST or None, pairing=pairing, today=timezone.localdate())
    if not form.is_valid():
        return dialog(request, form, title=f"结束{pairing.leader}与{pairing.whom}的挂钩", back=_back(request))
    actions.end_pairing(pairing=pairing, by=request.user, **form.cleaned_data)
    return done(request, f"{pairing.leader}与{pairing.whom}的挂钩到{pairing.to_on:%Y-%m-%d}结束", _back(request))


def _pairing(request: StaffRequest, pk: int) -> Pairing:
    return get_object_or_404(Pairing.objects.visible_to(request.user).with_names(), pk=pk)


def _back(request: StaffRequest) -> str:
    return opened_from(request, reverse("deputies:pairings"))
