from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_POST

from activities import actions, policies
from activities.forms import InviteForm
from activities.models import Activity, Attendance, Response
from activities.views.pages import show
from staff.permissions import P, StaffRequest, requires


@requires(P.ACTIVITY_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: StaffRequest, pk: int) -> HttpResponse:
    activity = get_object_or_404(Activity.objects.editable_by(request.user), pk=pk)
    policies.check_can_edit(request.user, activity)
    form = InviteForm(request.POST or None, user=request.user)
    if request.method != "POST":
        return show(request, activity, part="invite_dialog", form=form)
    if not form.is_valid():
        return show(request, activity, part="invite_dialog", form=form, status=422)
    actions.invite(activity=activity, deputies=form.cleaned_data["deputies"], by=request.user)
    return show(request, activity, part="people_said", oob=True, said="邀请名单已更新。")


@requires(P.ACTIVITY_EDIT)
@require_POST
def uninvite(request: StaffRequest, pk: int) -> HttpResponse:
    attendance = get_object_or_404(Attendance.objects.editable_by(request.user), pk=pk)
    activity = actions.uninvite(attendance=attendance, by=request.user)
    return show(request, activity, part="people")


@requires(P.ACTIVITY_EDIT)
@require_POST
def response(request: StaffRequest, pk: int) -> HttpResponse:
    """What the invited person answered; the row comes back as it is stored."""
    attendance = get_object_or_404(Attendance.objects.editable_by(request.user), pk=pk)
    answer = request.POST.get("response", "")
    if answer not in Response.values:
        return HttpResponse("请选择回复：已邀请、参加或请假。", status=422)
    attendance = actions.respond(attendance=attendance, response=Response(answer), by=request.user)
    return _row(request, attendance)


@requires(P.ACTIVITY_EDIT)
@require_POST
def came(request: StaffRequest, pk: int) -> HttpResponse:
    """One tap at the door. The button shows what is stored, so a tap that was lost is seen as not ticked."""
    attendance = get_object_or_404(Attendance.objects.editable_by(request.user), pk=pk)
    ticked = request.POST.get("came", "")
    if ticked not in {"1", "0"}:
        return HttpResponse("请选择是否到场。", status=422)
    attendance = actions.mark(attendance=attendance, came=ticked == "1", by=request.user)
    return _row(request, attendance)


@requires(P.ACTIVITY_EDIT)
@require_POST
def tick(request: StaffRequest, pk: int) -> HttpResponse:
    """The whole list: everybody who did not decline, or nobody."""
    activity = get_object_or_404(Activity.objects.editable_by(request.user), pk=pk)
    everybody = activity.attendances.exclude(response=Response.DECLINED).values_list("deputy_id", flat=True)
    whole = {"all": list(everybody), "none": []}
    if (choice := request.POST.get("whole", "")) not in whole:
        return HttpResponse("请选择全部到场或全部清除。", status=422)
    activity = actions.tick(activity=activity, came=whole[choice], by=request.user)
    return show(request, activity, part="people")


def _row(request: StaffRequest, attendance: Attendance) -> HttpResponse:
    return show(request, attendance.activity, part="row_and_tally", attendance=attendance, oob_tally=True)
