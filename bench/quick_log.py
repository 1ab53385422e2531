"""登记联络 with 20,000 people and 100,000 contacts: each keystroke's offer, and a scripted journey in Chromium.

    python bench/quick_log.py sqlite
    python bench/quick_log.py postgres

Ranked, as the picker and the line ask (whole HTTP answer, in process), beside the bare ``icontains`` query over the
same columns without ranking, seats and namesakes (``other``). The journey types as a hand does, waits only where a
person would look, and takes the time from Ctrl+Enter to the toast 已登记联络. Server: gunicorn as in production.
"""

import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "bin")]
PEOPLE, CONTACTS, ROUNDS = 20_000, 100_000, 40
LIMIT_SECONDS = 900
NOTE = "谈到高压线路改造，希望加强涉农普法"
DATABASES = {"sqlite": "SQLite", "postgres": "PostgreSQL"}
Row = dict[str, Any]


def bench() -> list[Row]:
    """Each database in its own process, because settings are read once per process."""
    return [row for database in DATABASES for row in _in_own_process(database)]


def _in_own_process(database: str) -> list[Row]:
    with tempfile.NamedTemporaryFile(suffix=".json") as report:
        subprocess.run([sys.executable, __file__, database, report.name], cwd=ROOT, timeout=LIMIT_SECONDS)
        return json.loads(Path(report.name).read_text())  # empty, thus an error, if the part fell over


def measure(database: str) -> list[Row]:
    import services

    place = services.services() if database == "postgres" else nullcontext({"DATABASE_URL": ""})
    with tempfile.TemporaryDirectory(prefix="zhihe-bench-") as var, place as environment:
        os.environ |= {"EMBEDDED": "1", "REDIS_URL": "", "VAR_DIR": var, "DJANGO_SETTINGS_MODULE": "liaison.settings"}
        os.environ["DATABASE_URL"] = environment["DATABASE_URL"]
        user = _house()
        return [*_ranking(user, DATABASES[database]), *_journey(user, DATABASES[database])]


def _house() -> Any:
    import django

    django.setup()
    from django.core.management import call_command

    from bench.roster.fill import fill

    call_command("migrate", verbosity=0)
    return fill(PEOPLE, CONTACTS)


def p95(times: list[float]) -> float:
    return round(statistics.quantiles(times, n=20)[-1] * 1000, 1)


def _timed(work: Any, *arguments: Any) -> float:
    started = time.perf_counter()
    work(*arguments)
    return time.perf_counter() - started


def _row(name: str, ours: float, other: float | None, goal: str, unit: str) -> Row:
    return {"name": name, "ours": ours, "other": other, "ratio": None, "goal": goal, "unit": unit}


# --- each keystroke ---


def _ranking(user: Any, database: str) -> list[Row]:
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    client.force_login(user)
    typed = _keystrokes()
    for word in typed[:5]:  # warm
        client.get("/deputies/pick/", {"q": word})
    offers = [_timed(client.get, "/deputies/pick/", {"q": word}) for word in typed]
    plain = [_timed(_unranked, word) for word in typed]
    lines = [f"{word} 走访 昨天 甘露 {NOTE}" for word in typed]
    read = [_timed(client.post, "/contacts/quick/line/", {"line": line}) for line in lines]
    size = f"{PEOPLE} 人、{CONTACTS} 次联络，{database}"
    return [
        _row(f"选人每键应答 p95（{size}），对照不排序的 icontains 查询", p95(offers), p95(plain), "<= 100", "毫秒"),
        _row(f"一句话每键应答 p95（{size}），对照不排序的 icontains 查询", p95(read), p95(plain), "<= 100", "毫秒"),
    ]


def _keystrokes() -> list[str]:
    """As typed, key by key: initials, the beginning of the reading, 汉字."""
    from deputies.models import Deputy

    typed = []
    for deputy in Deputy.objects.order_by("pk")[:: PEOPLE // 40]:
        full = deputy.pinyin.replace(" ", "")
        typed += [deputy.initials[:end] for end in range(1, len(deputy.initials) + 1)]
        typed += [full[:4], full, deputy.name[:2], deputy.name]
    return typed


def _unranked(word: str) -> list[Any]:
    from django.db.models import Q

    from deputies.models import Deputy

    columns = ("name", "pinyin", "initials", "unit")
    found = Q()
    for column in columns:
        found |= Q(**{f"{column}__icontains": word})
    return list(Deputy.objects.filter(found)[:12])


# --- the journey ---


def _journey(user: Any, database: str) -> list[Row]:
    from django.conf import settings
    from django.test import Client
    from django.utils import timezone

    from bench.roster.journey import Journey
    from deputies.models import Contact

    client = Client(headers={"host": "localhost"})
    client.force_login(user)
    cookie = (settings.SESSION_COOKIE_NAME, client.cookies[settings.SESSION_COOKIE_NAME].value)
    before, words = Contact.objects.count(), _paired_initials(user)
    with _server() as url, Journey(url, cookie) as journey:
        for turn in range(ROUNDS):
            journey.log(words[turn % len(words)], NOTE)
    saved = Contact.objects.filter(note=NOTE, recorded_by=user, happened_on=timezone.localdate()).count()
    if saved != ROUNDS or Contact.objects.count() != before + ROUNDS:
        raise AssertionError(f"{saved} of {ROUNDS} contacts were saved")
    size = f"{CONTACTS} 次联络，{database}"
    return [
        _row(f"登记一次联络的按键数，姓名和内容除外（{database}）", journey.keystrokes, None, "<= 12", "键"),
        _row(f"从 Ctrl+回车 到“已登记联络” p95（{size}）", p95(journey.times), None, "<= 300", "毫秒"),
    ]


def _paired_initials(user: Any) -> list[str]:
    from deputies.models import Pairing

    paired = Pairing.objects.of(user).filter(deputy__isnull=False)
    return list(dict.fromkeys(paired.values_list("deputy__initials", flat=True)))


@contextmanager
def _server() -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    command = [sys.executable, "-m", "gunicorn", "liaison.wsgi:application", "--bind", address]
    options = ["--worker-class", "gthread", "--threads", "8", "--log-level", "warning", "--no-control-socket"]
    server = subprocess.Popen([*command, *options], cwd=ROOT)
    try:
        _wait_for(address)
        yield f"http://{address}"
    finally:
        server.terminate()
        server.wait(20)


def _wait_for(address: str) -> None:
    host, port = address.split(":")
    for _ in range(150):
        with socket.socket() as probe:
            if probe.connect_ex((host, int(port))) == 0:
                return
        time.sleep(0.2)
    raise TimeoutError("the server did not start")


if __name__ == "__main__":
    rows = measure(sys.argv[1])
    text = json.dumps(rows, ensure_ascii=False, indent=2)
    print(text)
    if len(sys.argv) > 2:
        Path(sys.argv[2]).write_text(text)
