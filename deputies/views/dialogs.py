"""A small form in a dialog that edits a record which somebody else may edit at the same time."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse

from common.conflicts import conflict
from common.denied import Stale
from deputies.forms.dialogs import DialogForm
from deputies.views.answers import dialog, done, refuse_lost_version
from staff.permissions import StaffRequest


def edit_in_dialog(
    request: StaffRequest, form: DialogForm, *, title: str, back: str, save: Callable[..., str], **kwargs: Any
) -> HttpResponse:
    """``save(expected=…, **facts)`` writes over the version that the form was drawn from and says what it did.

    ``kwargs`` is what the form takes besides its instance."""
    if request.method != "POST":
        return dialog(request, form, title=title, back=back)
    if not form.is_valid():
        refuse_lost_version(form)
        return dialog(request, form, title=title, back=back)
    try:
        said = save(expected=form.cleaned_data["version"], **form.facts())
    except Stale:
        form.instance.refresh_from_db()
        template = "deputies/dialog.html#dialog" if request.htmx else "deputies/dialog.html"
        context = {"title": title, "action": request.path, "back": back}
        return conflict(request, template, form, form.instance, context, **kwargs)
    return done(request, said, back)
