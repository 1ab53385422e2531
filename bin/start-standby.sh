#!/bin/sh
# The stand-by: reads the job list itself and takes what nobody took for 15 seconds. With Redis, Celery or beat
# dead the work is still done; otherwise it idles. It needs the database only.
set -eu
cd "$(dirname "$0")/.."
PATH="$PWD/.venv/bin:$PATH"
exec python manage.py worker --processes "${STANDBY_PROCESSES:-1}" --patience 15
