"""Two hundred mutated workbooks through the page: no error of ours, and no half import."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import IO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from activities.models import Activity
from common.jobs import local
from common.jobs.models import Job, JobState
from deputies.models import Contact, Deputy, Mandate
from intake import workbook
from intake.decoder import __main__ as decoder
from intake.models import ImportChange, ImportRun
from staff.models import User
from suggestions.models import Suggestion
from tests.factories import DepartmentFactory
from tests.intake.books import take
from tests.intake.mutations import mutated_books

pytestmark = pytest.mark.django_db
DATA = Path(__file__).parents[1] / "data"
BOOKS = 200


@pytest.fixture(autouse=True)
def reader_in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same reader without its process, which costs most of the time; ``test_hostile`` has it with."""

    def decode(source: IO[bytes], target: IO[bytes], how: str = "whole") -> None:
        text = io.TextIOWrapper(target, encoding="utf-8", errors="surrogatepass", write_through=True)
        decoder.decode(source, text, only_look=how == "look")
        text.detach()

    monkeypatch.setattr(workbook, "_decode", decode)


def records() -> list[int]:
    return [model.objects.count() for model in (Deputy, Mandate, Contact, Activity, Suggestion)]


def test_two_hundred_mutated_workbooks_through_the_page(login: Callable[[User], Client], office: User) -> None:
    for name in ("第一检察部（刑事检察）", "第三检察部（公益诉讼检察）", "案件管理办公室"):
        DepartmentFactory(name=name)
    desk = login(office)
    desk.raise_request_exception = False
    for name in ("代表名册.xlsx", "委员名册.xls"):
        take((DATA / name).read_bytes(), office, name=name)
    outcomes = [taken_back(desk, name, data) for name, data in mutated_books(DATA, BOOKS)]
    assert outcomes.count("422") > 10
    assert outcomes.count("done") > 30
    assert not Job.objects.filter(state=JobState.FAILED, error__startswith="处理时出错").exists()


def taken_back(desk: Client, name: str, data: bytes) -> str:
    """Each file finds the same office."""
    with transaction.atomic():
        outcome = passed_through(desk, name, data)
        transaction.set_rollback(True)
    return outcome


def passed_through(desk: Client, name: str, data: bytes) -> str:
    """Upload, look, confirm if it can be confirmed; where it ended."""
    answer = desk.post("/import/", {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code in (302, 422), name
    if answer.status_code == 422:
        return "422"
    run = ImportRun.objects.latest("pk")
    before = records()
    work()
    run.refresh_from_db()
    assert run.state in ("ready", "refused"), name
    assert desk.get(f"/import/{run.pk}/").status_code == 200
    assert records() == before
    if run.state == "refused":
        assert run.reason.endswith("。")
        return "refused"
    return confirmed(desk, run, before)


def confirmed(desk: Client, run: ImportRun, before: list[int]) -> str:
    """All that was promised is there and written down, or nothing is."""
    counts = run.counts
    assert counts["rows_with_text"] == counts["imported"] + counts["errors"] + counts["ignored"] == run.rows.count()
    if counts["errors"]:
        assert desk.get(f"/import/{run.pk}/errors/").status_code == 200
    answer = desk.post(f"/import/{run.pk}/confirm/")
    assert answer.status_code in (302, 409)
    work()
    run.refresh_from_db()
    changed = records() != before
    assert run.state == ("done" if answer.status_code == 302 else "ready")
    assert changed <= ImportChange.objects.filter(run=run).exists()
    return run.state


def work() -> None:
    while local.work_once():
        pass
