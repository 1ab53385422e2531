"""换届: a list is pasted, looked at, confirmed; the page of what was done takes it back on the same day."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from common.denied import refusal
from deputies import actions, policies
from deputies.forms.terms import TermChangeForm, WhoForm, decided
from deputies.models import Term, TermChange
from deputies.views.answers import done
from staff.permissions import P, StaffRequest, requires


@requires(P.DEPUTY_EDIT)
@require_http_methods(["GET", "POST"])
def term_change(request: StaffRequest, pk: int) -> HttpResponse:
    """Three steps on one page: the list, the preview, the deed (``confirm``). Nothing is written before it.

    Back to the list (``again``) and on: what was decided in the preview stays decided.
    """
    old = get_object_or_404(Term, pk=pk)
    policies.check_can_change_term(request.user, old)
    form = TermChangeForm(request.POST or None, old=old, today=timezone.localdate())
    if not form.is_valid() or "again" in request.POST:
        context = {"form": form, "old": old, "decided": decided(request.POST)}
        return render(request, "deputies/term_change.html", context, status=422 if form.errors else 200)
    is_asked = "confirm" in request.POST or "look" in request.POST
    who = WhoForm(request.POST if is_asked else None, plan=form.plan(), decided=request.POST)
    if "confirm" not in request.POST or not who.is_valid():
        context = {"form": form, "old": old, "who": who, "plan": who.plan}
        return render(request, "deputies/term_change.html", context, status=422 if who.errors else 200)
    facts = {name: form.cleaned_data[name] for name in ("number", "on")}
    change = actions.change_term(old=old, members=who.members(), by=request.user, **facts)
    return done(request, f"换届已办理：{change.new}", reverse("deputies:term-changed", args=[change.pk]))


@requires(P.DEPUTY_EDIT)
@require_GET
def term_changed(request: StaffRequest, pk: int) -> HttpResponse:
    change = _change(request, pk)
    lists = [("连任", change.carried()), ("新任", change.joined()), ("离任", change.left())]
    context = {
        "change": change,
        "lists": [(word, seats.select_related("deputy").order_by("deputy__pinyin", "pk")) for word, seats in lists],
        "undo_refused": refusal(policies.check_can_undo_term_change, request.user, change, timezone.localdate()),
    }
    return render(request, "deputies/term_changed.html", context)


@requires(P.DEPUTY_EDIT)
@require_POST
def term_change_undo(request: StaffRequest, pk: int) -> HttpResponse:
    change = actions.undo_term_change(change=_change(request, pk), by=request.user)
    return done(request, f"已撤销{change.old}的换届，一切恢复原样", reverse("deputies:basics-terms"))


def _change(request: StaffRequest, pk: int) -> TermChange:
    known = TermChange.objects.visible_to(request.user).select_related("old", "new", "done_by", "undone_by")
    return get_object_or_404(known, pk=pk)
