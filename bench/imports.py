"""100,000 rows of a contact ledger through ``manage.py import_ledger``: seconds, memory, and the same file again.

Beside it the same rows in the same run through plain django-import-export (``bench/imported``), which only writes.
``python bench/imports.py [ROWS]``. Works on a database of its own in a temporary folder unless DATABASE_URL names one.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import openpyxl

ROOT = Path(__file__).resolve().parent.parent
ROWS, PEOPLE = 100_000, 2_000
SETUP = """
from staff.models import Department, Role, User
department = Department.objects.create(name="办公室")
User.objects.create_user("bench", name="测量员", role=Role.OFFICE, department=department)
"""


def bench() -> list[dict[str, object]]:
    """The ledger for the first time, and again; then plain."""
    first, again, plain = measure(ROWS)
    name = f"import of a ledger of {ROWS:,} rows"
    return [
        row(f"{name}, time", first["seconds"], "<= 120", "s"),
        row(f"{name}, largest process", first["mib"], "<= 400", "MiB"),
        row(f"{name}, the same file again, rows changed", again["new"] + again["updated"], "= 0", "rows"),
        row(f"{name}, plain django-import-export / ours, time", first["cpu"], ">= 2", "s CPU", plain["cpu"]),
        row(f"{name}, plain django-import-export / ours, memory", first["mib"], ">= 1", "MiB", plain["mib"]),
    ]


def row(name: str, ours: float, goal: str, unit: str, other: float | None = None) -> dict[str, object]:
    ratio = round(other / ours, 2) if other else None
    return {"name": name, "ours": ours, "other": other, "ratio": ratio, "goal": goal, "unit": unit}


def measure(rows: int) -> list[dict[str, float]]:
    """Ours, ours again, plain: each office has 2,000 people and an empty ledger before its first import."""
    with office() as (env, roster, ledger):
        write_roster(roster)
        write_ledger(ledger, rows)
        imported(env, roster)
        figures = [imported(env, ledger), imported(env, ledger)]
        with office() as (env, _, _):
            imported(env, roster)
            figures.append(timed(env, [sys.executable, "-m", "bench.imported", str(ledger)]))
        return figures


@contextmanager
def office() -> Iterator[tuple[dict[str, str], Path, Path]]:
    with tempfile.TemporaryDirectory() as folder:
        env = {**os.environ, "VAR_DIR": folder}
        manage(env, "migrate", "-v0")
        manage(env, "shell", "-v0", "-c", SETUP)
        yield env, Path(folder) / "roster.xlsx", Path(folder) / "ledger.xlsx"


def manage(env: dict[str, str], *arguments: str) -> None:
    subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *arguments], env=env, check=True, stdout=subprocess.DEVNULL
    )


def imported(env: dict[str, str], path: Path) -> dict[str, float]:
    report = path.with_suffix(".json")
    command = [sys.executable, str(ROOT / "manage.py"), "import_ledger", str(path), "--report", str(report)]
    return {**timed(env, command), **json.loads(report.read_text())["counts"]}


def timed(env: dict[str, str], command: list[str]) -> dict[str, float]:
    """Wall seconds, processor seconds, and the largest process, its own children included."""
    script = (
        "import json, resource, subprocess, sys\n"
        "subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)\n"
        "used = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "print(json.dumps([used.ru_utime + used.ru_stime, used.ru_maxrss / 1024]))"
    )
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", script, *command], env=env, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
    )
    seconds = time.perf_counter() - start
    cpu, mib = json.loads(done.stdout)
    return {"seconds": round(seconds, 1), "cpu": round(cpu, 1), "mib": round(mib)}


def write_roster(path: Path) -> None:
    workbook = openpyxl.Workbook(write_only=True)
    sheet = workbook.create_sheet("知禾区第五届人大代表")
    sheet.append(["序号", "姓名", "单位", "手机", "代表证号"])
    for number in range(PEOPLE):
        sheet.append([number, name(number), f"知禾{number}厂", 13_800_000_000 + number, str(number)])
    workbook.save(path)


def write_ledger(path: Path, rows: int) -> None:
    workbook = openpyxl.Workbook(write_only=True)
    sheet = workbook.create_sheet("联络台账")
    sheet.append(["序号", "日期", "联络对象", "身份", "单位及职务", "联络方式", "地点", "承办部门", "联络内容"])
    for number in range(rows):
        who, day = number * 7919 % PEOPLE, date(2022, 1, 10) + timedelta(days=number % 1700)
        facts = [name(who), "区人大代表", f"知禾{who}厂", "走访", "厂里", "办公室", f"第{number}次走访，了解经营情况"]
        sheet.append([number, day, *facts])
    workbook.save(path)


def name(number: int) -> str:
    """A name of three characters that nobody else has."""
    return "王" + chr(0x4E00 + number // 50) + chr(0x4E00 + 200 + number % 50)


if __name__ == "__main__":
    for figures in measure(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS):
        print(json.dumps(figures, ensure_ascii=False))
