"""Photos of contacts; the first three functions serve the photos of activities as well.

The picture is decoded before the transaction: nobody else waits for it. Callers check who may.
"""

from collections.abc import Iterable
from typing import IO, Any, TypeVar

from django.db import IntegrityError, transaction
from django.utils import timezone

from common.denied import Denied
from common.photos import keep
from common.versions import save_version
from deputies import policies
from deputies.models import Contact, ContactPhoto, Deputy, KeptPhoto
from deputies.models.photo import KeptPhotoQuerySet
from staff import audit
from staff.models import User

OnePhoto = TypeVar("OnePhoto", bound=KeptPhoto)


def record_photo(
    model: type[OnePhoto],
    owner: dict[str, Any],
    kept: dict[str, Any],
    *,
    by: User,
    caption: str,
    deputies: Iterable[Deputy],
) -> OnePhoto:
    """The row of a picture that is written already. The same picture sent twice is one photo.

    The caller holds the lock of what the photo is of.
    """
    if twin := model._base_manager.filter(**owner, sha256=kept["sha256"], removed_at=None).first():
        return twin
    photo = model._base_manager.create(**owner, **kept, caption=caption, uploaded_by=by)
    photo.deputies.set(deputies)
    audit.record("photo.added", by=by, target=photo)
    return photo


def rewrite_photo(
    photo: KeptPhoto, *, expected: int, by: User, deputies: Iterable[Deputy] | None, **fields: Any
) -> None:
    save_version(photo, expected=expected, **fields)
    if deputies is not None:
        photo.deputies.set(deputies)
    audit.record("photo.edited", by=by, target=photo)


def set_photo_removed(photo: KeptPhoto, *, removed: bool, by: User) -> None:
    """Out of sight at once; the files go when undo is no longer possible (30 days)."""
    now = timezone.now()
    if not removed and not KeptPhotoQuerySet(type(photo)).restorable(now).filter(pk=photo.pk).exists():
        raise Denied("照片移除已超过 30 天，文件已清理，不能恢复。请重新上传。")
    photo.removed_at = now if removed else None
    try:
        with transaction.atomic():
            photo.save(update_fields=["removed_at"])
            audit.record("photo.removed" if removed else "photo.restored", by=by, target=photo)
    except IntegrityError:
        raise Denied("同一张照片已经重新上传过，不需要恢复。") from None


def add_contact_photo(
    *, contact: Contact, upload: IO[bytes], by: User, caption: str = "", deputies: Iterable[Deputy] = ()
) -> ContactPhoto:
    """Raises ``PhotoRefused``."""
    policies.check_can_add_photo(by, contact)
    kept = keep(upload, "contact_photos")
    with transaction.atomic():
        contact = Contact.objects.select_for_update().get(pk=contact.pk)
        policies.check_can_add_photo(by, contact)
        return record_photo(ContactPhoto, {"contact": contact}, kept, by=by, caption=caption, deputies=deputies)


@transaction.atomic
def edit_contact_photo(
    *, photo: ContactPhoto, expected: int, by: User, deputies: Iterable[Deputy] | None = None, **fields: Any
) -> ContactPhoto:
    """Caption, who is to be seen, and whether it may be printed."""
    policies.check_can_manage_photo(by, photo)
    rewrite_photo(photo, expected=expected, by=by, deputies=deputies, **fields)
    return photo


def remove_contact_photo(*, photo: ContactPhoto, by: User) -> ContactPhoto:
    policies.check_can_manage_photo(by, photo)
    set_photo_removed(photo, removed=True, by=by)
    return photo


def restore_contact_photo(*, photo: ContactPhoto, by: User) -> ContactPhoto:
    policies.check_can_manage_photo(by, photo)
    set_photo_removed(photo, removed=False, by=by)
    return photo
