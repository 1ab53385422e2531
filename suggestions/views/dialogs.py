"""What every dialog that moves an item on shares: one template, one way to draw it or to do it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django_htmx.http import HttpResponseClientRedirect

from common.denied import Denied
from common.sensitive import GuardedForm
from staff.models import User
from staff.permissions import StaffRequest
from suggestions.models import Draft, Reply, Suggestion


@dataclass(frozen=True)
class Dialog:
    """What a dialog shows and what its button does with the cleaned data. ``back``: where to, if not to the item."""

    title: str
    done: str
    suggestion: Suggestion
    form: GuardedForm
    act: Callable[[dict[str, Any]], object]
    note: str = ""
    is_grave: bool = False
    back: str = ""
    is_wide: bool = False
    draft: Draft | None = None  # what is read before it is decided


def run(request: StaffRequest, dialog: Dialog) -> HttpResponse:
    """Draw it, or do it. A refusal comes back in the dialog with everything that was typed."""
    if request.method != "POST":
        return _draw(request, dialog, 200)
    if not dialog.form.is_valid():
        return _draw(request, dialog, 400 if "version" in dialog.form.errors else 422)
    try:
        dialog.act(dialog.form.facts())
    except Denied as denied:
        dialog.form.add_error(None, str(denied))
        return _draw(request, dialog, 409)
    messages.success(request, dialog.done)
    url = dialog.back or _afterwards(request, dialog.suggestion)
    return HttpResponseClientRedirect(url) if request.htmx else redirect(url)


def files(request: StaffRequest) -> Any:
    return request.FILES if request.method == "POST" else None


def _afterwards(request: StaffRequest, suggestion: Suggestion) -> str:
    """A handler who has handed the item back no longer sees it."""
    if Suggestion.objects.visible_to(request.user).filter(pk=suggestion.pk).exists():
        return resolve_url("suggestions:detail", suggestion.pk)
    return resolve_url("suggestions:list")


def _draw(request: StaffRequest, dialog: Dialog, status: int) -> HttpResponse:
    template = "suggestions/move.html#dialog" if request.htmx else "suggestions/move.html"
    back = dialog.back or resolve_url("suggestions:detail", dialog.suggestion.pk)
    context = {"dialog": dialog, "form": dialog.form, "suggestion": dialog.suggestion, "back": back}
    return render(request, template, context, status=status)


def mine(request: StaffRequest, pk: int) -> tuple[User, Suggestion]:
    return request.user, get_object_or_404(Suggestion.objects.visible_to(request.user), pk=pk)


def my_reply(request: StaffRequest, pk: int) -> tuple[User, Reply]:
    visible = Reply.objects.filter(suggestion__in=Suggestion.objects.visible_to(request.user))
    return request.user, get_object_or_404(visible.select_related("suggestion"), pk=pk)


def sent(request: StaffRequest) -> Any:
    return request.POST if request.method == "POST" else None
