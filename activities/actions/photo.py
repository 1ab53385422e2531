"""Verbs of photos. The picture is decoded before the transaction: nobody else waits for it."""

from collections.abc import Iterable
from typing import IO, Any

from django.db import transaction

from activities.actions.activity import lock
from activities.models import Activity, Photo
from activities.policies import check_can_add_photo, check_can_manage
from common.photos import keep
from deputies.actions.kept_photos import record_photo, rewrite_photo, set_photo_removed
from deputies.models import Deputy
from staff.models import User


def add_photo(
    *, activity: Activity, upload: IO[bytes], by: User, caption: str = "", deputies: Iterable[Deputy] = ()
) -> Photo:
    """Keep a photo: bytes first, then the row. The same picture sent twice is one photo."""
    check_can_add_photo(by, activity)
    kept = keep(upload, "photos")
    with transaction.atomic():
        activity = lock(activity)
        check_can_add_photo(by, activity)
        return record_photo(Photo, {"activity": activity}, kept, by=by, caption=caption, deputies=deputies)


@transaction.atomic
def edit_photo(
    *, photo: Photo, expected: int, by: User, deputies: Iterable[Deputy] | None = None, **fields: Any
) -> Photo:
    """Caption, who is to be seen, and whether it may be printed."""
    check_can_manage(by, photo.activity)
    rewrite_photo(photo, expected=expected, by=by, deputies=deputies, **fields)
    return photo


def remove_photo(*, photo: Photo, by: User) -> Photo:
    check_can_manage(by, photo.activity)
    set_photo_removed(photo, removed=True, by=by)
    return photo


def restore_photo(*, photo: Photo, by: User) -> Photo:
    check_can_manage(by, photo.activity)
    set_photo_removed(photo, removed=False, by=by)
    return photo
