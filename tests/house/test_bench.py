"""The protocol of the benches."""

import json
from pathlib import Path

import pytest
from django.db import connection

from bench import run as bench_run
from bench.reachhouse.seed import pour
from deputies.models import Contact, Deputy, LastContact


def row(**changes: object) -> dict:
    return {"name": "x", "ours": 2.0, "other": None, "ratio": None, "goal": "<= 3", "unit": "s"} | changes


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, True),
        ({"ours": 3.5}, False),
        ({"goal": ">= 2.5 times", "ratio": 2.9, "ours": 0.3}, True),
        ({"goal": ">= 2.5", "ratio": 2.4, "ours": 99}, False),
        ({"goal": "= 0", "ours": 1}, False),
        ({"goal": None}, None),
    ],
)
def test_a_goal_is_compared_with_the_ratio_if_there_is_one(changes: dict, expected: bool | None) -> None:
    assert bench_run.met(row(**changes)) is expected


def test_repeating_one_bench_keeps_the_figures_of_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench_run, "FOLDER", tmp_path)
    bench_run.save([row(name="a"), row(name="b")])
    bench_run.save([row(name="b", ours=1.0)])
    results = json.loads((tmp_path / "results.json").read_text())
    assert (results["a"]["ours"], results["b"]["ours"]) == (2.0, 1.0)
    assert set(results["a"]) == {"ours", "other", "ratio", "goal", "unit"}


@pytest.mark.postgres
@pytest.mark.django_db
def test_the_house_of_the_bench_fits_the_tables_as_they_are_now() -> None:
    pour(people=50, contacts=200)
    assert (Deputy.objects.count(), Contact.objects.count()) == (50, 200)
    assert LastContact.objects.exists()
    connection.check_constraints()
