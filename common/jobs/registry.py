"""Which function does a kind of job, what follows its failure, and which files rows name."""

from collections.abc import Callable
from typing import TypeVar

from common.jobs.models import Job

Write = Callable[[], None]
Work = Callable[[Job], Write]
FailureHook = Callable[[Job, str], None]
NamedFiles = Callable[[], set[str]]
F = TypeVar("F", bound=Callable[..., object])

works: dict[str, Work] = {}
failure_hooks: dict[str, FailureHook] = {}
kept_folders: dict[str, NamedFiles] = {}


class JobFailed(Exception):
    """This job can never succeed as things are. The text is the reason for the user; there is no second try."""


def job(kind: str) -> Callable[[Work], Work]:
    """Marks the function that does ``kind``.

    It runs outside any transaction, may run twice (a dead worker's job is done again), and returns a
    callable that writes the result: that one runs in the transaction that finishes the job, or not at all.
    """
    return lambda function: _register(works, kind, function)


def on_failure(kind: str) -> Callable[[FailureHook], FailureHook]:
    """Marks the function that is told, in the same transaction, when a job of ``kind`` failed for good."""
    return lambda function: _register(failure_hooks, kind, function)


def keeps_files(folder: str) -> Callable[[NamedFiles], NamedFiles]:
    """Marks the function that returns the relative paths below ``folder`` that rows name.

    Everything else there that is older than an hour is waste of a broken attempt and is removed.
    """
    return lambda function: _register(kept_folders, folder, function)


def work_of(kind: str) -> Work:
    try:
        return works[kind]
    except KeyError:
        raise JobFailed("当前版本不支持这种后台任务，请联系系统管理员。") from None


def _register(table: dict[str, F], key: str, function: F) -> F:
    if table.setdefault(key, function) is not function:
        raise ValueError(f"{key!r} is registered twice")
    return function
