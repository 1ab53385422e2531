"""``manage.py worker`` as a real process on its own SQLite file: starts, works, dies, comes back, stops."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parents[2]


class Office:
    """A data folder, its job table, and the workers started on it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.log = folder / "worker.log"
        self.workers: list[subprocess.Popen[bytes]] = []
        assert self.manage("migrate", "--run-syncdb", "-v0").wait(240) == 0, self.log.read_text()

    def manage(self, *arguments: str, **environment: str) -> subprocess.Popen[bytes]:
        settings = {"DJANGO_SETTINGS_MODULE": "bench.settings", "VAR_DIR": str(self.folder)}
        outside = {"EMBEDDED": "1", "DATABASE_URL": "", "REDIS_URL": ""}
        with self.log.open("a") as log:
            return subprocess.Popen(
                [sys.executable, "manage.py", *arguments],
                cwd=ROOT,
                env=os.environ | outside | settings | environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def worker(self, **environment: str) -> subprocess.Popen[bytes]:
        self.workers.append(self.manage("worker", "--processes", "1", **environment))
        return self.workers[-1]

    def sql(self, query: str, *values: object) -> list[tuple]:
        with sqlite3.connect(self.folder / "zhihe.sqlite3", timeout=20) as database:
            rows = database.execute(query, values).fetchall()
        database.close()
        return rows

    def enqueue(self, *, seconds: float = 0) -> str:
        scope = uuid4().hex
        self.sql(
            "insert into jobs_job (id, kind, scope, batch, payload, state, attempt, error, created_at)"
            " values (?, 'chaos', ?, '', ?, 'queued', 0, '', datetime('now'))",
            uuid4().hex,
            scope,
            f'{{"seconds": {seconds}}}',
        )
        return scope

    def state(self, scope: str) -> str:
        return self.sql("select state from jobs_job where scope = ?", scope)[0][0]

    def attempts(self, scope: str) -> int:
        return self.sql("select attempt from jobs_job where scope = ?", scope)[0][0]

    def made(self, scope: str) -> int:
        return len(self.sql("select path from chaosapp_made where scope = ?", scope))


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Office]:
    house = Office(tmp_path)
    yield house
    for worker in house.workers:
        kill_all(worker)


def until(condition: Callable[[], bool], seconds: float = 90) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "did not happen in time"
        time.sleep(0.05)


def kill_all(worker: subprocess.Popen[bytes]) -> None:
    """The machine loses power: the whole process group at once."""
    if worker.poll() is None:
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait(60)


def children(worker: subprocess.Popen[bytes]) -> list[int]:
    text = Path(f"/proc/{worker.pid}/task/{worker.pid}/children").read_text()
    return [int(pid) for pid in text.split()]


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT], ids=["systemd", "Ctrl-C"])
def test_the_job_under_way_is_finished_before_the_worker_stops(house, sign):
    scope, waiting = house.enqueue(seconds=2), house.enqueue()
    worker = house.worker()
    until(lambda: house.state(scope) == "running")
    os.killpg(worker.pid, sign) if sign == signal.SIGINT else worker.send_signal(sign)
    assert worker.wait(60) == 0
    assert (house.state(scope), house.made(scope)) == ("done", 1)
    assert house.state(waiting) == "queued"


def test_after_a_power_cut_the_interrupted_job_is_done_at_once(house):
    scope = house.enqueue(seconds=2)
    worker = house.worker()
    until(lambda: house.state(scope) == "running")
    kill_all(worker)
    house.worker()
    until(lambda: house.state(scope) == "done")
    assert (house.attempts(scope), house.made(scope)) == (2, 1)


def test_a_dead_child_is_replaced(house):
    scope = house.enqueue(seconds=2)
    worker = house.worker()
    until(lambda: house.state(scope) == "running")
    (child,) = children(worker)
    os.kill(child, signal.SIGKILL)
    next_job = house.enqueue()
    until(lambda: house.state(next_job) == "done")
    assert children(worker) != [child]
    # Its own job waits for the lease; here the lease is made to run out.
    house.sql("update jobs_job set lease_until = datetime('now', '-1 seconds') where scope = ?", scope)
    until(lambda: house.state(scope) == "done")
    assert house.made(scope) == 1


def test_a_job_over_the_hard_limit_is_killed_and_others_go_on(house):
    endless, other = house.enqueue(seconds=60), house.enqueue()
    house.worker(JOBS_TIME_LIMIT="1")
    until(lambda: house.state(other) == "done")
    assert house.made(endless) == 0


def test_children_of_a_killed_supervisor_do_not_work_on_alone(house):
    worker = house.worker()
    until(lambda: bool(children(worker)))
    (child,) = children(worker)
    worker.kill()
    worker.wait(60)
    until(lambda: not Path(f"/proc/{child}").exists() or "Z" in Path(f"/proc/{child}/stat").read_text().split()[2])


def test_a_second_worker_on_the_same_data_is_refused(house):
    scope = house.enqueue()
    house.worker()
    until(lambda: house.state(scope) == "done")
    second = house.manage("worker")
    assert second.wait(90) == 1
    assert "已有一个后台任务进程在工作" in house.log.read_text()
