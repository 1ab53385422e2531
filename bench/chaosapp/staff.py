"""The processes around a job list, to be started, killed and ended by their own ids."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class Staff:
    """The processes of one part, each in a group of its own so that ``kill -9`` takes children along."""

    COMMANDS = {
        "celery": ["sh", "bin/start-worker.sh"],
        "beat": ["sh", "bin/start-beat.sh"],
        "standby": ["sh", "bin/start-standby.sh"],
        "local": [sys.executable, "manage.py", "worker", "--processes", "2"],
    }

    def __init__(self, log: Path) -> None:
        self.log = log
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.server: subprocess.Popen[bytes] | None = None

    def start(self, *names: str) -> None:
        for name in names:
            with self.log.open("ab") as log:
                self.running[name] = subprocess.Popen(
                    self.COMMANDS[name], cwd=ROOT, stdout=log, stderr=log, start_new_session=True
                )

    def end(self, name: str, sign: int) -> None:
        process = self.running.pop(name)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, sign)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def restart_after_kill(self, name: str) -> None:
        self.end(name, signal.SIGKILL)
        self.start(name)

    def end_all(self) -> None:
        for name in list(self.running):
            self.end(name, signal.SIGTERM)

    def end_server(self) -> None:
        if self.server is not None:
            self.server.send_signal(signal.SIGINT)
            self.server.wait(30)


@contextmanager
def office(environment: dict[str, str]) -> Iterator[Staff]:
    """Django set up on an empty database, and nobody at work yet."""
    with tempfile.TemporaryDirectory(prefix="zhihe-chaos-", ignore_cleanup_errors=True) as folder:
        cleared = {"DATABASE_URL": "", "REDIS_URL": "", "EMBEDDED": "1", "WORKER_LOG_LEVEL": "WARNING"}
        os.environ |= cleared | environment | {"VAR_DIR": folder, "DJANGO_SETTINGS_MODULE": "bench.settings"}
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", run_syncdb=True, verbosity=0)
        staff = Staff(Path(folder) / "log")
        try:
            yield staff
        finally:
            staff.end_all()
            staff.end_server()


def crash_postgres(staff: Staff) -> None:
    """Immediate shutdown (SIGQUIT: no checkpoint, connections cut), then the same command again."""
    import services
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SHOW data_directory")
        folder = Path(cursor.fetchone()[0])
    connection.close()
    pid = int((folder / "postmaster.pid").read_text().split()[0])
    command = Path(f"/proc/{pid}/cmdline").read_bytes().decode().rstrip("\0").split("\0")
    os.kill(pid, signal.SIGQUIT)
    while alive(pid):
        time.sleep(0.05)
    with staff.log.open("ab") as log:
        staff.server = subprocess.Popen(command, cwd="/", stdout=log, stderr=log, **services.unprivileged())


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False
