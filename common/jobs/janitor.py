"""Removes what broken attempts left below MEDIA_ROOT: half-written files, and whole files that no row names."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings

from common.files import TEMP_PREFIX
from common.jobs.registry import kept_folders

# Older than any attempt can be: what is younger may belong to a job that is about to write its row.
AGE = timedelta(hours=1)


@dataclass(frozen=True)
class Cleaned:
    temporary: int
    unnamed: int


def clean(*, older_than: timedelta = AGE) -> Cleaned:
    before = time.time() - older_than.total_seconds()
    temporary = [path for path in _files("") if path.name.startswith(TEMP_PREFIX)]
    return Cleaned(
        temporary=_remove(temporary, before),
        unnamed=sum(_remove(_unnamed(folder), before) for folder in kept_folders),
    )


def _unnamed(folder: str) -> list[Path]:
    found = [path for path in _files(folder) if not path.name.startswith(TEMP_PREFIX)]
    # Asked after the listing, so a file whose row is committed meanwhile is known.
    named = kept_folders[folder]()
    root = Path(settings.MEDIA_ROOT)
    return [path for path in found if path.relative_to(root).as_posix() not in named]


def _files(folder: str) -> Iterator[Path]:
    return (path for path in (Path(settings.MEDIA_ROOT) / folder).rglob("*") if path.is_file() or path.is_symlink())


def _remove(paths: list[Path], before: float) -> int:
    removed = 0
    for path in paths:
        try:
            if path.lstat().st_mtime < before:
                path.unlink()
                removed += 1
        except FileNotFoundError:  # another janitor was faster
            continue
    return removed
