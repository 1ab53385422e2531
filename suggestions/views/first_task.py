"""第一任务: the page of one year, and what is done with its list."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from common.denied import allowed
from common.forms import possible_keys
from common.quotes import titled
from common.sheets import xlsx_response
from deputies.views.answers import dialog, done
from staff import audit
from staff.models import User
from staff.permissions import P, StaffRequest, may, requires
from suggestions import actions, sheets
from suggestions.filters import FirstVisitFilter
from suggestions.first_task import policies
from suggestions.first_task.proposal import propose
from suggestions.first_task.years import years
from suggestions.forms.first_task import AddPersonForm, ConfirmForm, SendBackForm
from suggestions.models import FirstTask, FirstVisit, Holiday, Suggestion, VisitState

FIRST = 2000


@requires(P.SUGGESTION_VIEW)
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    return _page(request, timezone.localdate().year)


@requires(P.SUGGESTION_VIEW)
@require_GET
def of_year(request: StaffRequest, year: int) -> HttpResponse:
    return _page(request, _known(year))


@requires(P.SUGGESTION_VIEW)
@require_GET
def export(request: StaffRequest, year: int) -> HttpResponse:
    task = _task(request, year)
    chosen = _filtered(request, task)
    rows = list(sheets.first_visit_rows(chosen.qs.with_names()))
    audit.exported("first_task", by=request.user, query=f"{year}　{chosen.query}", rows=len(rows))
    note = f"{task}　{chosen.in_words()}；共{len(rows)}人"
    return xlsx_response(f"{year}年第一任务走访结果", sheets.FIRST_VISIT_HEADINGS, rows, note=note)


@requires(P.SUGGESTION_REGISTER)
@require_POST
def draw_up(request: StaffRequest, year: int) -> HttpResponse:
    """The ticked persons of the proposal become the list."""
    sent = request.POST.getlist("deputies")
    keys = possible_keys(sent)
    if len(keys) < len(sent):
        raise BadRequest("所选代表委员有误，请刷新页面后重新选择。")
    task = actions.draw_up(year=_known(year), chosen={int(key) for key in keys}, by=request.user)
    listed = task.visits.listed().count()
    return done(request, f"已拟定{year}年名单，列入{listed}人，可以继续调整", _address(task))


@requires(P.SUGGESTION_REGISTER)
@require_http_methods(["GET", "POST"])
def add_person(request: StaffRequest, year: int) -> HttpResponse:
    task = _task(request, year)
    policies.check_can_change(request.user, task)
    form = AddPersonForm(request.POST or None)
    if not form.is_valid():
        return dialog(request, form, title="添加代表委员", back=_address(task))
    visit = actions.add_person(task=task, by=request.user, **form.facts())
    return done(request, f"已把{visit.deputy}加入名单", _address(task))


@requires(P.SUGGESTION_REGISTER)
@require_POST
def fix(request: StaffRequest, year: int) -> HttpResponse:
    task = actions.fix_list(task=_task(request, year), by=request.user)
    return done(request, "名单已定稿，请检察长审定", _address(task))


@requires(P.SUGGESTION_REGISTER)
@require_POST
def reopen(request: StaffRequest, year: int) -> HttpResponse:
    task = actions.reopen_list(task=_task(request, year), by=request.user)
    return done(request, "名单可以重新拟定，改好后请再次送审", _address(task))


@requires(P.SUGGESTION_APPROVE)
@require_http_methods(["GET", "POST"])
def confirm(request: StaffRequest, year: int) -> HttpResponse:
    return _decide(request, year, ConfirmForm, actions.confirm_list, "审定名单", "名单已审定")


@requires(P.SUGGESTION_APPROVE)
@require_http_methods(["GET", "POST"])
def send_back(request: StaffRequest, year: int) -> HttpResponse:
    return _decide(request, year, SendBackForm, actions.send_list_back, "退回修改", "名单已退回办公室修改")


def _decide(
    request: StaffRequest,
    year: int,
    form_class: type[forms.Form],
    act: Callable[..., FirstTask],
    title: str,
    said: str,
) -> HttpResponse:
    task = _task(request, year)
    policies.check_can_decide(request.user, task)
    form: Any = form_class(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return dialog(request, form, title=title, back=_address(task))
    act(task=task, by=request.user, **form.facts())
    return done(request, said, _address(task))


def _page(request: StaffRequest, year: int) -> HttpResponse:
    today, user = timezone.localdate(), request.user
    task = FirstTask.objects.visible_to(user).filter(year=year).first()
    side_by_side = years(user)
    context: dict[str, Any] = {
        "year": year,
        "today": today,
        "task": task,
        "years": side_by_side,
        "others": sorted({each.task.year for each in side_by_side} | {today.year, today.year + 1}, reverse=True),
        "figures": next((each for each in side_by_side if each.task == task), None),
    }
    context |= _listed(request, task) if task else _proposed(user, year)
    return render(request, "suggestions/first_task.html", context)


def _listed(request: StaffRequest, task: FirstTask) -> dict[str, Any]:
    user, today, chosen = request.user, timezone.localdate(), _filtered(request, task)
    dropped = FirstVisit.objects.visible_to(user).filter(task=task, state=VisitState.DROPPED)
    counted = Holiday.objects.calendar().first_workday_after_spring_festival(task.year)
    return {
        "day": task.the_day,
        "moved_to": counted if counted != task.the_day else None,
        "filter": chosen,
        "visits": _rows(chosen.qs.with_names(), task, user),
        "dropped": dropped.with_names() if may(user, P.SUGGESTION_REGISTER) else [],
        "can_change": allowed(policies.check_can_change, user, task),
        "can_fix": allowed(policies.check_can_fix, user, task),
        "can_reopen": allowed(policies.check_can_reopen, user, task),
        "can_decide": allowed(policies.check_can_decide, user, task),
        "is_past": bool(task.the_day and task.the_day <= today),
    }


def _proposed(user: User, year: int) -> dict[str, Any]:
    """Nobody has drawn up a list yet: leaders and the office see whom the voices of last year name."""
    today = timezone.localdate()
    sees_all = may(user, P.DASHBOARD)
    return {
        "day": Holiday.objects.calendar().first_workday_after_spring_festival(year),
        "proposed": propose(user, year, today) if sees_all and year == today.year else [],
        "can_draw_up": allowed(policies.check_can_draw_up, user, year, today),
    }


@dataclass(frozen=True)
class Row:
    """A visit with the buttons that this reader has. ``reasons`` lead to the item they name, ``others`` are the items
    that no reason names; an item that the reader may not open has no address."""

    visit: FirstVisit
    reasons: list[tuple[str, str]]
    others: list[tuple[str, str]]
    can_plan: bool
    can_drop: bool
    can_record: bool
    can_undo: bool


def _rows(visits: Iterable[FirstVisit], task: FirstTask, user: User) -> list[Row]:
    mine = Suggestion.objects.visible_to(user).filter(first_visits__task=task)
    known, today = set(mine.values_list("pk", flat=True)), timezone.localdate()
    return [_row(visit, task, user, known, today) for visit in visits]


def _row(visit: FirstVisit, task: FirstTask, user: User, known: set[int], today: date) -> Row:
    visit.task = task  # one and the same for all, which has counted its day
    items = {titled(item.title): item for item in visit.suggestions.all()}
    addresses = {name: _address_of(item, known) for name, item in items.items()}
    told = {words: next((name for name in items if name in words), "") for words in visit.reasons}
    return Row(
        visit,
        reasons=[(words, addresses.get(name, "")) for words, name in told.items()],
        others=[(name, addresses[name]) for name in items if name not in told.values()],
        can_plan=allowed(policies.check_can_plan, user, visit),
        can_drop=allowed(policies.check_can_drop, user, visit),
        can_record=allowed(policies.check_can_record, user, visit, today),
        can_undo=allowed(policies.check_can_undo, user, visit),
    )


def _address_of(item: Suggestion, known: set[int]) -> str:
    return reverse("suggestions:detail", args=[item.pk]) if item.pk in known else ""


def _filtered(request: StaffRequest, task: FirstTask) -> FirstVisitFilter:
    mine = FirstVisit.objects.visible_to(request.user).filter(task=task).listed()
    return FirstVisitFilter(request.GET, queryset=mine, today=timezone.localdate())


def _task(request: StaffRequest, year: int) -> FirstTask:
    return get_object_or_404(FirstTask.objects.visible_to(request.user), year=year)


def _known(year: int) -> int:
    if not FIRST <= year <= timezone.localdate().year + 1:
        raise Http404
    return year


def _address(task: FirstTask) -> str:
    return reverse("suggestions:first-task-year", args=[task.year])
