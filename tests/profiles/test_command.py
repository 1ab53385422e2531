"""``manage.py make_portraits``."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from profiles.management.commands import make_portraits
from staff.models import User
from tests.profiles.factories import rich, thin, visited, work

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """The worker does its work whenever the command waits."""
    monkeypatch.setattr(make_portraits.time, "sleep", lambda _: work())


def run(**options: Any) -> str:
    out = StringIO()
    call_command("make_portraits", stdout=out, year=2026, **options)
    return out.getvalue()


def test_the_fullest_year_comes_first(office: User) -> None:
    poor, middling, full = thin(by=office), thin("李禾", by=office), rich(by=office)
    visited(middling, by=office)

    assert make_portraits.busiest(2026, 3) == [full, middling, poor]


def test_it_prints_the_files_that_the_worker_made(office: User, worker: None) -> None:
    thin(by=office)
    thin("李禾", by=office)

    paths = run(count=2).split()

    assert len(paths) == 2
    assert all(Path(path).read_bytes().startswith(b"%PDF") for path in paths)


def test_it_fails_with_the_reason_of_each_failure(office: User, worker: None) -> None:
    thin("陈\U0002a6a5", by=office)

    with pytest.raises(CommandError, match="U\\+2A6A5"):
        run(count=1)


def test_it_does_not_wait_for_ever_without_a_worker(office: User) -> None:
    thin(by=office)

    with pytest.raises(CommandError, match="后台服务"):
        run(count=1, timeout=0)


def test_an_empty_house_is_told_so(office: User) -> None:
    with pytest.raises(CommandError, match="没有可以生成"):
        run(count=1)
