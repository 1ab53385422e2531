#!/bin/sh
# The clock: every 30 seconds it rings for jobs that were forgotten. One is enough, a second does no harm.
set -eu
cd "$(dirname "$0")/.."
PATH="$PWD/.venv/bin:$PATH"
schedule="${VAR_DIR:-$PWD/var}/beat-schedule"
mkdir -p "$(dirname "$schedule")"
exec celery --app liaison beat --schedule "$schedule" --pidfile= --loglevel "${WORKER_LOG_LEVEL:-INFO}"
