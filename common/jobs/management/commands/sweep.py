"""One sweep and one tidying, for a systemd timer in case Celery's beat is dead."""

from typing import Any

from django.core.management.base import BaseCommand

from common.jobs import janitor, leases


class Command(BaseCommand):
    help = "把中断的后台任务放回队列，唤醒无人处理的任务，清理残留文件。"

    def handle(self, *args: Any, **options: Any) -> None:
        swept, cleaned = leases.sweep(), janitor.clean()
        rung = "已唤醒处理进程" if swept.rung else "无须唤醒"
        self.stdout.write(
            f"放回 {swept.requeued} 件，停止 {swept.failed} 件，{rung}；"
            f"清理临时文件 {cleaned.temporary} 个，无主文件 {cleaned.unnamed} 个。"
        )
