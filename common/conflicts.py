"""Two people edit one record: the page on which the second sees both (see :mod:`common.versions`)."""

from typing import Any, NamedTuple

from django import forms
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from common.forms import RecordForm
from common.versions import Versioned


class Difference(NamedTuple):
    label: str
    theirs: str
    yours: str


def conflict(
    request: HttpRequest,
    template: str,
    form: RecordForm,
    latest: Versioned,
    context: dict[str, Any],
    **kwargs: Any,
) -> HttpResponse:
    """409: what was typed stays in the form, the other one's values stand beside it; saving again is
    possible. ``kwargs`` is what the form takes besides its instance. ``template`` includes
    ``components/differences.html``."""
    typed = request.POST.copy()
    typed["version"] = str(latest.version)
    fresh, again = type(form)(instance=latest, **kwargs), type(form)(typed, instance=latest, **kwargs)
    context = {"form": again, "differences": differences_of(form, fresh), **context}
    return render(request, template, context, status=409)


def differences_of(form: RecordForm, fresh: RecordForm) -> list[Difference]:
    """Fields of the record in which what was typed differs from what is now saved."""
    found = []
    for name, field in form.fields.items():
        if name not in (form._meta.fields or ()) or name in form.never_shown:
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
