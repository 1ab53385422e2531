from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from activities import actions, policies, sheets
from activities.filters import WHENS, ActivityFilter
from activities.forms import ActivityEditForm, ActivityForm
from activities.models import Activity
from activities.views.pages import show
from common.conflicts import conflict
from common.denied import Stale
from common.http import paginate
from common.quotes import quoted
from common.sheets import xlsx_response
from deputies.models import Deputy
from staff import audit
from staff.permissions import P, StaffRequest, requires


def _filtered(request: StaffRequest) -> ActivityFilter:
    visible = Activity.objects.visible_to(request.user)
    return ActivityFilter(request.GET, queryset=visible, today=timezone.localdate())


@requires(P.ACTIVITY_VIEW)
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    filters = _filtered(request)
    rows = filters.rows.with_counts().select_related("kind", "host")
    context = {
        "filters": filters,
        "page": paginate(request, rows),
        "count": filters.rows.count(),
        "today": timezone.localdate(),
        "tabs": [(None, "全部"), *WHENS],
        "when": request.GET.get("when") or None,
        "filtered": bool(filters.chosen),
        "person": filters.chosen.get("came"),
    }
    return render(request, "activities/list.html", context)


@requires(P.ACTIVITY_VIEW)
@require_GET
def export(request: StaffRequest) -> HttpResponse:
    filters = _filtered(request)
    count = filters.rows.count()
    audit.exported("activity", by=request.user, query=filters.query, rows=count)
    note = f"{filters.in_words()}　共 {count} 场　{timezone.localdate():%Y-%m-%d} 导出"
    return xlsx_response("活动台账", sheets.HEADINGS, sheets.rows(filters.rows), note=note)


@requires(P.ACTIVITY_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    form = ActivityForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        activity = actions.schedule(by=request.user, **form.facts())
        messages.success(request, f"活动{quoted(activity.title)}已登记。")
        return redirect("activities:detail", activity.pk)
    return _form_page(request, form, status=422 if form.is_bound else 200)


@requires(P.ACTIVITY_VIEW)
@require_GET
def detail(request: StaffRequest, pk: int) -> HttpResponse:
    activity = get_object_or_404(Activity.objects.visible_to(request.user).select_related("kind", "host"), pk=pk)
    part = "photos" if request.htmx and request.GET.get("part") == "photos" else ""
    return show(request, activity, part=part)


@requires(P.ACTIVITY_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: StaffRequest, pk: int) -> HttpResponse:
    activity = get_object_or_404(Activity.objects.editable_by(request.user), pk=pk)
    policies.check_can_edit(request.user, activity)
    form = ActivityEditForm(request.POST or None, instance=activity, user=request.user)
    if request.method != "POST":
        return _form_page(request, form)
    if not form.is_valid():
        return _form_page(request, form, status=400 if "version" in form.errors else 422)
    try:
        actions.edit(activity=activity, expected=form.cleaned_data["version"], by=request.user, **form.facts())
    except Stale:
        activity.refresh_from_db()
        return conflict(request, "activities/form.html", form, activity, {}, user=request.user)
    messages.success(request, "修改已保存。")
    return redirect("activities:detail", pk)


@requires(P.ACTIVITY_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: StaffRequest, pk: int) -> HttpResponse:
    activity = get_object_or_404(Activity.objects.editable_by(request.user), pk=pk)
    if request.method != "POST":
        policies.check_can_close(request.user, activity, timezone.localdate())
        return show(request, activity, part="close_dialog")
    actions.close(activity=activity, by=request.user)
    came = activity.attendances.came().count()
    messages.success(request, f"活动已办结，{came} 人次的联络已写入联络台账。")
    return redirect("activities:detail", pk)


@requires(P.ACTIVITY_EDIT)
@require_POST
def reopen(request: StaffRequest, pk: int) -> HttpResponse:
    activity = get_object_or_404(Activity.objects.editable_by(request.user), pk=pk)
    actions.reopen(activity=activity, by=request.user)
    messages.success(request, "活动已重新打开。修改后请再次办结，联络记录会随之更新，不会重复。")
    return redirect("activities:detail", pk)


@requires(P.ACTIVITY_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: StaffRequest, pk: int) -> HttpResponse:
    activity = get_object_or_404(Activity.objects.editable_by(request.user), pk=pk)
    if request.method != "POST":
        policies.check_can_cancel(request.user, activity)
        return show(request, activity, part="cancel_dialog")
    actions.cancel(activity=activity, by=request.user)
    messages.success(request, "活动已取消。如取消有误，可以重新打开。")
    return redirect("activities:detail", pk)


@requires(P.ACTIVITY_VIEW)
@require_GET
def of_deputy(request: StaffRequest, pk: int) -> HttpResponse:
    """For the person's file: what he or she came to, and what lies ahead. Never a list of what was missed."""
    deputy = get_object_or_404(Deputy.objects.visible_to(request.user), pk=pk)
    visible = Activity.objects.visible_to(request.user).select_related("kind")
    attended = visible.attended_by(deputy.pk).order_by("-held_on", "-id")
    context = {
        "deputy": deputy,
        "coming": visible.coming(timezone.localdate()).expecting(deputy.pk).order_by("held_on", "id"),
        "attended": attended[:10],
        "count": attended.count(),
    }
    return render(request, "activities/of_deputy.html", context)


def _form_page(request: StaffRequest, form: ActivityForm, *, status: int = 200) -> HttpResponse:
    return render(request, "activities/form.html", {"form": form}, status=status)
