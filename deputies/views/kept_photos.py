"""What the pages of contacts and of activities have in common: photos that come in and photos that are shown."""

from collections.abc import Callable
from typing import Any, cast

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render

from common.conflicts import conflict
from common.denied import Stale
from common.files import DiskFull, guarded_response
from common.photos import PhotoRefused
from deputies.forms.photos import KeptPhotoForm
from deputies.models import KeptPhoto
from deputies.models.photo import KeptPhotoQuerySet
from deputies.views.answers import refuse_lost_version
from staff.permissions import StaffRequest

# The name of each file, and why it was refused (nothing if it was kept).
Results = list[tuple[str, str]]


def received(request: StaffRequest, add: Callable[[UploadedFile], object]) -> Results:
    """Any number of files. Each has its own result; a bad one never takes good ones with it."""
    uploads = cast(list[UploadedFile], request.FILES.getlist("photo"))
    return [(upload.name or "", _refusal(upload, add)) for upload in uploads] or [("", "没有选择照片。")]


def show_results(request: StaffRequest, results: Results, page: Callable[..., HttpResponse]) -> HttpResponse:
    """To the script the results alone; without it the whole ``page`` with them."""
    status = 200 if any(not refusal for _, refusal in results) else 422
    if request.htmx:
        return render(request, "components/photos.html#results", {"results": results}, status=status)
    return page(results=results, status=status)


def tag_of(photos: KeptPhotoQuerySet[Any], pk: int, size: str) -> str | None:
    found = photos.filter(pk=pk).values_list("sha256", flat=True).first()
    return f'"{found}-{size}"' if found else None


def picture(photo: KeptPhoto, size: str) -> HttpResponseBase:
    return jpeg(photo.print_file, photo.thumb_file, size, filename=f"照片{photo.pk}.jpg")


def jpeg(print_file: str, thumb_file: str, size: str, *, filename: str) -> HttpResponseBase:
    """The bytes, for those whom the caller has let through. The browser asks each time and mostly gets 304."""
    files = {"print": print_file, "thumb": thumb_file}
    if size not in files:
        raise Http404
    answer = guarded_response(files[size], filename=filename, content_type="image/jpeg", inline=True)
    answer["Cache-Control"] = "private, no-cache"
    return answer


def edit_photo(
    request: StaffRequest, form: KeptPhotoForm, urls: str, save: Callable[..., object]
) -> HttpResponse | None:
    """The dialog in which a photo is described; None once it is saved. ``urls`` names the address of a picture."""
    template, context = "components/photo_form.html", {"photo": form.instance, "urls": urls}
    if request.method == "POST" and form.is_valid():
        try:
            save(photo=form.instance, expected=form.cleaned_data["version"], by=request.user, **form.facts())
        except Stale:
            form.instance.refresh_from_db()
            return conflict(request, template, form, form.instance, context)
        return None
    refuse_lost_version(form)
    return render(request, template, context | {"form": form}, status=422 if form.is_bound else 200)


def _refusal(upload: UploadedFile, add: Callable[[UploadedFile], object]) -> str:
    try:
        add(upload)
    except (PhotoRefused, DiskFull) as refusal:
        return str(refusal)
    return ""
