"""Run the product on demo data: web and worker together on this machine, until Ctrl-C.

Without a terminal, or with CI set: start everything, make three portraits through the worker, print
their paths, stop, exit 0 or 1. The children are ours: each is ended by its id, whatever happens.
"""

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
START_LIMIT = 120
PATIENCE = 15  # what a portrait in the making may need to come to its end
PR_SET_PDEATHSIG = 1


class Stopped(Exception):
    """Ctrl-C, SIGTERM or SIGHUP."""


def on_signal(number: int, frame: object) -> None:
    raise Stopped


def die_with_parent() -> None:
    """Runs in the child: if this process is killed outright, the kernel ends the child as well (Linux)."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def start(command: list[str], log: Path, **environment: str) -> subprocess.Popen[bytes]:
    """A child in a session of its own, so that Ctrl-C reaches it only through :func:`stop`."""
    with log.open("ab") as output:
        return subprocess.Popen(
            command,
            cwd=ROOT,
            env=os.environ | environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
            preexec_fn=die_with_parent,
        )


def stop(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        try:
            child.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def free_port(first: int = 8000) -> int:
    for port in range(first, first + 100):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with contextlib.suppress(OSError):
                probe.bind(("127.0.0.1", port))
                return port
    raise SystemExit("8000 至 8099 的端口都被占用了。")


def be_embedded() -> None:
    """A demonstration never reaches for the database of a real installation that .env may name."""
    os.environ |= {"EMBEDDED": "1", "DATABASE_URL": "", "REDIS_URL": "", "DJANGO_SETTINGS_MODULE": "liaison.settings"}
    # Or nobody could try the three administrators without a telephone at hand.
    os.environ.setdefault("MFA_REQUIRED_FOR_ADMINISTRATORS", "0")


def prepare() -> None:
    """Database and demo data; quick when both are there."""
    import django
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    django.setup()
    from django.conf import settings

    for folder in (settings.VAR_DIR, settings.VAR_DIR / "log", settings.MEDIA_ROOT, settings.STATIC_ROOT):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        print("建立数据库，填入演示数据（约半分钟）……", flush=True)
        call_command("migrate", verbosity=0, interactive=False)
    call_command("demo")
    connection.close()


def serve(children: list[subprocess.Popen[bytes]], logs: Path) -> str:
    port = free_port()
    web = {"BIND": f"127.0.0.1:{port}", "WEB_PROCESSES": "1", "ACCESS_LOG": str(logs / "access.log")}
    children.append(start(["sh", "bin/start-web.sh"], logs / "web.log", **web))
    children.append(start([sys.executable, "manage.py", "worker"], logs / "worker.log"))
    address = f"http://127.0.0.1:{port}/"
    wait_until_alive(address + "healthz", children, logs)
    return address


def wait_until_alive(url: str, children: list[subprocess.Popen[bytes]], logs: Path) -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    deadline = time.monotonic() + START_LIMIT
    while time.monotonic() < deadline:
        if any(child.poll() is not None for child in children):
            break
        with contextlib.suppress(OSError, urllib.error.URLError), opener.open(url, timeout=5):
            return
        time.sleep(0.05)
    raise SystemExit(f"没有启动成功。原因在 {logs}/web.log 与 worker.log 里。")


def build_fonts(logs: Path) -> subprocess.Popen[bytes]:
    """Four lighter faces for the portraits, made once at the lowest priority; used from the next start on."""
    return start(["nice", "-n", "19", sys.executable, "manage.py", "build_fonts"], logs / "fonts.log")


def watch(children: list[subprocess.Popen[bytes]], logs: Path) -> int:
    """Wait for Ctrl-C; a child that ends by itself is a failure."""
    while all(child.poll() is None for child in children):
        time.sleep(0.5)
    print(f"有一个进程自己结束了。原因在 {logs}/web.log 与 worker.log 里。", file=sys.stderr)
    return 1


def make_portraits() -> int:
    return subprocess.run([sys.executable, "manage.py", "make_portraits", "--count", "3"], cwd=ROOT).returncode


@contextlib.contextmanager
def family() -> Iterator[list[subprocess.Popen[bytes]]]:
    children: list[subprocess.Popen[bytes]] = []
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, on_signal)
    try:
        yield children
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)  # an impatient second Ctrl-C must not leave children behind
        stop(children)


def main() -> int:
    be_embedded()
    interactive = sys.stdout.isatty() and not os.environ.get("CI")
    with family() as children:
        prepare()
        from django.conf import settings

        logs = settings.VAR_DIR / "log"
        address = serve(children, logs)
        print(f"\n已启动：{address}    （日志在 {logs}）", flush=True)
        if not interactive:
            return make_portraits()
        print("按 Ctrl-C 停止。", flush=True)
        fonts = build_fonts(logs)
        try:
            return watch(children, logs)
        finally:
            stop([fonts])


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Stopped:
        print("\n已停止。")
        sys.exit(0)
