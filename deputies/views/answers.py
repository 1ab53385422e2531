"""Answers that several views give: a list, a dialog, a refused version."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django_htmx.http import HttpResponseClientRedirect, push_url, trigger_client_event

from common.filters import ListFilter
from staff.permissions import StaffRequest


def listing(request: StaffRequest, template: str, chosen: ListFilter, context: dict[str, Any]) -> HttpResponse:
    """A list, or only its rows; typing in the filter form moves the address bar along."""
    response = render(request, template + ("#rows" if request.htmx else ""), {"filter": chosen, **context})
    if request.htmx and request.htmx.trigger == "filters":
        push_url(response, f"{request.path}?{chosen.query}" if chosen.query else request.path)
    return response


def dialog(request: StaffRequest, form: forms.BaseForm, *, title: str, back: str) -> HttpResponse:
    """A small form in a dialog, or as a page of its own where the link was opened in a new tab."""
    template = "deputies/dialog.html#dialog" if request.htmx else "deputies/dialog.html"
    context = {"form": form, "title": title, "action": request.get_full_path(), "back": back}
    return render(request, template, context, status=422 if form.is_bound else 200)


def done(request: StaffRequest, sentence: str, url: str) -> HttpResponse:
    """Saved: go to ``url`` and say so there."""
    messages.success(request, sentence)
    return HttpResponseClientRedirect(url) if request.htmx else redirect(url)


def told(request: StaffRequest, sentence: str, *, back: str, event: str, undo_url: str = "") -> HttpResponse:
    """Asked by htmx: a toast, and whatever listens to ``event`` is drawn anew. Else as ``done``."""
    if not request.htmx:
        return done(request, sentence, back)
    response = render(request, "deputies/told.html", {"sentence": sentence, "undo_url": undo_url})
    return trigger_client_event(response, event)


def opened_from(request: StaffRequest, otherwise: str) -> str:
    """The page on which the dialog was opened: whoever works down a list stays there."""
    return (request.htmx and request.htmx.current_url_abs_path) or otherwise


def refuse_lost_version(form: forms.BaseForm) -> None:
    """A form without its version number is broken, not wrong: 400."""
    if "version" in form.errors:
        raise BadRequest(str(form.errors["version"][0]))
