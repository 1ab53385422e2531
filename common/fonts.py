"""Which Chinese faces the portraits are set in.

Debian's Noto CJK works at once. ``manage.py build_fonts`` cuts four lighter TrueType faces out of it
(see :mod:`common.fontbuild`): a portrait is then made faster, is 40 % smaller and needs half the memory.
Style sheets name both: ``"Zhihe Serif", "Noto Serif CJK SC"``.
"""

import ctypes
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

SERIF = ("Zhihe Serif", "Noto Serif CJK SC")
SANS = ("Zhihe Sans", "Noto Sans CJK SC")
INSTALL = "sudo apt install --no-install-recommends"


def config_file() -> Path:
    """Written last by the build: if it is there, the four faces are whole."""
    return Path(settings.FONT_DIR) / "fonts.conf"


def activate() -> None:
    """Show fontconfig our own faces, if they are built. Must run before WeasyPrint is imported.

    A site that names a fontconfig file itself has decided otherwise.
    """
    if config_file().is_file():
        os.environ.setdefault("FONTCONFIG_FILE", str(config_file()))


@dataclass(frozen=True)
class Match:
    """What fontconfig answers; it always answers something, so ``family`` must be compared."""

    file: str
    index: int
    families: tuple[str, ...]


def match(pattern: str) -> Match | None:
    """Fontconfig's choice in this process's configuration; None without fontconfig."""
    command = ["fc-match", "--format=%{file}\n%{index}\n%{family}", pattern]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, check=True, timeout=30).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    file, index, families = answer.split("\n")
    return Match(file, int(index), tuple(families.split(",")))


def _first_that_exists(stack: tuple[str, ...]) -> str:
    for family in stack:
        found = match(family)
        if found and family in found.families:
            return family
    return ""


@dataclass(frozen=True)
class InUse:
    """The family that each stack resolves to; empty where fontconfig would silently take a stranger."""

    serif: str
    sans: str

    @property
    def complete(self) -> bool:
        return bool(self.serif and self.sans)

    @property
    def built(self) -> bool:
        return (self.serif, self.sans) == (SERIF[0], SANS[0])

    @property
    def words(self) -> str:
        if not self.complete:
            return "缺少中文字体，检察印迹无法排版"
        return f"{'自制字体' if self.built else '系统字体'} {self.serif}、{self.sans}"


def in_use() -> InUse:
    return InUse(serif=_first_that_exists(SERIF), sans=_first_that_exists(SANS))


def cuts_quickly() -> bool:
    """Is libharfbuzz-subset here? Without it WeasyPrint embeds a Chinese face 15 times slower, saying nothing."""
    try:
        ctypes.CDLL("libharfbuzz-subset.so.0")
    except OSError:
        return False
    return True
