"""A private PostgreSQL and a private Redis on free ports, in a folder that goes away afterwards.

    python bin/services.py some command with arguments

runs the command with DATABASE_URL and REDIS_URL naming them. Nothing durable: they serve tests.
PostgreSQL refuses to run as root, so root hands it to the user ``postgres`` or ``nobody``.
"""

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

FAST = {  # a test database may be lost with the machine, not with the process
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "100",
}
PATIENCE = 90  # seconds until a server must be there, on a machine that is busy


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def postgres_folder() -> Path:
    """The folder with initdb: on the PATH, or the newest that Debian keeps off the PATH."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    folders = [file.parent for file in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if not folders:
        raise SystemExit("找不到 PostgreSQL。请先运行 sh bin/bootstrap.sh test。")
    return max(folders, key=lambda folder: int(folder.parent.name))


def unprivileged() -> dict[str, object]:
    """Arguments for subprocess that make the child somebody else when we are root."""
    if os.getuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(name)
            return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    raise SystemExit("以 root 运行测试需要用户 postgres 或 nobody。")


def wait_for_port(port: int, process: subprocess.Popen[bytes], what: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise SystemExit(f"{what} 没有启动。")


def stop(process: subprocess.Popen[bytes], sign: int) -> None:
    if process.poll() is None:
        process.send_signal(sign)
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextlib.contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """A fresh cluster; yields its URL. Role and database are both called zhihe."""
    programs, who, data, port = postgres_folder(), unprivileged(), folder / "postgres", free_port()
    data.mkdir(mode=0o700)
    if who:
        os.chown(data, int(str(who["user"])), int(str(who["group"])))
    options = {"cwd": "/", "stdout": subprocess.DEVNULL} | who
    initdb = [str(programs / "initdb"), "-D", str(data), "-U", "zhihe", "-A", "trust", "-E", "UTF8", "--no-sync"]
    subprocess.run([*initdb, "--locale=C.UTF-8"], check=True, **options)  # type: ignore[call-overload]
    settings = FAST | {"port": str(port), "listen_addresses": "127.0.0.1", "unix_socket_directories": str(data)}
    command = [str(programs / "postgres"), "-D", str(data)]
    for key, value in settings.items():
        command += ["-c", f"{key}={value}"]
    with (folder / "postgres.log").open("wb") as log:
        server = subprocess.Popen(command, **(options | {"stdout": log, "stderr": log}))  # type: ignore[call-overload]
        try:
            wait_for_port(port, server, "PostgreSQL")
            here = ["-h", "127.0.0.1", "-p", str(port), "-U", "zhihe"]
            # The port opens before the server is ready; on a busy machine that is seconds.
            ready = [str(programs / "pg_isready"), *here, "-q"]
            deadline = time.monotonic() + PATIENCE
            while subprocess.run(ready).returncode and time.monotonic() < deadline:
                time.sleep(0.1)
            subprocess.run([str(programs / "createdb"), *here, "zhihe"], check=True)
            yield f"postgres://zhihe@127.0.0.1:{port}/zhihe"
        finally:
            stop(server, signal.SIGINT)  # fast shutdown: does not wait for clients


@contextlib.contextmanager
def redis(folder: Path) -> Iterator[str]:
    port = free_port()
    command = ["redis-server", "--bind", "127.0.0.1", "--port", str(port), "--dir", str(folder)]
    command += ["--save", "", "--appendonly", "no", "--databases", "64", "--maxmemory-policy", "noeviction"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        wait_for_port(port, server, "Redis")
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        stop(server, signal.SIGTERM)


@contextlib.contextmanager
def services() -> Iterator[dict[str, str]]:
    """Both servers; yields the environment that names them."""
    with tempfile.TemporaryDirectory(prefix="zhihe-services-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)  # the other user must pass through
        with postgres(folder) as database_url, redis(folder) as redis_url:
            yield {"DATABASE_URL": database_url, "REDIS_URL": redis_url}


def terminate(*_: object) -> None:
    raise SystemExit(143)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, terminate)  # so that the servers are ended on SIGTERM too
    with services() as environment:
        sys.exit(subprocess.run(sys.argv[1:], env=os.environ | environment).returncode)
