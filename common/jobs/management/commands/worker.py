"""Works the job list without Redis, or stands by in production for when Redis is away."""

import argparse
import os
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from common.jobs import local


class Command(BaseCommand):
    help = "处理后台任务（不需要 Redis）。生产环境用 --patience 20 作为后备：只处理等待超过 20 秒的任务。"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--processes", type=int, default=min(os.cpu_count() or 1, 4), help="进程数")
        parser.add_argument("--patience", type=int, default=0, help="只处理等待超过这么多秒的任务")

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"后台任务进程已启动（{options['processes']} 个）。")
        try:
            local.serve(processes=options["processes"], patience=timedelta(seconds=options["patience"]))
        except local.AlreadyRunning:
            raise CommandError("这个数据目录已有一个后台任务进程在工作，不能再启动第二个。") from None
        self.stdout.write("后台任务进程已停止。")
