"""The audit trail: complete in words, closed to change, without a value on the auditor's page."""

import ast
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client

from staff import append_only, audit
from staff.models import AuditEvent, User
from staff.words import ACTIONS
from tests.factories import PASSWORD

ROOT = Path(__file__).resolve().parents[2]
APPS = ["common", "staff", "deputies", "activities", "suggestions", "profiles", "intake", "dashboard"]
TABLE = "staff_auditevent"


@pytest.fixture
def event(office: User) -> AuditEvent:
    return audit.record("contact.logged", by=office, changes={"note": ["旧内容", "新内容"]})


def sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


ATTACKS: dict[str, Callable[[AuditEvent], object]] = {
    "save": lambda event: event.save(),
    "delete": lambda event: event.delete(),
    "update": lambda event: AuditEvent.objects.update(actor_name="别人"),
    "bulk_update": lambda event: AuditEvent.objects.bulk_update([event], ["actor_name"]),
    "delete all": lambda event: AuditEvent.objects.all().delete(),
    "raw update": lambda event: sql(f"UPDATE {TABLE} SET actor_name = 'x'"),
    "raw update of nothing but the time": lambda event: sql(f"UPDATE {TABLE} SET at = '2020-01-01'"),
    "raw delete": lambda event: sql(f"DELETE FROM {TABLE}"),
}
SQLITE_ATTACKS: dict[str, str] = {
    "replace": f"REPLACE INTO {TABLE} SELECT * FROM {TABLE}",
    "insert or replace": f"INSERT OR REPLACE INTO {TABLE} SELECT * FROM {TABLE}",
    "update or replace": f"UPDATE OR REPLACE {TABLE} SET id = id",
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_nobody_changes_or_deletes_an_event(attack: str, event: AuditEvent) -> None:
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        ATTACKS[attack](event)
    assert AuditEvent.objects.get().actor_name == "王办"


@pytest.mark.parametrize("attack", SQLITE_ATTACKS)
def test_sqlite_s_own_ways_around_a_trigger_are_closed(attack: str, event: AuditEvent) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("SQLite's syntax")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        sql(SQLITE_ATTACKS[attack])


@pytest.mark.postgres
def test_nobody_truncates_the_trail(event: AuditEvent) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        sql(f"TRUNCATE {TABLE}")


def test_without_the_triggers_the_same_attack_succeeds(event: AuditEvent) -> None:
    append_only.lift(connection)
    AuditEvent.objects.update(actor_name="别人")
    assert AuditEvent.objects.get().actor_name == "别人"


def test_an_event_goes_when_its_write_is_undone(office: User) -> None:
    with transaction.atomic():
        audit.record("contact.logged", by=office)
        transaction.set_rollback(True)
    assert not AuditEvent.objects.exists()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_transactional_test_leaves_the_triggers_on() -> None:
    """Runs before and after a flush; the attacks above fail if the guard were gone afterwards."""
    audit.record("contact.logged", by=None)
    with pytest.raises(DatabaseError):
        AuditEvent.objects.all().delete()


def test_log_in_and_log_out_are_recorded_with_the_address(office: User) -> None:
    client = Client(REMOTE_ADDR="10.1.1.1")
    client.post("/accounts/login/", {"login": office.username, "password": PASSWORD})
    client.post("/accounts/logout/")
    seen = list(AuditEvent.objects.order_by("pk").values_list("action", "actor_name", "address"))
    assert seen == [("session.opened", "王办", "10.1.1.1"), ("session.closed", "王办", "10.1.1.1")]


def test_the_auditor_sees_words_and_field_names_but_no_value(
    event: AuditEvent, auditor: User, login: Callable[[User], Client]
) -> None:
    page = login(auditor).get("/audit/").content.decode()
    assert "登记联络" in page
    assert "note" in page
    assert "旧内容" not in page
    assert "新内容" not in page


def test_the_auditor_narrows_by_person_action_object_and_day(
    event: AuditEvent, chief: User, auditor: User, login: Callable[[User], Client]
) -> None:
    audit.record("suggestion.replied", by=chief, target=chief)
    client = login(auditor)

    def count(**query: str) -> str:
        page = client.get("/audit/", query).content.decode()
        return page.split('data-count="')[1].split('"')[0]

    assert count() == "3"  # with the auditor's own log-in
    assert count(who="陈") == "1"
    assert count(action="contact.logged") == "1"
    assert count(what="陈检") == "1"
    assert count(first="2999-01-01") == "0"
    assert count(last="2000-01-01") == "0"


def test_every_recorded_action_has_a_chinese_word() -> None:
    """Any string that looks like an action of ours, wherever it stands in a module that writes the trail."""
    prefixes = {action.split(".")[0] for action in ACTIONS}
    missing = {
        f"{path.relative_to(ROOT)}: {text}"
        for app in APPS
        for path in (ROOT / app).rglob("*.py")
        for text in _actions_in(path, prefixes)
        if text not in ACTIONS
    }
    assert missing == set()


def _actions_in(path: Path, prefixes: set[str]) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and _is_record(node.func) and node.args:
            found |= {part.value for part in ast.walk(node.args[0]) if isinstance(part, ast.Constant)}
        if isinstance(node, ast.Call):
            found |= {arg.value for arg in node.args if _looks_like_action(arg, prefixes)}
    return {text for text in found if isinstance(text, str)}


def _is_record(func: ast.expr) -> bool:
    return isinstance(func, ast.Attribute) and func.attr == "record" and getattr(func.value, "id", "") == "audit"


def _looks_like_action(arg: ast.expr, prefixes: set[str]) -> bool:
    if not (isinstance(arg, ast.Constant) and isinstance(arg.value, str) and arg.value.count(".") == 1):
        return False
    prefix, verb = arg.value.split(".")
    return prefix in prefixes and verb.isidentifier() and verb not in {"html", "css", "js", "svg"}
