"""Making portraits: choose, watch, try again, call off."""

from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from common.jobs import queue
from deputies.forms import chosen_deputies
from profiles import actions
from profiles.forms import PortraitForm, Scope
from profiles.models import Portrait, PortraitRun
from profiles.workflow import PortraitState
from staff.permissions import P, StaffRequest, requires

# What needs somebody first, then what is still to come, then what is there.
ORDER = [PortraitState.FAILED, PortraitState.REQUESTED, PortraitState.READY]


@requires(P.PORTRAIT_MAKE)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """Each change of the form asks for ``#preview``: how many there will be, and who has nothing to show."""
    today = timezone.localdate()
    if request.method == "POST":
        form = PortraitForm(request.POST, today=today, user=request.user)
        if form.is_valid() and form.selection:
            key = form.cleaned_data["idempotency_key"]
            chosen = form.selection
            run = actions.request_portraits(
                deputies=chosen.deputies,
                year=form.cleaned_data["year"],
                by=request.user,
                selection=chosen.words,
                idempotency_key=key,
            )
            return redirect("profiles:run", run.pk)
        return _form_page(request, form, status=422)
    if request.htmx and "scope" in request.GET:
        form = PortraitForm(request.GET, today=today, user=request.user)
        form.is_valid()
        return render(request, "profiles/new.html#preview", {"form": form})
    initial: dict[str, object] = {"year": request.GET.get("year", today.year), "idempotency_key": uuid4()}
    if request.GET.get("deputy"):  # from the person's file
        initial |= {"scope": Scope.PERSONS, "deputies": request.GET.getlist("deputy")}
    return _form_page(request, PortraitForm(initial=initial, today=today, user=request.user))


@requires(P.PORTRAIT_VIEW)
@require_GET
def run(request: StaffRequest, pk: int) -> HttpResponse:
    """The page reads everything from the tables, so a reload or another screen shows the same."""
    found = get_object_or_404(PortraitRun.objects.visible_to(request.user), pk=pk)
    return _progress(request, found, "#progress" if request.htmx else "")


@requires(P.PORTRAIT_MAKE)
@require_POST
def retry(request: StaffRequest, pk: int) -> HttpResponse:
    portrait = get_object_or_404(Portrait.objects.visible_to(request.user), pk=pk)
    actions.retry(portrait=portrait, by=request.user)
    return _again(request, portrait.run)


@requires(P.PORTRAIT_MAKE)
@require_POST
def retry_failed(request: StaffRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(PortraitRun.objects.visible_to(request.user), pk=pk)
    for portrait in found.portraits.failed():
        actions.retry(portrait=portrait, by=request.user)
    return _again(request, found)


@requires(P.PORTRAIT_MAKE)
@require_POST
def cancel(request: StaffRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(PortraitRun.objects.visible_to(request.user), pk=pk)
    actions.cancel(run=found, by=request.user)
    return _again(request, found)


def _again(request: StaffRequest, run: PortraitRun) -> HttpResponse:
    return _progress(request, run, "#progress") if request.htmx else redirect("profiles:run", run.pk)


def _progress(request: StaffRequest, run: PortraitRun, part: str) -> HttpResponse:
    portraits = list(run.portraits.select_related("deputy").order_by("deputy__pinyin", "pk"))
    portraits.sort(key=lambda portrait: ORDER.index(PortraitState(portrait.state)))
    count = {state: sum(portrait.state == state for portrait in portraits) for state in PortraitState}
    running = queue.progress(run.batch).running
    context = {
        "run": run,
        "portraits": portraits,
        "total": len(portraits),
        "ready": count[PortraitState.READY],
        "failed": count[PortraitState.FAILED],
        "running": running,
        "waiting": max(count[PortraitState.REQUESTED] - running, 0),
        "finished": not count[PortraitState.REQUESTED],
        "idle": not running and queue.unheard(run.batch),
    }
    return render(request, f"profiles/run.html{part}", context)


def _form_page(request: StaffRequest, form: PortraitForm, *, status: int = 200) -> HttpResponse:
    picked = chosen_deputies(form["deputies"])
    return render(request, "profiles/new.html", {"form": form, "picked": picked}, status=status)
