"""Make or refresh ``.venv`` from the lock files; does nothing when its stamp still fits.

Standard library only. The stamp is a hash of the lock file and the Python version, written after a
whole installation: one that was cut off is repeated.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOCKS = {"demo": "runtime", "test": "dev"}


def stamp(lock: str) -> str:
    text = (ROOT / "requirements" / f"{lock}.txt").read_bytes() + sys.version.encode()
    return hashlib.sha256(text).hexdigest()


def is_current(lock: str) -> bool:
    """The dev set holds the runtime set too, so it serves both purposes."""
    for candidate in {lock, "dev"}:
        file = VENV / f".installed-{candidate}"
        if file.is_file() and file.read_text() == stamp(candidate):
            return True
    return False


def make_environment() -> None:
    """A new environment if there is none or if it belongs to another Python."""
    config = VENV / "pyvenv.cfg"
    version = ".".join(map(str, sys.version_info[:3]))
    if config.is_file() and version in config.read_text() and (VENV / "bin" / "pip").is_file():
        return
    shutil.rmtree(VENV, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)


def install(lock: str) -> None:
    pip = [str(VENV / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "--no-input", "--quiet"]
    # --no-compile: Python compiles what is used when it is first used; half of what is installed never is.
    command = [*pip, "install", "--no-compile", "--require-hashes", "-r", f"requirements/{lock}.txt"]
    subprocess.run(command, cwd=ROOT, check=True, env=os.environ | {"PIP_ROOT_USER_ACTION": "ignore"})
    (VENV / f".installed-{lock}").write_text(stamp(lock))


def main(purpose: str) -> int:
    lock = LOCKS[purpose]
    if is_current(lock):
        return 0
    started = time.monotonic()
    print("安装程序组件（只有第一次需要，约一分钟）……", flush=True)
    try:
        make_environment()
        install(lock)
    except subprocess.CalledProcessError as problem:
        print("程序组件没有装上，原因见上。检查网络或 pip 的软件源设置后再运行一次。", file=sys.stderr)
        return problem.returncode or 1
    print(f"程序组件已装好，用时 {time.monotonic() - started:.0f} 秒。", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
