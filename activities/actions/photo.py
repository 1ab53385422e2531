"""Verbs of photos. The picture is decoded before the transaction: nobody else waits for it."""

from collections.abc import Iterable
from datetime import datetime
from typing import IO, Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from activities.actions.activity import lock
from activities.models import Activity, Photo
from activities.policies import check_can_add_photo, check_can_manage
from common.denied import Denied
from common.files import write_whole
from common.photos import Prepared, prepare
from common.versions import save_version
from deputies.models import Deputy
from staff import audit
from staff.models import User


def add_photo(
    *, activity: Activity, upload: IO[bytes], by: User, caption: str = "", deputies: Iterable[Deputy] = ()
) -> Photo:
    """Keep a photo: bytes first, then the row. The same picture sent twice is one photo."""
    check_can_add_photo(by, activity)
    prepared = prepare(upload)
    write_whole(_path(prepared, "print"), prepared.print_jpeg)
    write_whole(_path(prepared, "thumb"), prepared.thumb_jpeg)
    return _record(activity, prepared, by=by, caption=caption, deputies=deputies)


@transaction.atomic
def _record(activity: Activity, prepared: Prepared, *, by: User, caption: str, deputies: Iterable[Deputy]) -> Photo:
    activity = lock(activity)
    check_can_add_photo(by, activity)
    if twin := Photo.objects.standing().filter(activity=activity, sha256=prepared.sha256).first():
        return twin
    photo = Photo.objects.create(
        activity=activity,
        print_file=_path(prepared, "print"),
        thumb_file=_path(prepared, "thumb"),
        sha256=prepared.sha256,
        width=prepared.width,
        height=prepared.height,
        caption=caption,
        uploaded_by=by,
    )
    photo.deputies.set(deputies)
    audit.record("photo.added", by=by, target=photo)
    return photo


@transaction.atomic
def edit_photo(
    *, photo: Photo, expected: int, by: User, deputies: Iterable[Deputy] | None = None, **fields: Any
) -> Photo:
    """Caption, who is to be seen, and whether it may be printed."""
    check_can_manage(by, photo.activity)
    save_version(photo, expected=expected, **fields)
    if deputies is not None:
        photo.deputies.set(deputies)
    audit.record("photo.edited", by=by, target=photo)
    return photo


@transaction.atomic
def remove_photo(*, photo: Photo, by: User) -> Photo:
    """Out of sight at once; the files go when undo is no longer possible (30 days)."""
    return _set_removed(photo, timezone.now(), "photo.removed", by=by)


@transaction.atomic
def restore_photo(*, photo: Photo, by: User) -> Photo:
    if not Photo.objects.restorable(timezone.now()).filter(pk=photo.pk).exists():
        raise Denied("照片移除已超过 30 天，文件已清理，不能恢复。请重新上传。")
    try:
        with transaction.atomic():
            return _set_removed(photo, None, "photo.restored", by=by)
    except IntegrityError:
        raise Denied("同一张照片已经重新上传过，不需要恢复。") from None


def _set_removed(photo: Photo, removed_at: datetime | None, event: str, *, by: User) -> Photo:
    check_can_manage(by, photo.activity)
    photo.removed_at = removed_at
    photo.save(update_fields=["removed_at"])
    audit.record(event, by=by, target=photo)
    return photo


def _path(prepared: Prepared, size: str) -> str:
    """Named by content, so a second try writes the same file."""
    return f"photos/{prepared.sha256[:2]}/{prepared.sha256}-{size}.jpg"
