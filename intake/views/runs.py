"""One import from the file to its result: upload, watch, look, decide, confirm, undo."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from common.denied import allowed
from common.files import DiskFull
from common.http import paginate
from common.jobs import queue
from common.sheets import download
from intake import actions, policies, progress, sheets
from intake.forms import ChoicesForm, DecisionForm, HeadingsForm, UploadForm
from intake.models import ImportRun, Outcome
from intake.overview import OutcomeTab, facts_of, lines_of, tabs_of
from intake.workbook import WorkbookRefused
from intake.workflow import OPEN, RunState
from staff import audit
from staff.permissions import P, StaffRequest, requires

SHOWN = 50


@requires(P.IMPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: StaffRequest) -> HttpResponse:
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST" and form.is_valid():
        try:
            file = form.cleaned_data["file"]
            run = actions.upload(
                source=file, size=file.size, name=file.name, by=request.user, kind=form.cleaned_data["kind"]
            )
            return redirect("intake:run", run.pk)
        except (WorkbookRefused, DiskFull) as refusal:
            form.add_error("file", str(refusal))
    runs = ImportRun.objects.visible_to(request.user).select_related("by", "undone_by")
    context = {
        "form": form,
        "open": runs.exclude(state__in=[RunState.DONE, RunState.UNDOING, RunState.UNDONE]).order_by("-pk"),
        "page": paginate(request, runs.exclude(state__in=[*OPEN, RunState.REFUSED]).order_by("-done_at", "-pk"), 20),
    }
    return render(request, "intake/index.html", context, status=422 if form.is_bound else 200)


@requires(P.IMPORT)
@require_GET
def run(request: StaffRequest, pk: int) -> HttpResponse:
    """Everything is read from the tables: a reload or another screen shows the same."""
    found = _found(request, pk)
    return render(request, f"intake/run.html{_part(request)}", _context(request, found))


@requires(P.IMPORT)
@require_POST
def decide(request: StaffRequest, pk: int) -> HttpResponse:
    """Kind, hidden rows, who is meant, what a heading means: then the file is read again."""
    found = _found(request, pk)
    policies.check_is_open(found)
    form, headings = DecisionForm(request.POST), HeadingsForm(request.POST, run=found)
    who = ChoicesForm(request.POST, rows=_asking(found))
    if not (form.is_valid() and headings.is_valid() and who.is_valid()):
        raise BadRequest("页面上的选项已经变化，请刷新页面后重新选择。")
    for kind, heading, means in headings.meanings():
        actions.remember_heading(kind=kind, heading=heading, means=means, by=request.user)
    forget = "forget" in request.POST
    actions.decide(run=found, by=request.user, chosen=who.chosen(), forget=forget, **form.facts())
    return redirect("intake:run", pk)


@requires(P.IMPORT)
@require_POST
def confirm(request: StaffRequest, pk: int) -> HttpResponse:
    actions.confirm(run=_found(request, pk), by=request.user)
    return redirect("intake:run", pk)


@requires(P.IMPORT)
@require_POST
def discard(request: StaffRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    actions.discard(run=found, by=request.user)
    messages.success(request, f"已放弃“{found.file_name}”，没有导入任何内容。")
    return redirect("intake:list")


@requires(P.IMPORT)
@require_POST
def undo(request: StaffRequest, pk: int) -> HttpResponse:
    actions.ask_undo(run=_found(request, pk), by=request.user)
    return redirect("intake:run", pk)


@requires(P.IMPORT)
@require_GET
def errors(request: StaffRequest, pk: int) -> HttpResponse:
    """To be mended and imported again."""
    found = _found(request, pk)
    audit.exported("import", by=request.user, query=f"run={pk}", rows=found.counts.get("errors", 0))
    return download(sheets.error_book(found), f"待改正-{found.file_name.rpartition('.')[0]}.xlsx")


def _found(request: StaffRequest, pk: int) -> ImportRun:
    return get_object_or_404(ImportRun.objects.visible_to(request.user).select_related("by", "undone_by"), pk=pk)


def _part(request: StaffRequest) -> str:
    if not request.htmx:
        return ""
    return "#rows" if request.htmx.target == "rows" else "#state"


def _asking(found: ImportRun) -> Any:
    return found.rows.filter(outcome=Outcome.ERROR).exclude(choices=[])


def _context(request: StaffRequest, found: ImportRun) -> dict[str, Any]:
    wanted = request.GET.get("show", "")
    tabs = tabs_of(found, wanted)
    if not any(tab.key == wanted for tab in tabs):
        raise BadRequest("没有这样的筛选。")
    page = paginate(request, OutcomeTab.rows(found, wanted), SHOWN)
    asking = [row for row in page if row.choices and found.state == RunState.READY]
    done, total = progress.rows_done(found)
    who = ChoicesForm(rows=asking)
    return {
        "run": found,
        "tabs": tabs,
        "show": wanted,
        "page": page,
        "lines": lines_of(found, page, who),
        "asking": bool(asking),
        "headings": HeadingsForm(run=found),
        "facts": facts_of(found),
        "idle": found.is_working and queue.unheard(found.scope),
        "done": done,
        "total": total,
        "can_confirm": allowed(policies.check_can_confirm, request.user, found),
        "can_undo": found.state == RunState.DONE and allowed(policies.check_can_undo, request.user, found),
    }
