"""Every test that asks a database twice: on the embedded SQLite, then on a private PostgreSQL and Redis.

Arguments go to pytest (``bin/test.py tests/house -k fonts``). Exit 1 if either part fails.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import services

ROOT = Path(__file__).resolve().parent.parent
# More than two processes where there are more cores; each has a database of its own.
PROCESSES = str(min(max(os.cpu_count() or 2, 2), 6))
PYTEST = [sys.executable, "-m", "pytest", "-q", "-n", PROCESSES, "--durations=25"]
EMBEDDED = {"DATABASE_URL": "", "REDIS_URL": "", "EMBEDDED": "1", "APP_DB_ROLE": ""}
NO_TESTS_FOUND = 5


def run(title: str, environment: dict[str, str], arguments: list[str]) -> tuple[str, bool, float]:
    print(f"\n── {title} ──", flush=True)
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="zhihe-test-", ignore_cleanup_errors=True) as scratch:
        variables = os.environ | EMBEDDED | environment | {"TMPDIR": scratch}
        code = subprocess.run([*PYTEST, *arguments], cwd=ROOT, env=variables).returncode
    return title, code in (0, NO_TESTS_FOUND), time.monotonic() - started


def main(arguments: list[str]) -> int:
    parts = [run("SQLite，无 Redis", {}, ["-m", "not postgres and not redis", *arguments])]
    with services.services() as environment:
        parts.append(run("PostgreSQL + Redis", environment, ["-m", "not once", *arguments]))
    print("\n── 小结 ──")
    for title, passed, seconds in parts:
        print(f"{'通过' if passed else '未通过'}  {seconds:5.0f} 秒  {title}")
    return 0 if all(passed for _, passed, _ in parts) else 1


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, services.terminate)
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
