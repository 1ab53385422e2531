#!/bin/sh
# The Celery workers: they make portraits when Redis rings, from the job list in the database.
# WORKER_PROCESSES (2): about 250 MB of memory each. Prefork, never threads: one font map per process.
set -eu
cd "$(dirname "$0")/.."
PATH="$PWD/.venv/bin:$PATH"
exec celery --app liaison worker --pool prefork --concurrency "${WORKER_PROCESSES:-2}" \
    --without-gossip --without-mingle --loglevel "${WORKER_LOG_LEVEL:-INFO}"
