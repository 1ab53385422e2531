"""Kinds of jobs for one test, and the two ways of working the list off."""

from collections.abc import Callable

import pytest

from common.jobs import local, registry, tasks
from common.jobs.models import Job

Register = Callable[..., None]


@pytest.fixture
def register(monkeypatch: pytest.MonkeyPatch) -> Register:
    """Teach the list a kind for one test."""

    def _register(kind, function, *, hook=None):
        monkeypatch.setitem(registry.works, kind, function)
        if hook is not None:
            monkeypatch.setitem(registry.failure_hooks, kind, hook)

    return _register


@pytest.fixture
def written(register: Register) -> list[str]:
    """The kind "note" writes its scope into this list."""
    notes: list[str] = []
    register("note", lambda job: lambda: notes.append(job.scope))
    return notes


@pytest.fixture(params=["local", "celery"])
def work_off(request) -> Callable[[], None]:
    """Works off everything that is due now."""

    def by_poll() -> None:
        while local.work_once():
            pass

    def by_celery() -> None:
        while Job.objects.due().exists():
            tasks.work()

    return by_poll if request.param == "local" else by_celery
