"""The database itself refuses to change the audit trail; only adding rows is possible.

SQLite has triggers alone. On PostgreSQL they are the second line: the first is that web and worker connect as a
role with no right but SELECT and INSERT on the table (``manage.py grant_app_role``), so they can neither empty the
table nor take the triggers off.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

_SQLITE = {
    "no_update": "BEFORE UPDATE ON staff_auditevent",
    "no_delete": "BEFORE DELETE ON staff_auditevent",
    # INSERT OR REPLACE deletes the old row without firing the trigger above.
    "no_replace": "BEFORE INSERT ON staff_auditevent WHEN EXISTS (SELECT 1 FROM staff_auditevent WHERE id = NEW.id)",
}
_SQLITE_BODY = "BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END"

_POSTGRES_FUNCTION = """
    CREATE OR REPLACE FUNCTION staff_audit_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'the audit trail is append-only' USING ERRCODE = 'restrict_violation';
    END $$
"""
_POSTGRES_TRIGGER = """
    CREATE TRIGGER staff_auditevent_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON staff_auditevent
    FOR EACH STATEMENT EXECUTE FUNCTION staff_audit_append_only()
"""


def impose(connection: BaseDatabaseWrapper) -> None:
    """Put the triggers on."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name, event in _SQLITE.items():
                cursor.execute(f"CREATE TRIGGER staff_auditevent_{name} {event} {_SQLITE_BODY}")
        else:
            cursor.execute(_POSTGRES_FUNCTION)
            cursor.execute(_POSTGRES_TRIGGER)


def lift(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers off: for undoing the migration, and for tests that empty the whole database."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name in _SQLITE:
                cursor.execute(f"DROP TRIGGER IF EXISTS staff_auditevent_{name}")
        else:
            cursor.execute("DROP TRIGGER IF EXISTS staff_auditevent_append_only ON staff_auditevent")
