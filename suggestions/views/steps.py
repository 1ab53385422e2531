"""The dated steps of the work, and the whole on one page."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from deputies.models.deputy import told_apart
from staff.models import User
from staff.permissions import P, StaffRequest, requires
from suggestions import actions, case_story, policies
from suggestions.forms import StepForm, SureForm
from suggestions.models import Step, Suggestion
from suggestions.views.dialogs import Dialog, mine, run, sent


@requires(P.SUGGESTION_HANDLE)
@require_http_methods(["GET", "POST"])
def step(request: StaffRequest, pk: int) -> HttpResponse:
    user, suggestion = mine(request, pk)
    policies.check_can_add_step(user, suggestion)
    dialog = Dialog(
        "登记办理过程",
        "已登记。",
        suggestion,
        StepForm(sent(request), suggestion=suggestion, initial={"happened_on": timezone.localdate()}),
        lambda data: actions.add_step(suggestion=suggestion, by=user, **data),
    )
    return run(request, dialog)


@requires(P.SUGGESTION_HANDLE)
@require_http_methods(["GET", "POST"])
def correct(request: StaffRequest, pk: int) -> HttpResponse:
    user, found = _mine(request, pk)
    policies.check_can_change_step(user, found)
    form = StepForm(sent(request), suggestion=found.suggestion, step=found)
    dialog = Dialog(
        "更正办理过程",
        "已更正。",
        found.suggestion,
        form,
        lambda data: actions.correct_step(step=found, expected=form.cleaned_data["version"], by=user, **data),
    )
    return run(request, dialog)


@requires(P.SUGGESTION_HANDLE)
@require_http_methods(["GET", "POST"])
def remove(request: StaffRequest, pk: int) -> HttpResponse:
    user, found = _mine(request, pk)
    policies.check_can_change_step(user, found)
    dialog = Dialog(
        "移除办理过程",
        "已移除。",
        found.suggestion,
        SureForm(sent(request)),
        lambda data: actions.remove_step(step=found, by=user),
        note=f"{found.happened_on} {found.what}",
        is_grave=True,
    )
    return run(request, dialog)


@requires(P.SUGGESTION_VIEW)
@require_GET
def story(request: StaffRequest, pk: int) -> HttpResponse:
    """案件化办理经过: one page of A4."""
    known = Suggestion.objects.visible_to(request.user).select_related("term", "department", "leader")
    suggestion = get_object_or_404(known.prefetch_related(told_apart("proposers__deputy")), pk=pk)
    return render(request, "suggestions/story.html", {"suggestion": suggestion, "story": case_story.of(suggestion)})


def _mine(request: StaffRequest, pk: int) -> tuple[User, Step]:
    visible = Step.objects.filter(suggestion__in=Suggestion.objects.visible_to(request.user))
    return request.user, get_object_or_404(visible.select_related("suggestion"), pk=pk)
