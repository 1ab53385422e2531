"""Settings of the test runs: embedded unless DATABASE_URL / REDIS_URL name real servers."""

import tempfile
from pathlib import Path

from liaison.settings import *  # noqa: F403, TID251

VAR_DIR = Path(tempfile.mkdtemp(prefix="zhihe-test-"))
MEDIA_ROOT = VAR_DIR / "media"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
