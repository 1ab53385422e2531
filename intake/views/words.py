"""表头和叫法对照: what the office taught the import, to be read, added to and taken back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from common.denied import Denied
from intake import actions
from intake.forms import AliasForm, HeadingForm
from intake.models import Alias, HeadingSynonym
from intake.overview import aliases_told, headings_told
from staff.permissions import P, StaffRequest, requires


@requires(P.IMPORT)
@require_GET
def words(request: StaffRequest) -> HttpResponse:
    return _page(request, HeadingForm(prefix="heading"), AliasForm(prefix="alias"))


@requires(P.IMPORT)
@require_POST
def heading_new(request: StaffRequest) -> HttpResponse:
    form = HeadingForm(request.POST, prefix="heading")
    if not form.is_valid():
        return _page(request, form, AliasForm(prefix="alias"), status=422)
    try:
        synonym = actions.remember_heading(by=request.user, **form.facts())
    except Denied as denied:
        form.add_error("heading", str(denied))
        return _page(request, form, AliasForm(prefix="alias"), status=409)
    messages.success(request, f"已记住表头“{synonym}”。")
    return redirect("intake:words")


@requires(P.IMPORT)
@require_POST
def heading_forget(request: StaffRequest, pk: int) -> HttpResponse:
    synonym = get_object_or_404(HeadingSynonym, pk=pk)
    actions.forget_heading(synonym=synonym, by=request.user)
    messages.success(request, f"已取消表头“{synonym}”的对照。")
    return redirect("intake:words")


@requires(P.IMPORT)
@require_POST
def alias_new(request: StaffRequest) -> HttpResponse:
    form = AliasForm(request.POST, prefix="alias")
    if not form.is_valid():
        return _page(request, HeadingForm(prefix="heading"), form, status=422)
    alias = actions.add_alias(by=request.user, **form.facts())
    messages.success(request, f"已记住“{alias}”。")
    return redirect("intake:words")


@requires(P.IMPORT)
@require_POST
def alias_forget(request: StaffRequest, pk: int) -> HttpResponse:
    alias = get_object_or_404(Alias, pk=pk)
    actions.forget_alias(alias=alias, by=request.user)
    messages.success(request, f"已取消“{alias}”的对照。")
    return redirect("intake:words")


def _page(request: StaffRequest, heading: HeadingForm, alias: AliasForm, *, status: int = 200) -> HttpResponse:
    context = {
        "heading_form": heading,
        "alias_form": alias,
        "headings": headings_told(),
        "aliases": aliases_told(),
    }
    return render(request, "intake/words.html", context, status=status)
