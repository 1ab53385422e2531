"""What the janitor must know of the photos of persons."""

from common.jobs.registry import keeps_files
from deputies.models import Deputy


@keeps_files("faces")
def face_files() -> set[str]:
    rows = Deputy.objects.exclude(photo_file="").values_list("photo_file", "thumb_file")
    return {path for pair in rows for path in pair}
