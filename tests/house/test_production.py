"""The start commands of compose and systemd, really run: own role, own processes, PostgreSQL and Redis."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.house.loading import ROOT, script

# In one test process (see tests/conftest.py): the two roles live in the whole cluster, and two would both make them.
pytestmark = [pytest.mark.postgres, pytest.mark.redis]
WORDS: Any = {"capture_output": True, "text": True}
OWNER, APP, NAME, TOKEN = "house_owner", "house_app", "house_start", "for-the-monitor"


@pytest.fixture(scope="module")
def server() -> str:
    """host:port of the private PostgreSQL."""
    return urlsplit(os.environ["DATABASE_URL"]).netloc.rpartition("@")[2]


@pytest.fixture(scope="module")
def database(server: str) -> Iterator[None]:
    """A database of its own with the two roles, made by the file that production uses."""
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as link:
        link.execute(f"CREATE ROLE {OWNER} LOGIN")
        link.execute(f"CREATE DATABASE {NAME} OWNER {OWNER}")
    psql = str(script("services").postgres_folder() / "psql")
    variables = ["-v", "ON_ERROR_STOP=1", "-v", f"owner={OWNER}", "-v", f"app={APP}", "-v", "app_password=x"]
    place = ["-q", "-d", f"postgres://{urlsplit(os.environ['DATABASE_URL']).username}@{server}/{NAME}"]
    subprocess.run([psql, *place, *variables, "-f", str(ROOT / "deploy/postgres/roles.psql")], check=True)
    yield
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as link:
        link.execute(f"DROP DATABASE {NAME} WITH (FORCE)")
        link.execute(f"DROP ROLE {OWNER}")
        link.execute(f"DROP ROLE {APP}")


@pytest.fixture(scope="module")
def environment(server: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What .env gives to the processes."""
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("DJANGO_")}
    redis = os.environ["REDIS_URL"].rsplit("/", 1)[0] + "/60"
    return inherited | {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "EMBEDDED": "0",
        "SECRET_KEY": "k" * 20 + "Zq8w" * 10,
        "ALLOWED_HOSTS": "zhihe.example.cn",
        "DATABASE_URL": f"postgres://{APP}:x@{server}/{NAME}",
        "OWNER_DATABASE_URL": f"postgres://{OWNER}@{server}/{NAME}",
        "APP_DB_ROLE": APP,
        "REDIS_URL": redis,
        "HEALTH_TOKEN": TOKEN,
        "BIND": f"127.0.0.1:{script('services').free_port()}",
        "VAR_DIR": str(tmp_path_factory.mktemp("var")),
    }


@pytest.fixture(scope="module")
def migrated(database: None, environment: dict[str, str]) -> None:
    done = subprocess.run(["bin/migrate.sh"], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


Start = Callable[[str], tuple[subprocess.Popen[bytes], Path]]


@pytest.fixture
def start(migrated: None, environment: dict[str, str], tmp_path: Path) -> Iterator[Start]:
    """Start a script of ``bin/``; all are ended afterwards, by their ids."""
    running = []

    def _start(name: str) -> tuple[subprocess.Popen[bytes], Path]:
        log = tmp_path / f"{name}.log"
        with log.open("wb") as output:
            process = subprocess.Popen([f"bin/{name}.sh"], cwd=ROOT, env=environment, stdout=output, stderr=output)
        running.append(process)
        return process, log

    yield _start
    for process in running:
        script("services").stop(process, signal.SIGKILL)


def wait_for(condition: Callable[[], bool], process: subprocess.Popen[bytes], log: Path, seconds: int = 180) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert process.poll() is None, log.read_text()
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.2)


def end(process: subprocess.Popen[bytes]) -> int:
    process.terminate()
    return process.wait(90)


def alive(environment: dict[str, str]) -> bool:
    return subprocess.run([sys.executable, "bin/alive.py"], cwd=ROOT, env=environment).returncode == 0


def ask(environment: dict[str, str], path: str, **headers: str) -> tuple[int, str]:
    headers = {"Host": "zhihe.example.cn", "X-Forwarded-Proto": "https"} | headers
    request = urllib.request.Request(f"http://{environment['BIND']}{path}", headers=headers)
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=60) as response:
        return response.status, response.read().decode()


def test_the_web_server_answers_as_the_narrow_role_and_stops_when_told(start: Start, environment: dict) -> None:
    process, log = start("start-web")
    wait_for(lambda: alive(environment), process, log)
    assert ask(environment, "/healthz") == (200, "ok\n")
    status, body = ask(environment, "/readyz", Authorization=f"Bearer {TOKEN}")
    assert (status, '"ok": false' in body) == (200, False), body
    assert end(process) == 0


def test_a_dead_server_is_reported_as_dead(environment: dict) -> None:
    assert not alive(environment)


def test_the_worker_answers_its_health_check_and_stops_when_told(start: Start, environment: dict) -> None:
    process, log = start("start-worker")
    wait_for(lambda: "ready." in log.read_text(), process, log)
    ping = ["celery", "--app", "liaison", "inspect", "ping", "--timeout", "5"]
    wait_for(lambda: "pong" in subprocess.run(ping, cwd=ROOT, env=environment, **WORDS).stdout, process, log)
    assert end(process) == 0


def test_the_clock_starts_and_stops_when_told(start: Start, environment: dict) -> None:
    process, log = start("start-beat")
    wait_for(lambda: "beat: Starting" in log.read_text(), process, log)
    time.sleep(1)
    assert process.poll() is None, log.read_text()
    assert end(process) == 0


def test_the_stand_by_starts_and_stops_when_told(start: Start, environment: dict) -> None:
    process, log = start("start-standby")
    wait_for(lambda: "已启动" in log.read_text(), process, log)
    assert end(process) == 0


def test_the_application_s_role_reads_and_writes_rows_but_changes_no_table(migrated: None, environment: dict) -> None:
    with psycopg.connect(environment["DATABASE_URL"], autocommit=True) as link:
        link.execute("UPDATE staff_department SET name = name")
        for statement in (
            "DROP TABLE staff_department",
            "CREATE TABLE x (y int)",
            "TRUNCATE staff_department CASCADE",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                link.execute(statement)


def test_the_application_s_role_cannot_rewrite_the_audit_trail(migrated: None, environment: dict) -> None:
    with psycopg.connect(environment["DATABASE_URL"], autocommit=True) as link:
        for statement in ("UPDATE staff_auditevent SET action = ''", "DELETE FROM staff_auditevent"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                link.execute(statement)


def test_the_owner_may_change_tables(migrated: None, environment: dict) -> None:
    """The control: what the test above sees refused is refused because of the role."""
    with psycopg.connect(environment["OWNER_DATABASE_URL"], autocommit=True) as link:
        link.execute("CREATE TABLE x (y int)")
        link.execute("DROP TABLE x")
