"""How far a job has come with a file. Only a hint for the page, so it is kept in the cache: a write shows nothing
of itself to others before it is complete."""

from collections.abc import Callable

from django.core.cache import cache

from intake.models import ImportRun

EVERY = 200
SECONDS = 600


def counter(run: ImportRun, total: int) -> Callable[[], None]:
    """Call it for each row."""
    done = 0

    def count() -> None:
        nonlocal done
        done += 1
        if done % EVERY == 0 or done == total:
            cache.set(_key(run), (done, total), SECONDS)

    cache.set(_key(run), (0, total), SECONDS)
    return count


def forget(run: ImportRun) -> None:
    cache.delete(_key(run))


def rows_done(run: ImportRun) -> tuple[int, int]:
    """(done, of how many); (0, 0) while nothing is known."""
    return cache.get(_key(run)) or (0, 0)


def _key(run: ImportRun) -> str:
    return f"import-progress-{run.pk}-{run.state}"
