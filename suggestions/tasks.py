"""What the janitor must know of the scans."""

from common.jobs.registry import keeps_files
from suggestions.actions.scans import FOLDER
from suggestions.models import Scan


@keeps_files(FOLDER)
def scan_files() -> set[str]:
    """Of removed scans only the row is kept; the same file may stand elsewhere."""
    return set(Scan.objects.standing().values_list("file", flat=True))
