"""The first three accounts of a new house; from then on accounts are made in the browser."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from staff import actions
from staff.models import ADMINISTRATORS, User


class Command(BaseCommand):
    help = "建立系统、安全、审计三位管理员，并显示各自的一次性密码（只显示这一次）。"

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        if User.objects.active().filter(role__in=ADMINISTRATORS).exists():
            raise CommandError("已有在用的管理员，请由他们在“人员”页面建立和启用账号。")
        for role in ADMINISTRATORS:
            user = actions.create_user(by=None, username=str(role), name=role.label)
            password = actions.admit(user=user, role=role, by=None)
            self.stdout.write(f"{role.label}　用户名 {user.username}　一次性密码 {password}")
        self.stdout.write("请三位管理员分别登录并立即修改密码。")
