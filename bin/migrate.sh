#!/bin/sh
# Bring the database up to this version, as the owner of its tables (OWNER_DATABASE_URL), and let the
# application's narrower role (APP_DB_ROLE) at the new tables.
set -eu
cd "$(dirname "$0")/.."
PATH="$PWD/.venv/bin:$PATH"
export DATABASE_URL="${OWNER_DATABASE_URL:-${DATABASE_URL:-}}"
python manage.py migrate --noinput
[ -z "${APP_DB_ROLE:-}" ] || python manage.py grant_app_role
python manage.py check --deploy --fail-level WARNING
