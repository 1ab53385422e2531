"""``manage.py make_portraits``: the year's portraits without a browser, through the ordinary action and worker."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from common.files import media_path
from deputies.models import Deputy, Origin
from profiles import actions
from profiles.models import PortraitRun
from profiles.selection import with_something_to_show
from staff.models import Role, User
from suggestions.models import Proposer


class Command(BaseCommand):
    help = "为当年联络最多的若干位代表委员生成检察印迹，等待后台生成完毕并打印文件路径"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--count", type=int, default=3, help="份数（默认 3）")
        parser.add_argument("--year", type=int, help="年度（默认当年）")
        parser.add_argument("--timeout", type=float, default=180, help="最多等待多少秒（默认 180）")

    def handle(self, *args: Any, **options: Any) -> None:
        year = options["year"] or timezone.localdate().year
        deputies = busiest(year, options["count"])
        if not deputies:
            raise CommandError(f"{year}年没有可以生成印迹的代表委员。")
        run = actions.request_portraits(
            deputies=deputies, year=year, by=_office(), selection=f"{year}年命令行生成 {len(deputies)} 份"
        )
        if not self._wait(run, options["timeout"]):
            raise CommandError("没有等到全部生成完毕。请确认后台服务（manage.py worker）正在运行。")
        self._report(run)

    def _wait(self, run: PortraitRun, seconds: float) -> bool:
        end = time.monotonic() + seconds
        while run.portraits.requested().exists():
            if time.monotonic() > end:
                return False
            time.sleep(0.5)
        return True

    def _report(self, run: PortraitRun) -> None:
        for portrait in run.portraits.ready().order_by("pk"):
            self.stdout.write(str(media_path(portrait.file)))
        failed = run.portraits.failed()
        if failed:
            raise CommandError("\n".join(portrait.reason for portrait in failed))


def busiest(year: int, count: int) -> list[Deputy]:
    """Those of whom most is known; of equals the first in the roster, so that a second run takes the same."""
    met = Q(contacts__happened_on__year=year, contacts__withdrawn_at=None, contacts__method__is_touch=True)
    spoke = Proposer.objects.filter(deputy=OuterRef("pk"), suggestion__received_on__year__lte=year)
    known = with_something_to_show(Deputy.objects.all(), year).annotate(
        meetings=Count("contacts", filter=met, distinct=True),
        activities=Count("contacts", filter=met & Q(contacts__origin=Origin.ACTIVITY), distinct=True),
        suggestions=Coalesce(Subquery(spoke.values("deputy").annotate(times=Count("pk")).values("times")), 0),
    )
    told = F("meetings") + F("activities") + 4 * F("suggestions")  # a suggestion has steps, replies, evaluations
    return list(known.order_by(told.desc(), "pk")[:count])


def _office() -> User:
    """Whoever may ask for portraits: the office, else the chief."""
    for role in (Role.OFFICE, Role.CHIEF):
        if user := User.objects.filter(role=role, is_active=True).order_by("pk").first():
            return user
    raise CommandError("还没有办公室或检察长账号，请先建立账号。")
