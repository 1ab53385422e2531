#!/bin/sh
# Bring the database up to this version, as the owner of its tables (OWNER_DATABASE_URL).
set -eu
cd "$(dirname "$0")/.."
PATH="$PWD/.venv/bin:$PATH"
export DATABASE_URL="${OWNER_DATABASE_URL:-${DATABASE_URL:-}}"
python manage.py migrate --noinput
python manage.py check --deploy --fail-level WARNING
