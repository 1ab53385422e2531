"""The page of one contact: the same context for the whole page and for the fragments of its photos."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from common.denied import allowed
from deputies import policies
from deputies.models import Contact, ContactPhoto
from deputies.models.deputy import told_apart
from staff.models import User
from staff.permissions import StaffRequest


def show(request: StaffRequest, contact: Contact, *, status: int = 200, **more: Any) -> HttpResponse:
    opinions = contact.opinions.select_related("field", "recorded_by")
    context = {
        "contact": contact,
        "opinions": opinions.prefetch_related(told_apart("deputy")).order_by("pk"),
        "follow_ups": contact.follow_ups.select_related("owner", "done_by").order_by("due_on"),
        "ours_present": contact.ours.select_related("user", "department").order_by("pk"),
        "can_edit": allowed(policies.check_can_edit_contact, request.user, contact),
        "can_withdraw": allowed(policies.check_can_withdraw, request.user, contact, timezone.now()),
        "can_restore": allowed(policies.check_can_restore, request.user, contact),
    }
    context |= _photos(request.user, contact) | more
    return render(request, "deputies/contact.html", context, status=status)


def show_photos(request: StaffRequest, contact: Contact, part: str = "photos", **more: Any) -> HttpResponse:
    """``photos``, the ``dialog`` with them, or ``photos_said``: with a word on what was done."""
    context = {"contact": contact} | _photos(request.user, contact) | more
    return render(request, f"deputies/contact.html#{part}", context)


def _photos(user: User, contact: Contact) -> dict[str, Any]:
    shown = ContactPhoto.objects.visible_to(user).filter(contact=contact).select_related("contact", "uploaded_by")
    photos = shown.prefetch_related(told_apart("deputies")).order_by("id")
    return {
        "photos": photos,
        "ours": {photo.pk for photo in photos if allowed(policies.check_can_manage_photo, user, photo)},
        "can_add_photo": allowed(policies.check_can_add_photo, user, contact),
    }
