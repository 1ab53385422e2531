"""What the janitor must know of photos."""

from django.utils import timezone

from activities.models import Photo
from common.jobs.registry import keeps_files


@keeps_files("photos")
def photo_files() -> set[str]:
    """Files of standing photos, and of those removed so lately that undo still works."""
    return Photo.objects.restorable(timezone.now()).files()
