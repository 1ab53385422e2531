"""Print the Debian packages that this machine lacks, on one line; nothing if it lacks none.

Probes what the programs need (a library that loads, a font file, a program), not what dpkg lists:
the same thing may have come another way. Standard library only: it runs before anything is installed.
"""

import ctypes
import importlib.util
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

FONT_FOLDERS = ["/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts"]


def library(name: str) -> Callable[[], bool]:
    def loads() -> bool:
        try:
            ctypes.CDLL(name)
        except OSError:
            return False
        return True

    return loads


def program(*names: str) -> Callable[[], bool]:
    return lambda: any(shutil.which(name) for name in names)


def font(pattern: str) -> Callable[[], bool]:
    folders = [Path(os.path.expanduser(folder)) for folder in FONT_FOLDERS]
    return lambda: any(next(folder.rglob(pattern), None) for folder in folders if folder.is_dir())


def can_make_environments() -> bool:
    return all(importlib.util.find_spec(name) for name in ("venv", "ensurepip"))


def postgres() -> bool:
    return bool(shutil.which("initdb")) or any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))


def venv_package() -> str:
    return f"python{sys.version_info.major}.{sys.version_info.minor}-venv"


DEMO = [
    (venv_package(), can_make_environments),
    ("libpango-1.0-0", library("libpango-1.0.so.0")),
    ("libpangoft2-1.0-0", library("libpangoft2-1.0.so.0")),
    ("libharfbuzz-subset0", library("libharfbuzz-subset.so.0")),
    ("fontconfig", program("fc-match")),
    ("fonts-noto-cjk", font("NotoSerifCJK-Regular.ttc")),
]
TEST = [
    *DEMO,
    ("chromium", program("chromium", "chromium-browser", "google-chrome")),
    ("libatomic1", library("libatomic.so.1")),
    ("redis-server", program("redis-server")),
    ("postgresql", postgres),
]


def missing(purpose: str) -> list[str]:
    return [package for package, is_there in (TEST if purpose == "test" else DEMO) if not is_there()]


if __name__ == "__main__":
    print(" ".join(missing(sys.argv[1])))
