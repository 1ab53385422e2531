#!/bin/sh
# The web server. The one place with its options: compose, systemd, the demo and the tests start it here.
# BIND (127.0.0.1:8000), WEB_PROCESSES (2), WEB_THREADS (8): see .env.example.
set -eu
cd "$(dirname "$0")/.."
PATH="$PWD/.venv/bin:$PATH"
# --no-control-socket: it would open one below $HOME. The heartbeat file lives in memory, so that a
# slow disk does not make a healthy worker look dead. Workers are renewed now and then, not all at once.
exec gunicorn liaison.wsgi:application \
    --bind "${BIND:-127.0.0.1:8000}" --worker-class gthread \
    --workers "${WEB_PROCESSES:-2}" --threads "${WEB_THREADS:-8}" \
    --timeout 60 --graceful-timeout 30 --keep-alive 75 \
    --max-requests 5000 --max-requests-jitter 500 \
    --worker-tmp-dir /dev/shm --no-control-socket \
    --access-logfile "${ACCESS_LOG:--}" --log-level "${WEB_LOG_LEVEL:-info}"
