"""暂缓联络: set from the queue or from the file, undone from the toast or from the file."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import trigger_client_event

from deputies import actions
from deputies.forms.pauses import PauseForm
from deputies.models import Deputy, Pause
from deputies.views.answers import dialog, told
from staff.permissions import P, StaffRequest, requires


@requires(P.CONTACT_LOG)
@require_http_methods(["GET", "POST"])
def pause(request: StaffRequest, pk: int) -> HttpResponse:
    deputy = get_object_or_404(Deputy.objects.visible_to(request.user), pk=pk)
    today, file = timezone.localdate(), reverse("deputies:file", args=[pk])
    form = PauseForm(request.POST or None, today=today, initial={"until": today + timedelta(days=30)})
    if not form.is_valid():
        return dialog(request, form, title=f"暂缓联络{deputy.name}", back=file)
    set_now = actions.pause(deputy=deputy, by=request.user, **form.facts())
    sentence = f"已暂缓联络{deputy.name}至{set_now.until:%Y-%m-%d}"
    undo = reverse("deputies:pause-lift", args=[set_now.pk])
    response = told(request, sentence, back=file, event="contactsChanged", undo_url=undo)
    return trigger_client_event(response, "closeDialog") if request.htmx else response


@requires(P.CONTACT_LOG)
@require_POST
def lift(request: StaffRequest, pk: int) -> HttpResponse:
    known = Pause.objects.filter(deputy__in=Deputy.objects.visible_to(request.user))
    lifted = actions.lift_pause(pause=get_object_or_404(known, pk=pk), by=request.user)
    file = reverse("deputies:file", args=[lifted.deputy_id])
    return told(request, f"已取消对{lifted.deputy}的暂缓", back=file, event="contactsChanged")
