"""PostgreSQL: web and worker connect as a role that can add to the audit trail and do nothing else to it."""

from collections.abc import Iterator

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from staff import audit
from staff.models import AuditEvent, Department, User

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="two roles exist on PostgreSQL only"),
]
ROLE = "zhihe_app_of_the_tests"
TABLE = "staff_auditevent"
ATTACKS = [
    f"UPDATE {TABLE} SET actor_name = 'x'",
    f"DELETE FROM {TABLE}",
    f"TRUNCATE {TABLE}",
    f"ALTER TABLE {TABLE} DISABLE TRIGGER ALL",
    f"DROP TRIGGER staff_auditevent_append_only ON {TABLE}",
    f"DROP TABLE {TABLE} CASCADE",
    "CREATE OR REPLACE FUNCTION staff_audit_append_only() RETURNS trigger LANGUAGE sql AS 'SELECT NEW'",
    f"ALTER TABLE {TABLE} OWNER TO {ROLE}",
    f"GRANT ALL ON {TABLE} TO {ROLE}; UPDATE {TABLE} SET actor_name = 'x'",
    "SET session_replication_role = replica",
    f"INSERT INTO {TABLE} SELECT * FROM {TABLE} ON CONFLICT (id) DO UPDATE SET actor_name = 'x'",
    "CREATE TABLE public.mine (id int)",
]


@pytest.fixture
def as_app(db: None, settings: pytest.FixtureRequest) -> Iterator[None]:
    """Everything below is done as the narrower role."""
    settings.APP_DB_ROLE = ROLE
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {ROLE}")
        call_command("grant_app_role", verbosity=0)
        cursor.execute(f"SET ROLE {ROLE}")
        yield
        cursor.execute("RESET ROLE")


def test_the_application_adds_events_and_works_with_other_tables(as_app: None) -> None:
    department = Department.objects.create(name="第三检察部")
    audit.record("department.created", by=None, target=department)
    department.delete()
    assert AuditEvent.objects.count() == 1


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_application_cannot_touch_the_trail(attack: str, as_app: None) -> None:
    audit.record("contact.logged", by=None)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(attack)
    assert AuditEvent.objects.get().actor_name == "系统"


def test_an_owner_is_refused_as_application_role(office: User, settings: pytest.FixtureRequest) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        settings.APP_DB_ROLE = cursor.fetchone()[0]
    with pytest.raises(CommandError, match="不能作为应用角色"):
        call_command("grant_app_role")
