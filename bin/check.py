"""Every static gate, two at a time; prints one line per gate, and the words of those that fail."""

import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = Path(sys.executable).parent
MANAGE = [sys.executable, "manage.py"]
# What a site sets in .env; nothing listens there, the gate reads settings only.
PRODUCTION = {
    "EMBEDDED": "0",
    "SECRET_KEY": "only-for-the-gate-" + "kQ3z8Wm1" * 6,
    "ALLOWED_HOSTS": "zhihe.example.cn",
    "DATABASE_URL": "postgres://zhihe_app:x@127.0.0.1:1/zhihe",
    "REDIS_URL": "redis://127.0.0.1:1/0",
}
EMBEDDED = {"EMBEDDED": "1", "DATABASE_URL": "", "REDIS_URL": ""}
SCRIPTS = sorted(str(path.relative_to(ROOT)) for path in [*ROOT.glob("bin/*.sh"), *ROOT.glob("deploy/**/*.sh")])

Gate = tuple[str, list[str], dict[str, str]]


def tool(name: str, *arguments: str) -> list[str]:
    return [str(VENV / name), *arguments]


GATES: list[Gate] = [
    ("类型 mypy", tool("mypy", "."), EMBEDDED),
    ("格式 ruff format", tool("ruff", "format", "--check", "--quiet", "."), {}),
    ("写法 ruff check", tool("ruff", "check", "--quiet", "."), {}),
    ("楼层 import-linter", tool("lint-imports"), {}),
    ("模板 djlint", tool("djlint", "--lint", "--quiet", "templates"), {}),
    ("迁移齐全 makemigrations", [*MANAGE, "makemigrations", "--check", "--dry-run"], EMBEDDED),
    ("生产设置 check --deploy", [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"], PRODUCTION),
    ("锁定文件", [sys.executable, "bin/lock.py", "check"], {}),
    ("docker-compose.yml", [sys.executable, "bin/compose.py"], {}),
    ("脚本 sh -n", ["sh", "-c", 'for file; do sh -n "$file" || exit 1; done', "sh", *SCRIPTS], {}),
]


def run(gate: Gate) -> tuple[str, bool, float, str]:
    title, command, environment = gate
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="zhihe-check-") as var:
        environment = os.environ | {"VAR_DIR": var} | environment
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    return title, done.returncode == 0, time.monotonic() - started, (done.stdout + done.stderr).strip()


def main() -> int:
    failed = 0
    with ThreadPoolExecutor(max_workers=2) as pool:
        for title, passed, seconds, words in pool.map(run, GATES):
            print(f"{'✓' if passed else '✗'} {title}  {seconds:.1f} 秒", flush=True)
            if not passed:
                failed += 1
                print(words + "\n", flush=True)
    print(f"全部 {len(GATES)} 项通过。" if not failed else f"{failed} 项未通过。")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
