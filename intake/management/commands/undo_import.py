"""``manage.py undo_import RUN``: take back a whole run."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from common.denied import Denied
from intake import actions
from intake.models import ImportRun


class Command(BaseCommand):
    help = "整次撤销一次导入；其后又有新内容的，说明原因，不撤销"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("run", type=int, help="导入编号")

    def handle(self, *args: Any, **options: Any) -> None:
        run = ImportRun.objects.filter(pk=options["run"]).select_related("by").first()
        if run is None:
            raise CommandError("没有这次导入。")
        try:
            actions.undo_import(run=run, by=run.by)
        except Denied as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"{run}已整次撤销。")
