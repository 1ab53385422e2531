"""Files below MEDIA_ROOT: whole or absent, never outside, sent only with the guard's headers."""

import errno
import os
from collections import namedtuple
from pathlib import Path

import pytest
from django.core.exceptions import SuspiciousFileOperation
from django.http import Http404

from common import files

pytestmark = pytest.mark.once


@pytest.fixture
def media(settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MEDIA_ACCEL_PREFIX = ""
    return settings.MEDIA_ROOT


def everything(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def content(response) -> bytes:
    with response.file_to_stream as stream:
        return stream.read()


def test_a_file_is_written_whole_into_a_new_folder(media):
    files.write_whole("portraits/2026/a.pdf", b"%PDF")
    assert (media / "portraits/2026/a.pdf").read_bytes() == b"%PDF"
    assert everything(media) == ["portraits/2026/a.pdf"]


def test_writing_again_replaces_the_file(media):
    files.write_whole("a.pdf", b"old")
    files.write_whole("a.pdf", b"new")
    assert (media / "a.pdf").read_bytes() == b"new"


def test_bytes_and_name_reach_the_disk_before_the_call_returns(media, monkeypatch):
    order = []
    real_fsync, real_replace = os.fsync, Path.replace
    monkeypatch.setattr(os, "fsync", lambda handle: order.append("flush") or real_fsync(handle))
    monkeypatch.setattr(Path, "replace", lambda self, target: order.append("rename") or real_replace(self, target))
    media.mkdir()
    files.write_whole("a.pdf", b"x")
    assert order == ["flush", "rename", "flush"]


@pytest.mark.parametrize("moment", ["write", "rename"])
def test_an_interrupted_write_leaves_the_old_file_and_no_temp_file(media, monkeypatch, moment):
    files.write_whole("a.pdf", b"old")

    def broken(*args):
        raise OSError(errno.EIO, "broken disk")

    if moment == "write":
        monkeypatch.setattr(os, "fsync", broken)
    else:
        monkeypatch.setattr(Path, "replace", broken)
    with pytest.raises(OSError, match="broken disk"):
        files.write_whole("a.pdf", b"new")
    assert (media / "a.pdf").read_bytes() == b"old"
    assert everything(media) == ["a.pdf"]


def test_a_full_disk_is_refused_before_writing(media, monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(files.shutil, "disk_usage", lambda path: usage(100, 100, files.RESERVE_BYTES))
    with pytest.raises(files.DiskFull, match="磁盘空间不足"):
        files.write_whole("a.pdf", b"x")
    assert everything(media) == []


def test_a_disk_that_fills_up_while_writing_is_named_and_tidied(media, monkeypatch):
    def full(handle):
        raise OSError(errno.ENOSPC, "no space left")

    monkeypatch.setattr(os, "fsync", full)
    media.mkdir()
    with pytest.raises(files.DiskFull, match="磁盘空间不足"):
        files.write_whole("a.pdf", b"x")
    assert everything(media) == []


@pytest.mark.parametrize("path", ["../a", "x/../../a", "/etc/passwd", "", ".", "x/..", "a\0b"])
def test_a_path_that_leads_outside_is_refused(media, path):
    with pytest.raises(SuspiciousFileOperation):
        files.write_whole(path, b"x")
    with pytest.raises(SuspiciousFileOperation):
        files.guarded_response(path, filename="a", content_type="text/plain")


def test_a_link_that_leads_outside_is_refused(media, tmp_path):
    media.mkdir()
    (tmp_path / "secret").write_bytes(b"secret")
    (media / "link").symlink_to(tmp_path / "secret")
    with pytest.raises(SuspiciousFileOperation):
        files.guarded_response("link", filename="a", content_type="text/plain")


def test_a_file_is_sent_as_a_download_that_nobody_keeps_or_guesses(media):
    files.write_whole("a.pdf", b"%PDF")
    response = files.guarded_response("a.pdf", filename="检察印迹 张三.pdf", content_type="application/pdf")
    assert content(response) == b"%PDF"
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''%E6%A3%80")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"


def test_a_picture_may_be_shown_in_the_page(media):
    files.write_whole("a.jpg", b"jpeg")
    response = files.guarded_response("a.jpg", filename="a.jpg", content_type="image/jpeg", inline=True)
    assert response["Content-Disposition"].startswith("inline")
    assert content(response) == b"jpeg"


@pytest.mark.parametrize("prefix", ["/guarded", "/guarded/"])
def test_behind_a_proxy_the_proxy_sends_the_bytes(media, settings, prefix):
    settings.MEDIA_ACCEL_PREFIX = prefix
    files.write_whole("印迹/a b.pdf", b"%PDF")
    response = files.guarded_response("印迹/a b.pdf", filename="a.pdf", content_type="application/pdf")
    assert response["X-Accel-Redirect"] == "/guarded/%E5%8D%B0%E8%BF%B9/a%20b.pdf"
    assert response["Content-Type"] == "application/pdf"
    assert response.content == b""


@pytest.mark.parametrize("prefix", ["", "/guarded"])
def test_a_file_that_is_gone_is_404(media, settings, prefix):
    settings.MEDIA_ACCEL_PREFIX = prefix
    with pytest.raises(Http404):
        files.guarded_response("a.pdf", filename="a.pdf", content_type="application/pdf")
