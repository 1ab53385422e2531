from profiles.views.files import archive, download
from profiles.views.portraits import index, verify
from profiles.views.runs import cancel, new, retry, retry_failed, run

__all__ = ["archive", "cancel", "download", "index", "new", "retry", "retry_failed", "run", "verify"]
