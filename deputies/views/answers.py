"""Answers that several views give: a dialog, a conflict side by side, a refused version."""

from typing import Any, NamedTuple

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db.models import Model, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django_htmx.http import HttpResponseClientRedirect, push_url

from common.versions import Versioned
from deputies.filters import ListFilter
from staff.permissions import StaffRequest


class Difference(NamedTuple):
    label: str
    theirs: str
    yours: str


def listing(request: StaffRequest, template: str, chosen: ListFilter, context: dict[str, Any]) -> HttpResponse:
    """A list, or only its rows; typing in the filter form moves the address bar along."""
    response = render(request, template + ("#rows" if request.htmx else ""), {"filter": chosen, **context})
    if request.htmx and request.htmx.trigger == "filters":
        push_url(response, f"{request.path}?{chosen.query}" if chosen.query else request.path)
    return response


def dialog(request: StaffRequest, form: forms.BaseForm, *, title: str, back: str) -> HttpResponse:
    """A small form in a dialog, or as a page of its own where the link was opened in a new tab."""
    template = "deputies/dialog.html#dialog" if request.htmx else "deputies/dialog.html"
    context = {"form": form, "title": title, "action": request.path, "back": back}
    return render(request, template, context, status=422 if form.is_bound else 200)


def done(request: StaffRequest, sentence: str, url: str) -> HttpResponse:
    """Saved: go to ``url`` and say so there."""
    messages.success(request, sentence)
    return HttpResponseClientRedirect(url) if request.htmx else redirect(url)


def refuse_lost_version(form: forms.BaseForm) -> None:
    """A form without its version number is broken, not wrong: 400."""
    if "version" in form.errors:
        raise BadRequest(str(form.errors["version"][0]))


def conflict(
    request: StaffRequest,
    template: str,
    form: forms.ModelForm,
    latest: Versioned,
    context: dict[str, Any],
    **kwargs: Any,
) -> HttpResponse:
    """409: what was typed stays in the form, the other one's values stand beside it; saving again is
    possible. ``kwargs`` is what the form takes besides its instance."""
    typed = request.POST.copy()
    typed["version"] = str(latest.version)
    fresh, again = type(form)(instance=latest, **kwargs), type(form)(typed, instance=latest, **kwargs)
    return render(
        request, template, {"form": again, "differences": differences_of(form, fresh), **context}, status=409
    )


def differences_of(form: forms.ModelForm, fresh: forms.ModelForm) -> list[Difference]:
    """Fields in which what was typed differs from what is now saved. Telephone numbers are not shown."""
    found = []
    for name, field in form.fields.items():
        if name in ("version", "phone", "sensitive_ok", "other_person", "clear_phone"):
            continue
        theirs, yours = _text(field, fresh.get_initial_for_field(field, name)), _text(field, form.cleaned_data[name])
        if theirs != yours:
            found.append(Difference(str(field.label), theirs, yours))
    return found


def _text(field: forms.Field, value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, QuerySet | list | tuple):
        return "、".join(sorted(str(each) for each in value))
    if isinstance(field, forms.ModelChoiceField) and value and not isinstance(value, Model):
        return str(field.to_python(value))
    if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
        return str(dict(field.choices).get(value, value))  # type: ignore[arg-type]
    return "" if value is None else str(value)
