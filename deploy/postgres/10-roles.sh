#!/bin/sh
# Runs once, when the database container makes its data folder.
set -eu
psql -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d "$POSTGRES_DB" \
    -v owner="$POSTGRES_USER" -v app=zhihe_app \
    -v app_password="$APP_DB_PASSWORD" -f /docker-entrypoint-initdb.d/roles.psql
