"""What the janitor must know of the photos of persons and of contacts."""

from django.utils import timezone

from common.jobs.registry import keeps_files
from deputies.models import ContactPhoto, Deputy


@keeps_files("faces")
def face_files() -> set[str]:
    rows = Deputy.objects.exclude(photo_file="").values_list("photo_file", "thumb_file")
    return {path for pair in rows for path in pair}


@keeps_files("contact_photos")
def contact_photo_files() -> set[str]:
    """Files of standing photos, and of those removed so lately that undo still works."""
    return ContactPhoto.objects.restorable(timezone.now()).files()
