from typing import cast

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import condition, require_GET, require_http_methods, require_POST

from activities import actions, policies
from activities.forms import PhotoForm
from activities.models import Activity, Photo
from activities.views.pages import show
from common.conflicts import conflict
from common.denied import Stale
from common.files import DiskFull, guarded_response
from common.photos import PhotoRefused
from staff.permissions import P, StaffRequest, requires


@requires(P.ACTIVITY_EDIT)
@require_POST
def photos(request: StaffRequest, pk: int) -> HttpResponse:
    """Any number of files. Each has its own result; a bad one never takes good ones with it."""
    activity = get_object_or_404(Activity.objects.editable_by(request.user), pk=pk)
    policies.check_can_add_photo(request.user, activity)
    uploads = cast(list[UploadedFile], request.FILES.getlist("photo"))
    results = [(upload.name, _keep(request, activity, upload)) for upload in uploads]
    if not results:
        results = [("", "没有选择照片。")]
    status = 200 if any(not refusal for _, refusal in results) else 422
    return show(request, activity, part="results" if request.htmx else "", results=results, status=status)


def _keep(request: StaffRequest, activity: Activity, upload: UploadedFile) -> str:
    """Nothing if it was kept, else why not."""
    try:
        actions.add_photo(activity=activity, upload=upload, by=request.user)
    except (PhotoRefused, DiskFull) as refusal:
        return str(refusal)
    return ""


def _etag(request: HttpRequest, pk: int, size: str) -> str | None:
    found = Photo.objects.visible_to(request.user).filter(pk=pk).values_list("sha256", flat=True).first()
    return f'"{found}-{size}"' if found else None


@requires(P.ACTIVITY_VIEW)
@require_GET
@condition(etag_func=_etag)
def photo(request: StaffRequest, pk: int, size: str) -> HttpResponseBase:
    """The bytes: only here, only for those who may look. The browser asks each time and mostly gets 304."""
    found = get_object_or_404(Photo.objects.visible_to(request.user), pk=pk)
    files = {"print": found.print_file, "thumb": found.thumb_file}
    if size not in files:
        raise Http404
    answer = guarded_response(files[size], filename=f"照片{pk}.jpg", content_type="image/jpeg", inline=True)
    answer["Cache-Control"] = "private, no-cache"
    return answer


@requires(P.ACTIVITY_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def photo_edit(request: StaffRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Photo.objects.editable_by(request.user).standing(), pk=pk)
    policies.check_can_manage(request.user, found.activity)
    form = PhotoForm(request.POST or None, instance=found)
    if request.method != "POST":
        return _photo_form(request, form)
    if not form.is_valid():
        return _photo_form(request, form, status=400 if "version" in form.errors else 422)
    try:
        actions.edit_photo(photo=found, expected=form.cleaned_data["version"], by=request.user, **form.facts())
    except Stale:
        found.refresh_from_db()
        return conflict(request, "activities/photo_form.html", form, found, {"photo": found})
    return show(request, found.activity, part="photos_said", oob=True, said="照片说明已保存。")


@requires(P.ACTIVITY_EDIT)
@require_POST
def photo_remove(request: StaffRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Photo.objects.editable_by(request.user).standing(), pk=pk)
    actions.remove_photo(photo=found, by=request.user)
    return show(request, found.activity, part="photos_said", oob=True, said="照片已移除。", undo=found)


@requires(P.ACTIVITY_EDIT)
@require_POST
def photo_restore(request: StaffRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Photo.objects.editable_by(request.user), pk=pk)
    actions.restore_photo(photo=found, by=request.user)
    return show(request, found.activity, part="photos_said", oob=True, said="照片已恢复。")


def _photo_form(request: StaffRequest, form: PhotoForm, *, status: int = 200) -> HttpResponse:
    return render(request, "activities/photo_form.html", {"form": form, "photo": form.instance}, status=status)
