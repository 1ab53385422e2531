"""The photo of a person. The picture is decoded before the transaction: nobody else waits for it."""

from typing import IO

from django.db import transaction

from common.files import write_whole
from common.photos import prepare
from common.versions import save_version
from deputies import policies
from deputies.models import Deputy
from staff import audit
from staff.models import User


def set_photo(*, deputy: Deputy, upload: IO[bytes], by: User) -> Deputy:
    """A photo, in the place of the one before. Raises ``PhotoRefused``."""
    policies.check_can_keep_photo(by, deputy)
    prepared = prepare(upload)
    files = {size: f"faces/{prepared.sha256[:2]}/{prepared.sha256}-{size}.jpg" for size in ("print", "thumb")}
    write_whole(files["print"], prepared.print_jpeg)
    write_whole(files["thumb"], prepared.thumb_jpeg)
    return _write(deputy, "deputy.photo_set", by, photo_file=files["print"], thumb_file=files["thumb"])


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
