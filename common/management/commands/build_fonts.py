"""``manage.py build_fonts``: cut the portraits' own faces out of Noto CJK, once."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from common import fontbuild


class Command(BaseCommand):
    help = "从系统的 Noto CJK 制作检察印迹用的四个字体文件（约两分钟，一次即可）"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--force", action="store_true", help="已是最新也重做")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if fontbuild.is_current() and not options["force"]:
                self.stdout.write("字体已是最新。")
                return
            started = time.monotonic()
            for number, face in enumerate(fontbuild.build(), start=1):
                self.stdout.write(f"{number}/{len(fontbuild.FACES)}  {face.family} {face.style}")
                self.stdout.flush()
        except fontbuild.NoSource as missing:
            hint = "sudo apt install --no-install-recommends fonts-noto-cjk fontconfig"
            raise CommandError(f"找不到 {missing}。请先执行：{hint}") from missing
        self.stdout.write(f"字体已制好，用时 {time.monotonic() - started:.0f} 秒，下次启动时起用。")
