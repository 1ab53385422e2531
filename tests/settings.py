"""Settings of the test runs: embedded unless DATABASE_URL / REDIS_URL name real servers."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from liaison.settings import *  # noqa: F403, TID251

VAR_DIR = Path(tempfile.mkdtemp(prefix="zhihe-test-"))
atexit.register(shutil.rmtree, VAR_DIR, ignore_errors=True)
MEDIA_ROOT = VAR_DIR / "media"
FONT_DIR = VAR_DIR / "fonts"  # not what a developer happens to have built
if "OPTIONS" in DATABASES["default"] and "options" in DATABASES["default"]["OPTIONS"]:  # noqa: F405
    # A test that works outside of the database for a while keeps its transaction, and with it its data.
    DATABASES["default"]["OPTIONS"]["options"] += " -c idle_in_transaction_session_timeout=0"  # noqa: F405
if REDIS_URL:  # noqa: F405
    # Two test processes at once: each has a Redis database of its own.
    _number = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    REDIS_URL = CELERY_BROKER_URL = f"{REDIS_URL.rsplit('/', 1)[0]}/{_number}"  # noqa: F405
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# The cast walks in without a second factor; the tests of that rule switch it on.
MFA_REQUIRED_FOR_ADMINISTRATORS = False
STATIC_ROOT = VAR_DIR  # exists; whitenoise warns otherwise
