"""The photo of a person: shown, put in, taken away."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import condition, require_GET, require_http_methods, require_POST

from common.files import DiskFull
from common.photos import PhotoRefused
from deputies import actions, policies
from deputies.forms.people import PhotoForm
from deputies.models import Deputy
from deputies.views.answers import dialog, done
from deputies.views.kept_photos import jpeg
from staff.permissions import P, StaffRequest, requires


def _etag(request: HttpRequest, pk: int, size: str) -> str | None:
    found = Deputy.objects.visible_to(request.user).filter(pk=pk).values_list("photo_file", flat=True).first()
    return f'"{found.rpartition("/")[2]}-{size}"' if found else None


@requires(P.DEPUTY_VIEW)
@require_GET
@condition(etag_func=_etag)
def photo(request: StaffRequest, pk: int, size: str) -> HttpResponseBase:
    """The bytes: only here, only for those who may look."""
    deputy = get_object_or_404(Deputy.objects.visible_to(request.user).exclude(photo_file=""), pk=pk)
    return jpeg(deputy.photo_file, deputy.thumb_file, size, filename=f"{deputy.name}.jpg")


@requires(P.DEPUTY_EDIT)
@require_http_methods(["GET", "POST"])
def photo_edit(request: StaffRequest, pk: int) -> HttpResponse:
    deputy = get_object_or_404(Deputy.objects.visible_to(request.user), pk=pk)
    policies.check_can_keep_photo(request.user, deputy)
    file = reverse("deputies:file", args=[pk])
    form = PhotoForm(request.POST or None, request.FILES or None) if request.method == "POST" else PhotoForm()
    if form.is_valid():
        try:
            actions.set_photo(deputy=deputy, upload=form.cleaned_data["photo"], by=request.user)
            return done(request, "照片已保存", file)
        except (PhotoRefused, DiskFull) as refusal:
            form.add_error("photo", str(refusal))
    return dialog(request, form, title=f"{deputy.name}的照片", back=file)


@requires(P.DEPUTY_EDIT)
@require_POST
def photo_remove(request: StaffRequest, pk: int) -> HttpResponse:
    deputy = get_object_or_404(Deputy.objects.visible_to(request.user), pk=pk)
    actions.remove_photo(deputy=deputy, by=request.user)
    return done(request, "照片已移除", reverse("deputies:file", args=[pk]))
