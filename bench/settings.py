"""Settings of the job benches: the job brick with a kind of its own, nothing of the product."""

from liaison.settings import *  # noqa: F403, TID251
from liaison.settings import env  # noqa: TID251

INSTALLED_APPS = ["django.contrib.contenttypes", "common", "common.jobs", "bench.chaosapp"]
AUTHENTICATION_BACKENDS: list[str] = []
JOBS_TIME_LIMIT = env.int("JOBS_TIME_LIMIT", default=90)
ROOT_URLCONF = "bench.chaosapp"
MIDDLEWARE: list[str] = []
TEMPLATES: list[dict[str, object]] = []
