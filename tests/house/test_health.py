"""/healthz and /readyz."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from common import fonts, health
from common.jobs.models import Job, JobState


def test_anybody_may_ask_whether_the_process_lives_and_learns_nothing_else(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_a_stranger_does_not_learn_the_state_of_the_parts(db: None, client: Client) -> None:
    assert client.get("/readyz").status_code == 403


def test_the_system_administrator_sees_each_part(login, sysadmin) -> None:
    answer = login(sysadmin).get("/readyz")
    names = [check["name"] for check in answer.json()["checks"]]
    assert answer.status_code == 200, answer.content.decode()
    assert names == ["数据库", "缓存", "消息队列", "任务等待", "磁盘", "字体"]


def test_the_office_may_not_see_it(login, office) -> None:
    assert login(office).get("/readyz").status_code == 403


def test_a_monitor_with_the_token_may_ask(db: None, client: Client, settings: LazySettings) -> None:
    settings.HEALTH_TOKEN = "a-long-word"
    assert client.get("/readyz", headers={"Authorization": "Bearer a-long-word"}).status_code == 200
    assert client.get("/readyz", headers={"Authorization": "Bearer another"}).status_code == 403


@pytest.mark.parametrize("given", ["", "Bearer ", "Bearer"])
def test_without_a_configured_token_an_empty_one_does_not_open(
    db: None, client: Client, settings: LazySettings, given: str
) -> None:
    settings.HEALTH_TOKEN = ""
    assert client.get("/readyz", headers={"Authorization": given}).status_code == 403


def test_a_job_that_nobody_takes_turns_the_answer_to_503(login, sysadmin) -> None:
    job = Job.objects.create(kind="portrait", scope="portrait:1")
    Job.objects.filter(pk=job.pk).update(due_at=timezone.now() - timedelta(minutes=9))
    answer = login(sysadmin).get("/readyz")
    assert answer.status_code == 503
    assert "已等待 9 分钟" in answer.content.decode()


def test_a_job_that_was_just_asked_for_or_is_done_is_no_alarm(db: None) -> None:
    now = timezone.now()
    Job.objects.create(kind="portrait", scope="portrait:1")
    Job.objects.create(
        kind="portrait", scope="portrait:2", state=JobState.DONE, due_at=now - timedelta(days=9), finished_at=now
    )
    assert "等待 0 秒" in health.queue(timezone.now())


def test_a_full_disk_is_told(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    monkeypatch.setattr(health, "LEAST_DISK", 1024**6)
    reading = {reading.name: reading for reading in health.readings(timezone.now())}["磁盘"]
    assert not reading.ok


def test_a_driver_s_words_with_an_address_in_them_stay_inside(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    def refuse(*args: object) -> None:
        raise ConnectionError("redis://:secret@10.1.2.3 refused")

    monkeypatch.setattr(cache, "set", refuse)
    reading = {reading.name: reading for reading in health.readings(timezone.now())}["缓存"]
    assert (reading.ok, reading.detail) == (False, "没有应答（ConnectionError）")


def test_a_broker_that_is_down_answers_within_its_time_limit(settings: LazySettings, db: None) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    reading = {reading.name: reading for reading in health.readings(timezone.now())}["消息队列"]
    assert not reading.ok


def test_missing_faces_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "match", lambda pattern: fonts.Match("/x.ttf", 0, ("DejaVu Sans",)))
    with pytest.raises(RuntimeError, match="缺少中文字体"):
        health.typefaces()


def test_a_disk_that_has_no_folder_yet_is_measured_at_its_parent(settings: LazySettings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "not" / "yet"
    assert "剩余" in health.disk()
