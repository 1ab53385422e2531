"""Between two tests that commit, all tables are emptied and the seeds put back: here in a tenth of Django's time."""

from collections import defaultdict
from typing import Any

import pytest
from django.core import serializers
from django.core.serializers.base import DeserializedObject
from django.db import models, transaction
from django.db.backends.base.creation import BaseDatabaseCreation
from django.db.backends.postgresql.base import DatabaseOperations as PostgresOperations
from django.db.backends.sqlite3.base import DatabaseOperations as SqliteOperations

from staff import append_only


def quick(patch: pytest.MonkeyPatch) -> None:
    flush = SqliteOperations.execute_sql_flush

    def flush_with_audit(self: SqliteOperations, statements: list[str]) -> None:
        """The append-only trail refuses to be emptied."""
        append_only.lift(self.connection)
        flush(self, statements)
        append_only.impose(self.connection)

    patch.setattr(SqliteOperations, "execute_sql_flush", flush_with_audit)
    patch.setattr(PostgresOperations, "sql_flush", deletions)
    patch.setattr(BaseDatabaseCreation, "deserialize_db_from_string", put_back)


def deletions(self: PostgresOperations, style: Any, tables: list[str], **options: bool) -> list[str]:
    """TRUNCATE makes a new file for each table. A replica fires no trigger: not of foreign keys, not of the trail."""
    deleted = [f"DELETE FROM {self.quote_name(table)}" for table in tables]
    return ["SET LOCAL session_replication_role = replica", *deleted] if tables else []


def put_back(self: BaseDatabaseCreation, data: str) -> None:
    """One query for each table, where Django asks two for each row. Before the first emptying the rows are there."""
    rows: dict[type[models.Model], list[DeserializedObject]] = defaultdict(list)
    alias = self.connection.alias
    for row in serializers.deserialize("json", data, using=alias):
        rows[type(row.object)].append(row)
    with transaction.atomic(using=alias), self.connection.constraint_checks_disabled():
        for model, found in rows.items():
            model._base_manager.using(alias).bulk_create([row.object for row in found], ignore_conflicts=True)
            assert not any(values for row in found for values in (row.m2m_data or {}).values()), model
        self.connection.check_constraints(table_names=[model._meta.db_table for model in rows])
