"""The photo of a person. The picture is decoded before the transaction: nobody else waits for it."""

from typing import IO

from django.db import transaction

from common.photos import keep
from common.versions import save_version
from deputies import policies
from deputies.models import Deputy
from staff import audit
from staff.models import User


def set_photo(*, deputy: Deputy, upload: IO[bytes], by: User) -> Deputy:
    """A photo, in the place of the one before. Raises ``PhotoRefused``."""
    policies.check_can_keep_photo(by, deputy)
    kept = keep(upload, "faces")
    return _write(deputy, "deputy.photo_set", by, photo_file=kept["print_file"], thumb_file=kept["thumb_file"])


def remove_photo(*, deputy: Deputy, by: User) -> Deputy:
    """The files go with the janitor, unless another row names them."""
    policies.check_can_keep_photo(by, deputy)
    return _write(deputy, "deputy.photo_removed", by, photo_file="", thumb_file="")


@transaction.atomic
def _write(deputy: Deputy, event: str, by: User, **files: str) -> Deputy:
    deputy = Deputy.objects.select_for_update().get(pk=deputy.pk)
    save_version(deputy, expected=deputy.version, **files)
    audit.record(event, by=by, target=deputy)
    return deputy
