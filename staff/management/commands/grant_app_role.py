"""The narrower database role that web and worker use (PostgreSQL)."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from psycopg import sql

# Run after each migrate, as the owner of the tables.
GRANTS = [
    "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
    "GRANT USAGE ON SCHEMA public TO {role}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
    "REVOKE ALL ON staff_auditevent, django_migrations FROM {role}",
    "GRANT SELECT, INSERT ON staff_auditevent TO {role}",
    "GRANT SELECT ON django_migrations TO {role}",
]


class Command(BaseCommand):
    help = "给应用数据库角色（APP_DB_ROLE）授权：审计表只能查询和追加，其余表可读写，不能改表结构。"

    def handle(self, *args: Any, **options: Any) -> None:
        role = settings.APP_DB_ROLE
        if connection.vendor != "postgresql" or not role:
            raise CommandError("只用于 PostgreSQL，并须设置 APP_DB_ROLE。")
        with connection.cursor() as cursor:
            self._check(cursor, role)
            for grant in GRANTS:
                cursor.execute(sql.SQL(grant).format(role=sql.Identifier(role)))
        self.stdout.write(f"已给数据库角色 {role} 授权。")

    def _check(self, cursor: Any, role: str) -> None:
        """An owner, or a member of the owner, could take the protection off again."""
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = %s", [role])
        found = cursor.fetchone()
        if found is None:
            raise CommandError(f"数据库中没有角色 {role}，请先由数据库管理员执行 CREATE ROLE。")
        cursor.execute(
            "SELECT pg_has_role(%s, tableowner, 'MEMBER') FROM pg_tables WHERE tablename = 'staff_auditevent'", [role]
        )
        if found[0] or cursor.fetchone()[0]:
            raise CommandError(f"角色 {role} 是超级用户或表的所有者，不能作为应用角色。")
