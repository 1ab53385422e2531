"""What broken attempts leave behind goes; what rows name, and what may still get its row, stays."""

import os
import time
from pathlib import Path

import pytest
from django.core.management import call_command

from common import files
from common.jobs import janitor, registry
from common.jobs.models import Job

pytestmark = pytest.mark.django_db


@pytest.fixture
def media(settings, tmp_path: Path, monkeypatch) -> Path:
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(registry, "kept_folders", {})
    monkeypatch.setattr(janitor, "kept_folders", {"made": lambda: {"made/named.pdf"}})
    return tmp_path


def put(media: Path, name: str, *, minutes_old: int = 61) -> Path:
    path = media / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")
    past = time.time() - minutes_old * 60
    os.utime(path, (past, past))
    return path


def test_old_waste_goes_and_everything_else_stays(media):
    gone = [put(media, "made/.tmp-1"), put(media, "elsewhere/deep/.tmp-2"), put(media, "made/sub/orphan.pdf")]
    stay = [
        put(media, "made/named.pdf"),
        put(media, "made/.tmp-3", minutes_old=59),
        put(media, "made/new.pdf", minutes_old=59),
        put(media, "elsewhere/nobody-asked.pdf"),
    ]
    assert janitor.clean() == janitor.Cleaned(temporary=2, unnamed=1)
    assert not any(path.exists() for path in gone)
    assert all(path.exists() for path in stay)


def test_the_temp_file_of_a_killed_worker_is_found(media, monkeypatch):
    class Killed(BaseException):
        """kill -9: no clean-up code runs."""

    def killed(path, data):
        path.write_bytes(data[:1])
        raise Killed

    monkeypatch.setattr(files, "_write_to_disk", killed)
    with pytest.raises(Killed):
        files.write_whole("made/a.pdf", b"whole")
    (left,) = (media / "made").iterdir()
    put(media, f"made/{left.name}")
    assert janitor.clean().temporary == 1


def test_a_row_committed_while_the_janitor_looks_saves_its_file(media, monkeypatch):
    path = put(media, "made/late.pdf")
    named: set[str] = set()
    real = janitor._files

    def list_then_commit(folder):
        found = list(real(folder))
        named.add("made/late.pdf")
        return found

    monkeypatch.setattr(janitor, "kept_folders", {"made": lambda: set(named)})
    monkeypatch.setattr(janitor, "_files", list_then_commit)
    janitor.clean()
    assert path.exists()


def test_a_link_is_removed_and_what_it_points_to_stays(media, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside") / "precious"
    outside.write_bytes(b"x")
    link = media / "made" / "link"
    link.parent.mkdir()
    link.symlink_to(outside)
    past = time.time() - 7200
    os.utime(link, (past, past), follow_symlinks=False)
    assert janitor.clean().unnamed == 1
    assert outside.exists()


def test_no_media_folder_yet_is_no_error(media, settings):
    settings.MEDIA_ROOT = media / "not-yet"
    assert janitor.clean() == janitor.Cleaned(temporary=0, unnamed=0)


def test_the_sweep_command_says_what_it_did(media, capsys):
    put(media, "made/.tmp-1")
    call_command("sweep")
    assert capsys.readouterr().out == "放回 0 件，停止 0 件，无须唤醒；清理临时文件 1 个，无主文件 0 个。\n"
    assert not Job.objects.exists()
