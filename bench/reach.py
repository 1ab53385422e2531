"""Coverage and the queue with 20,000 people and 1,000,000 contacts on PostgreSQL, beside the bare SQL.

``other`` is the time of one hand-written query on the ledger that answers the same question without the last
contacts; ``ours`` is the function behind the page, all its queries and the Python between them. The best of
interleaved rounds: whatever else the machine does only adds to a time.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "bin")]
ROUNDS = 21
GOAL = "<= 200"

TERM_SQL = """
SELECT t.body, t.level, count(DISTINCT s.deputy_id), count(DISTINCT met.deputy_id),
  count(DISTINCT CASE WHEN met.code = 'visit' THEN met.deputy_id END)
FROM deputies_mandate s JOIN deputies_term t ON t.id = s.term_id LEFT JOIN (
  SELECT cd.deputy_id, m.code, max(c.happened_on) AS last_on FROM deputies_contact c
  JOIN deputies_contactdeputy cd ON cd.contact_id = c.id JOIN deputies_contactmethod m ON m.id = c.method_id
  WHERE c.withdrawn_at IS NULL AND m.is_touch AND c.happened_on >= %s GROUP BY 1, 2
) met ON met.deputy_id = s.deputy_id AND met.last_on >= CASE WHEN %s THEN t.starts_on ELSE met.last_on END
WHERE s.state = 'serving' GROUP BY 1, 2
"""
QUEUE_SQL = """
SELECT d.id, max(c.happened_on) AS last_on, max(CASE WHEN m.code = 'visit' THEN c.happened_on END),
  max(CASE WHEN m.code = 'activity' THEN c.happened_on END)
FROM deputies_deputy d LEFT JOIN deputies_contactdeputy cd ON cd.deputy_id = d.id
LEFT JOIN deputies_contact c ON c.id = cd.contact_id AND c.withdrawn_at IS NULL
LEFT JOIN deputies_contactmethod m ON m.id = c.method_id AND m.is_touch
GROUP BY d.id HAVING max(c.happened_on) IS NULL OR max(c.happened_on) < %s
ORDER BY last_on NULLS FIRST, d.id LIMIT 40
"""

Row = dict[str, Any]


def bench() -> list[Row]:
    import services

    with tempfile.TemporaryDirectory(prefix="zhihe-reach-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)
        with services.postgres(folder) as url, tempfile.NamedTemporaryFile(suffix=".json") as report:
            # Settings are read once per process.
            environment = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "liaison.settings"}
            subprocess.run([sys.executable, __file__, report.name], cwd=ROOT, env=environment, check=True)
            rows: list[Row] = json.loads(Path(report.name).read_text())
            return rows


def measure() -> list[Row]:
    import django

    django.setup()
    from django.core.management import call_command

    from bench.reachhouse.seed import FIRST, TODAY, pour, settle
    from dashboard.queue import queue, scope
    from deputies import stats
    from deputies.models import Term
    from deputies.stats import By, Period
    from staff.models import Role, User

    call_command("migrate", verbosity=0)
    pour()
    settle()
    office, leader = (User.objects.filter(role=role).order_by("pk")[0] for role in (Role.OFFICE, Role.LEADER))
    year, term = Period.of_year(TODAY.year), Period.of_term(Term.objects.get(pk=7), TODAY)

    def table(period: Period, by: By) -> Callable[[], object]:
        return lambda: stats.coverage(period, by, user=office, today=TODAY)

    def line(of: User | None) -> Callable[[], object]:
        return lambda: queue(scope(office, of, TODAY), office, TODAY)

    by_year, by_term = _sql(TERM_SQL, year.first, False), _sql(TERM_SQL, FIRST, True)
    due = _sql(QUEUE_SQL, TODAY)
    return [
        _row("联络覆盖，各届", lambda: stats.coverage_of_terms(user=office, today=TODAY), by_term),
        _row("联络覆盖，本年按层级", table(year, By.LEVEL), by_year),
        _row("联络覆盖，本年按界别、代表团", table(year, By.GROUP), by_year),
        _row("联络覆盖，一届按板块", table(term, By.AREA), by_term),
        _row("联络覆盖，一届按挂钩领导", table(term, By.LEADER), by_term),
        _row("联络覆盖，去年按层级", table(Period.of_year(TODAY.year - 1), By.LEVEL), None),
        _row("联络覆盖，去年按界别、代表团", table(Period.of_year(TODAY.year - 1), By.GROUP), None),
        _row("该联络谁，全院", line(None), due),
        _row("该联络谁，一位领导", line(leader), due),
    ]


def _row(name: str, ours: Callable[[], object], other: Callable[[], object] | None, goal: str = GOAL) -> Row:
    for side in (ours, other):
        if side:
            side()
    times, others = [], []
    for number in range(ROUNDS):
        times.append(_milliseconds(ours))
        if other and number % 7 == 0:  # it takes seconds
            others.append(_milliseconds(other))
    return {
        "name": f"{name}：2 万人、100 万次联络，对照直接查台账的 SQL",
        "ours": round(min(times)),
        "other": round(min(others)) if others else None,
        # The goal is an absolute one: with a ratio in its place it would be compared with that.
        "ratio": None,
        "goal": goal,
        "unit": "毫秒",
    }


def _sql(sql: str, *values: object) -> Callable[[], object]:
    def ask() -> object:
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.fetchall()

    return ask


def _milliseconds(ask: Callable[[], object]) -> float:
    started = time.perf_counter()
    ask()
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(json.dumps(measure(), ensure_ascii=False))
