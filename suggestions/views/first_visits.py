"""One visit of the 第一任务: its plan, its result."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from deputies.models.deputy import told_apart
from deputies.views.answers import done
from deputies.views.dialogs import edit_in_dialog
from staff.permissions import P, StaffRequest, requires
from suggestions import actions
from suggestions.first_task import policies
from suggestions.first_task.proposal import items_of
from suggestions.forms.first_task import PlanForm, ResultForm
from suggestions.models import FirstVisit


@requires(P.SUGGESTION_REGISTER)
@require_http_methods(["GET", "POST"])
def plan(request: StaffRequest, pk: int) -> HttpResponse:
    visit = _visit(request, pk)
    policies.check_can_plan(request.user, visit)
    return _edit(request, visit, PlanForm, actions.plan_visit, f"安排走访{visit.deputy}", "已保存安排")


@requires(P.CONTACT_LOG)
@require_http_methods(["GET", "POST"])
def result(request: StaffRequest, pk: int) -> HttpResponse:
    """Recorded once, or corrected: the contact in the ledger follows."""
    visit = _visit(request, pk)
    policies.check_can_record(request.user, visit, timezone.localdate())
    return _edit(request, visit, ResultForm, actions.record_visit, f"走访{visit.deputy}的结果", "走访结果已登记")


@requires(P.CONTACT_LOG)
@require_POST
def undo(request: StaffRequest, pk: int) -> HttpResponse:
    visit = actions.undo_visit(visit=_visit(request, pk), by=request.user)
    return done(request, f"已撤销{visit.deputy}的走访结果，联络台账随之撤回", _address(visit))


@requires(P.SUGGESTION_REGISTER)
@require_POST
def drop(request: StaffRequest, pk: int) -> HttpResponse:
    visit = actions.drop(visit=_visit(request, pk), by=request.user)
    return done(request, f"{visit.deputy}不列入名单，可以在下方放回", _address(visit))


@requires(P.SUGGESTION_REGISTER)
@require_POST
def put_back(request: StaffRequest, pk: int) -> HttpResponse:
    visit = actions.put_back(visit=_visit(request, pk), by=request.user)
    return done(request, f"已把{visit.deputy}放回名单", _address(visit))


def _edit(
    request: StaffRequest,
    visit: FirstVisit,
    form_class: type[PlanForm] | type[ResultForm],
    act: Callable[..., FirstVisit],
    title: str,
    said: str,
) -> HttpResponse:
    items = items_of(request.user, visit.deputy, visit.task.year, timezone.localdate())
    form = form_class(request.POST or None, instance=visit, items=items)

    def save(**facts: Any) -> str:
        act(visit=visit, by=request.user, **facts)
        return said

    return edit_in_dialog(request, form, title=title, back=_address(visit), save=save, items=items)


def _visit(request: StaffRequest, pk: int) -> FirstVisit:
    mine = FirstVisit.objects.visible_to(request.user).select_related("task", "leader", "opinion")
    return get_object_or_404(mine.prefetch_related(told_apart("deputy"), "company"), pk=pk)


def _address(visit: FirstVisit) -> str:
    return reverse("suggestions:first-task-year", args=[visit.task.year])
