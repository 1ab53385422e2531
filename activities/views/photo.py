from functools import partial

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import condition, require_GET, require_http_methods, require_POST

from activities import actions, policies
from activities.forms import PhotoForm
from activities.models import Activity, Photo
from activities.views.pages import show
from deputies.views.kept_photos import edit_photo, picture, received, show_results, tag_of
from staff.permissions import P, StaffRequest, requires


@requires(P.ACTIVITY_EDIT)
@require_POST
def photos(request: StaffRequest, pk: int) -> HttpResponse:
    activity = get_object_or_404(Activity.objects.editable_by(request.user), pk=pk)
    policies.check_can_add_photo(request.user, activity)
    results = received(request, lambda file: actions.add_photo(activity=activity, upload=file, by=request.user))
    return show_results(request, results, partial(show, request, activity))


def _etag(request: HttpRequest, pk: int, size: str) -> str | None:
    return tag_of(Photo.objects.visible_to(request.user), pk, size)


@requires(P.ACTIVITY_VIEW)
@require_GET
@condition(etag_func=_etag)
def photo(request: StaffRequest, pk: int, size: str) -> HttpResponseBase:
    """The bytes: only here, only for those who may look."""
    found = get_object_or_404(Photo.objects.visible_to(request.user), pk=pk)
    return picture(found, size)


@requires(P.ACTIVITY_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def photo_edit(request: StaffRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Photo.objects.editable_by(request.user).standing(), pk=pk)
    policies.check_can_manage(request.user, found.activity)
    form = PhotoForm(request.POST or None, instance=found)
    return edit_photo(request, form, "activities:photo", actions.edit_photo) or show(
        request, found.activity, part="photos_said", oob=True, said="照片说明已保存。"
    )


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
