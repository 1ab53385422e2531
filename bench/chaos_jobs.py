"""500 jobs while everything around them dies; clicks while Redis refuses or freezes.

    python bench/chaos_jobs.py                 all parts
    python bench/chaos_jobs.py production      PostgreSQL + Redis + Celery + stand-by
    python bench/chaos_jobs.py clicks          Redis frozen, then gone
    python bench/chaos_jobs.py embedded        SQLite and the local worker

Private servers in a temporary folder, bounded in time; every process it started is ended. Exit 1 if a goal is missed.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "bin")]
from bench.chaosapp.staff import crash_postgres, office  # noqa: E402

JOBS = 500
KILLS = 10
LIMIT_SECONDS = 400
PARTS = ("production", "clicks", "embedded")


def bench() -> list[dict[str, object]]:
    """Each part in its own process, because settings are read once per process."""
    return [row for part in PARTS for row in _in_own_process(part)]


def _in_own_process(part: str) -> list[dict[str, object]]:
    with tempfile.NamedTemporaryFile(suffix=".json") as report:
        subprocess.run([sys.executable, __file__, part, report.name], cwd=ROOT, timeout=LIMIT_SECONDS * 2)
        return json.loads(Path(report.name).read_text())  # empty, thus an error, if the part fell over


def figure(name: str, ours: float, goal: str, unit: str) -> dict[str, object]:
    return {"name": name, "ours": ours, "other": None, "ratio": None, "goal": goal, "unit": unit}


# --- asking and counting --------------------------------------------------------------------


def click(jobs: int, batch: str, seconds: float = 0.0) -> float:
    """What a view does, timed: the jobs of one click in one transaction, then the bell."""
    from django.db import transaction

    from common.jobs.queue import enqueue_all

    started = time.monotonic()
    with transaction.atomic():
        enqueue_all("chaos", {f"{batch}:{number}": {"seconds": seconds} for number in range(jobs)}, batch=batch)
    return time.monotonic() - started


def done(batch: str) -> int:
    """How many are done; -1 while the database restarts."""
    from django.db import DatabaseError, InterfaceError, connection

    from common.jobs.queue import progress

    try:
        return progress(batch).done
    except (DatabaseError, InterfaceError):
        connection.close()
        return -1


def work_off(batch: str, total: int, troubles: list[tuple[int, Callable[[], None]]] | None = None) -> float:
    """Wait until all are done; each trouble happens when so many are done. Seconds, or inf over the limit."""
    started, waiting = time.monotonic(), sorted(troubles or [], key=lambda trouble: trouble[0])
    while (count := done(batch)) < total:
        if time.monotonic() - started > LIMIT_SECONDS:
            return float("inf")
        if waiting and count >= waiting[0][0]:
            waiting.pop(0)[1]()
        time.sleep(0.1)
    return time.monotonic() - started


def audit(batch: str, total: int) -> dict[str, int]:
    """What is there in the end: rows, bytes, files."""
    from bench.chaosapp.models import Made
    from common.files import media_path, sha256
    from common.jobs import janitor

    before = files_below(media_path("chaos"))
    janitor.clean(older_than=timedelta(0))
    made = list(Made.objects.filter(scope__startswith=f"{batch}:"))
    named = {media_path(row.path) for row in Made.objects.all()}
    left = files_below(media_path("chaos"))
    times = Counter(row.scope for row in made)
    return {
        "lost": total - len(times),
        "twice": sum(count - 1 for count in times.values()),
        "corrupt": sum(
            not media_path(row.path).is_file() or sha256(media_path(row.path).read_bytes()) != row.sha256
            for row in made
        ),
        "left over": len(left - named),
        "removed": len(before - left),
    }


def files_below(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.is_file()}


def tell(title: str, batch: str, seconds: float, click_seconds: float) -> list[dict[str, object]]:
    from common.jobs.models import Job

    found = audit(batch, JOBS)
    attempts = Counter(Job.objects.of_batch(batch).values_list("attempt", flat=True))
    print(
        f"{title}: {JOBS - found['lost']} done, {found['twice']} twice, {found['corrupt']} corrupt, "
        f"{found['left over']} left over after the janitor (it removed {found['removed']}); "
        f"{seconds:.0f} s; the click took {click_seconds:.2f} s; attempts {dict(sorted(attempts.items()))}",
        flush=True,
    )
    wrong = found["lost"] + found["twice"] + found["corrupt"] + found["left over"]
    return [
        figure(f"jobs {title}: lost, twice, corrupt or left over of {JOBS}", wrong, "= 0", "件"),
        figure(f"jobs {title}: {JOBS} jobs with {KILLS} kills", round(seconds, 1), "<= 300", "s"),
    ]


# --- the parts ------------------------------------------------------------------------------


def production() -> list[dict[str, object]]:
    import services

    with services.services() as environment, office(environment) as staff:
        durable()
        staff.start("celery", "beat", "standby")
        troubles = [
            (JOBS * (turn + 1) // (KILLS + 1), lambda: staff.restart_after_kill("celery")) for turn in range(KILLS)
        ]
        troubles += [(JOBS // 2, lambda: staff.restart_after_kill("standby"))]
        troubles += [(JOBS * 4 // 10, flush_redis), (JOBS * 8 // 10, lambda: crash_postgres(staff))]
        click_seconds = click(JOBS, "batch", seconds=0.1)
        seconds = work_off("batch", JOBS, troubles)
        staff.end_all()
        return tell("production", "batch", seconds, click_seconds)


def embedded() -> list[dict[str, object]]:
    with office({}) as staff:
        staff.start("local")
        troubles = [
            (JOBS * (turn + 1) // (KILLS + 1), lambda: staff.restart_after_kill("local")) for turn in range(KILLS)
        ]
        click_seconds = click(JOBS, "batch", seconds=0.1)
        seconds = work_off("batch", JOBS, troubles)
        staff.end_all()
        return tell("embedded", "batch", seconds, click_seconds)


def clicks() -> list[dict[str, object]]:
    """The stand-by alone works while Redis is frozen; when it thaws Celery must come back; then Redis dies."""
    import services

    with services.services() as environment, office(environment) as staff:
        staff.start("celery")
        click(20, "warm")
        work_off("warm", 20)
        redis = redis_pid()
        os.kill(redis, signal.SIGSTOP)
        staff.start("standby")
        frozen = trouble_with_redis("frozen")
        staff.end("standby", signal.SIGTERM)
        os.kill(redis, signal.SIGCONT)
        thawed = celery_comes_back()
        os.kill(redis, signal.SIGKILL)
        staff.start("standby")
        return [*frozen, thawed, *trouble_with_redis("refused")]


def trouble_with_redis(trouble: str) -> list[dict[str, object]]:
    from common.jobs import bell

    slowest, total = 0.0, 0
    for turn in range(20):  # each as if it were the first to notice
        bell.restore()
        slowest = max(slowest, click(3, f"{trouble}{turn}"))
    bell.restore()
    big = click(300, f"{trouble}-big")
    seconds = work_off(f"{trouble}-big", 300)
    total = sum(done(f"{trouble}{turn}") for turn in range(20)) + done(f"{trouble}-big")
    print(
        f"Redis {trouble}: slowest of 20 clicks {slowest:.2f} s, a click with 300 jobs {big:.2f} s, "
        f"{total} of 360 jobs done {seconds:.0f} s later, with Redis still {trouble}",
        flush=True,
    )
    return [
        figure(f"jobs: slowest click, Redis {trouble}", round(max(slowest, big), 2), "<= 3", "s"),
        figure(f"jobs: not done, Redis {trouble}", 360 - total, "= 0", "件"),
    ]


def celery_comes_back() -> dict[str, object]:
    from common.jobs import bell

    bell.restore()
    click(20, "thawed")
    seconds = work_off("thawed", 20)
    print(f"Redis thawed: Celery did 20 new jobs in {seconds:.1f} s", flush=True)
    return figure("jobs: Celery works again after Redis froze", round(seconds, 1), "<= 60", "s")


# --- troubles -------------------------------------------------------------------------------


def durable() -> None:
    """The test servers may lose the last commits of a crash; this part counts them."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ALTER ROLE CURRENT_USER SET synchronous_commit = on")
    connection.close()


def flush_redis() -> None:
    import redis

    redis.Redis.from_url(os.environ["REDIS_URL"]).flushall()


def redis_pid() -> int:
    import redis

    return int(redis.Redis.from_url(os.environ["REDIS_URL"]).info("server")["process_id"])


def main(part: str = "", report: str = "") -> int:
    parts = {"": bench, "production": production, "clicks": clicks, "embedded": embedded}
    rows = parts[part]()
    if report:
        Path(report).write_text(json.dumps(rows))
    missed = [row for row in rows if not reached(row)]
    for row in missed:
        print(f"MISSED {row['name']}: {row['ours']} {row['unit']}, goal {row['goal']}")
    return 1 if missed or not rows else 0


def reached(row: dict[str, object]) -> bool:
    relation, goal = str(row["goal"]).split()
    return row["ours"] == float(goal) if relation == "=" else row["ours"] <= float(goal)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
