"""Files below MEDIA_ROOT: written whole or not at all, read and sent only through a guarded door."""

import errno
import hashlib
import os
import shutil
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header

TEMP_PREFIX = ".tmp-"
# Kept free so that the database beside the files can still answer and logs can still be written.
RESERVE_BYTES = 64 * 1024 * 1024


class DiskFull(OSError):
    """No room for the file; nothing was written. The text is for the user."""

    def __init__(self) -> None:
        super().__init__("服务器磁盘空间不足，文件没有保存。请联系系统管理员清理后重试。")


def media_path(relative_path: str) -> Path:
    """Where the file lies. A path that leads out of MEDIA_ROOT, also through a link, is refused (HTTP 400)."""
    root = Path(settings.MEDIA_ROOT).resolve()
    if not relative_path or "\0" in relative_path:
        raise SuspiciousFileOperation("empty or broken path")
    path = (root / relative_path).resolve()
    if path == root or not path.is_relative_to(root):
        raise SuspiciousFileOperation("path outside the media folder")
    return path


def write_whole(relative_path: str, data: bytes) -> None:
    """After a crash at any moment the file is the old one, the new one or absent, never half.

    Temp file in the target's folder (a rename across file systems would be a copy), flushed to disk, renamed,
    and the folder flushed, so the name survives a power cut before a row may point at it.
    """
    path = media_path(relative_path)
    _make_folder(path.parent)
    if shutil.disk_usage(path.parent).free < len(data) + RESERVE_BYTES:
        raise DiskFull
    temp = path.parent / f"{TEMP_PREFIX}{uuid4().hex}"
    try:
        _write_to_disk(temp, data)
        temp.replace(path)
    except OSError as fault:
        temp.unlink(missing_ok=True)
        if fault.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull from fault
        raise
    _flush_folder(path.parent)


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def guarded_response(
    relative_path: str, *, filename: str, content_type: str, inline: bool = False
) -> HttpResponseBase:
    """The file as an answer, after the view has checked who asks. A proxy sends the bytes where one is set up."""
    path = media_path(relative_path)
    if not path.is_file():
        raise Http404("文件不存在。")
    response: HttpResponseBase
    if settings.MEDIA_ACCEL_PREFIX:
        relative = path.relative_to(Path(settings.MEDIA_ROOT).resolve()).as_posix()
        target = f"{settings.MEDIA_ACCEL_PREFIX.rstrip('/')}/{quote(relative)}"
        response = HttpResponse(headers={"X-Accel-Redirect": target})
    else:
        response = FileResponse(path.open("rb"))
    response["Content-Type"] = content_type
    response["Content-Disposition"] = content_disposition_header(not inline, filename) or "inline"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _write_to_disk(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _make_folder(folder: Path) -> None:
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    _flush_folder(folder.parent)


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
