"""Photos of a contact: on its page, and in a dialog right after logging it."""

from functools import partial

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import condition, require_GET, require_http_methods, require_POST

from deputies import actions, policies
from deputies.forms.photos import ContactPhotoForm
from deputies.models import Contact, ContactPhoto
from deputies.views.contact_page import show, show_photos
from deputies.views.kept_photos import edit_photo, picture, received, show_results, tag_of
from staff.permissions import P, StaffRequest, requires

URLS = "deputies:contact-photo"


@requires(P.CONTACT_LOG)
@require_http_methods(["GET", "POST"])
def photos(request: StaffRequest, pk: int) -> HttpResponse:
    """GET: the dialog, or the photos in it once more (``?part=photos``). POST: files, and what became of each."""
    found = get_object_or_404(Contact.objects.visible_to(request.user), pk=pk)
    if request.method != "POST":
        if not request.htmx:
            return redirect("deputies:contact", pk=pk)
        return show_photos(request, found, "photos" if "part" in request.GET else "photo_dialog")
    policies.check_can_add_photo(request.user, found)
    results = received(request, lambda file: actions.add_contact_photo(contact=found, upload=file, by=request.user))
    return show_results(request, results, partial(show, request, found))


def _etag(request: HttpRequest, pk: int, size: str) -> str | None:
    return tag_of(ContactPhoto.objects.visible_to(request.user), pk, size)


@requires(P.CONTACT_VIEW)
@require_GET
@condition(etag_func=_etag)
def photo(request: StaffRequest, pk: int, size: str) -> HttpResponseBase:
    """The bytes: only here, only for those who may look."""
    return picture(get_object_or_404(ContactPhoto.objects.visible_to(request.user), pk=pk), size)


@requires(P.CONTACT_LOG)
@require_http_methods(["GET", "POST"])
def photo_edit(request: StaffRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(ContactPhoto.objects.visible_to(request.user), pk=pk)
    policies.check_can_manage_photo(request.user, found)
    form = ContactPhotoForm(request.POST or None, instance=found)
    return edit_photo(request, form, URLS, actions.edit_contact_photo) or show_photos(
        request, found.contact, "photos_said", oob=True, said="照片说明已保存。"
    )


@requires(P.CONTACT_LOG)
@require_POST
def photo_remove(request: StaffRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(ContactPhoto.objects.visible_to(request.user), pk=pk)
    actions.remove_contact_photo(photo=found, by=request.user)
    return show_photos(request, found.contact, "photos_said", oob=True, said="照片已移除。", undo=found)


@requires(P.CONTACT_LOG)
@require_POST
def photo_restore(request: StaffRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(ContactPhoto.objects.within_reach_of(request.user), pk=pk)
    actions.restore_contact_photo(photo=found, by=request.user)
    return show_photos(request, found.contact, "photos_said", oob=True, said="照片已恢复。")
