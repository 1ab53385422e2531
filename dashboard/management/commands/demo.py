"""``manage.py demo``: fill an empty database with the demo district."""

from datetime import date
from random import Random
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from dashboard.demo.first_task import play_first_task
from dashboard.demo.hearings import play_hearings
from dashboard.demo.house import PASSWORD, STAFF, House, build
from dashboard.demo.ledger import play_activities, play_coming, play_contacts
from dashboard.demo.voices import head_letters, play_formal, play_open, play_power_line
from deputies.models import Contact, Deputy
from staff import audit
from staff.models import AuditEvent, Role, User

FILLED = "demo.filled"


def is_demo() -> bool:
    """Was this database filled by this command? The audit trail cannot be rewritten, so it is the witness."""
    return AuditEvent.objects.filter(action=FILLED).exists()


@transaction.atomic
def fill(today: date, *, seed: int) -> House:
    """The whole district, or nothing of it."""
    house = build(today, Random(seed))
    head_letters(house)
    last, this = today.year - 1, today.year
    play_first_task(house, last, slice(0, 4))
    play_first_task(house, this, slice(4, 9))
    play_formal(house, last, slice(0, 4))
    if today >= date(this, 6, 1):
        play_formal(house, this, slice(4, 7))
    for year in (last, this):
        play_contacts(house, year)
        play_activities(house, year)
    play_coming(house)
    play_power_line(house)
    play_open(house)
    play_hearings(house)
    audit.record(FILLED, by=None)
    return house


class Command(BaseCommand):
    help = "在空数据库中填入演示数据；已有真实数据时拒绝执行"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--today", type=date.fromisoformat, help="以哪一天为“今天”（默认为当天）")
        parser.add_argument("--seed", type=int, default=2026, help="随机种子，同一天同一种子得到同样的数据")

    def handle(self, *args: Any, **options: Any) -> None:
        if is_demo():
            self.stdout.write("演示数据已在库中。")
        elif User.objects.exists() or Deputy.objects.exists():
            raise CommandError("数据库中已有真实数据，演示数据不会写入。请换一个空数据库（如另设 VAR_DIR）再试。")
        else:
            started = monotonic()
            fill(options["today"] or timezone.localdate(), seed=options["seed"])
            self.stdout.write(
                f"已填入演示数据：代表委员 {Deputy.objects.count()} 人，联络 {Contact.objects.count()} 次，"
                f"用时 {monotonic() - started:.0f} 秒。"
            )
        self._show_log_ins()

    def _show_log_ins(self) -> None:
        self.stdout.write(f"登录口令均为 {PASSWORD} ：")
        for username, name, role, _, _ in STAFF[:7]:
            self.stdout.write(f"  {username:<14}{Role(role).label}（{name}）")
