"""Signed papers that were scanned: a PDF as it came, or a picture as a plain JPEG. Known by content, not by name.

A PDF is kept byte for byte, it is evidence; so one that could do something by itself, or that a password keeps from
being read in later years, is refused.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO

from django.conf import settings

from common import photos
from common.denied import Denied
from common.files import DiskFull, sha256, write_whole
from common.sensitive import tidy

PDF, JPEG = "application/pdf", "image/jpeg"
ACCEPT = "application/pdf,image/jpeg,image/png,.pdf,.jpg,.jpeg,.png"
LONGEST_NAME = 100
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
# A viewer finds the head within the first and the end within the last kilobytes.
_HEAD, _TAIL = 1024, 2048
_ACTIVE = re.compile(rb"/(?:JavaScript|Launch|EmbeddedFiles?|RichMedia|SubmitForm|ImportData|XFA)(?![A-Za-z0-9])")
_LOCKED = re.compile(rb"/Encrypt(?![A-Za-z0-9])")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
# Objects may be packed into compressed streams.
_PACKED = re.compile(rb"/ObjStm(?![A-Za-z0-9])")
_LONGEST_HEAD = 2000
_MOST_UNPACKED = 32 * 1024 * 1024
_OPAQUE = "这份 PDF 的内容无法检查。请打印后重新扫描，或另存为普通 PDF。"


class PaperRefused(Denied):
    """Not a paper that we keep. The text says what is wrong and what to do."""


@dataclass(frozen=True)
class Paper:
    """A file that is written already, below MEDIA_ROOT; a row must name it within the hour."""

    file: str
    name: str
    content_type: str
    size: int
    sha256: str


def keep(upload: IO[bytes], name: str, folder: str) -> Paper:
    """Check ``upload`` and write it below ``folder``, named by its content. Not for the inside of a transaction."""
    data, content_type = _checked(upload)
    digest = sha256(data)
    ending = "pdf" if content_type == PDF else "jpg"
    path = f"{folder}/{digest[:2]}/{digest}.{ending}"
    try:
        write_whole(path, data)
    except DiskFull as full:
        raise PaperRefused(str(full)) from full
    return Paper(path, _plain_name(name, ending), content_type, len(data), digest)


def _checked(upload: IO[bytes]) -> tuple[bytes, str]:
    upload.seek(0)
    most = settings.SCAN_MAX_MB * 1024 * 1024
    data = upload.read(most + 1)
    if len(data) > most:
        raise PaperRefused(f"文件超过 {settings.SCAN_MAX_MB} MB，请降低扫描分辨率，或分成几份上传。")
    if not data:
        raise PaperRefused("文件是空的，没有内容。请重新扫描后上传。")
    if data.startswith(_PICTURES):
        try:
            return photos.prepare(upload).print_jpeg, JPEG
        except photos.PhotoRefused as refusal:
            raise PaperRefused(str(refusal)) from refusal
    if b"%PDF-" not in data[:_HEAD]:
        raise PaperRefused("只能上传 PDF、JPG 或 PNG 文件。其他格式的，请另存为 PDF 后上传。")
    _check_pdf(data)
    return data, PDF


def _check_pdf(data: bytes) -> None:
    if b"%%EOF" not in data[-_TAIL:]:
        raise PaperRefused("这份 PDF 不完整，可能没有传完。请重新扫描或导出后上传。")
    if _LOCKED.search(_unescaped(data)):
        raise PaperRefused("这份 PDF 设有密码或使用限制，以后可能打不开。请取消加密、重新导出后上传。")
    if any(_ACTIVE.search(_unescaped(part)) for part in (data, *_unpacked(data))):
        raise PaperRefused(
            "这份 PDF 含有脚本、附件或表单程序，不能作为扫描件保存。请打印后重新扫描，或另存为普通 PDF。"
        )


def _unpacked(data: bytes) -> Iterator[bytes]:
    """What packed objects say; what cannot be looked into is refused, not trusted."""
    left = _MOST_UNPACKED
    heads = [found.start() for found in _PACKED.finditer(data)]
    if len(heads) != len(_PACKED.findall(_unescaped(data))):
        raise PaperRefused(_OPAQUE)
    for head in heads:
        start = data.find(b"stream", head, head + _LONGEST_HEAD)
        if start < 0 or b"/Predictor" in data[max(head - _LONGEST_HEAD, 0) : start].rpartition(b"endobj")[2]:
            raise PaperRefused(_OPAQUE)
        text = _inflated(memoryview(data)[start + len(b"stream") :], left + 1)
        left -= len(text)
        if left < 0:
            raise PaperRefused(_OPAQUE)
        yield text


def _inflated(body: memoryview, most: int) -> bytes:
    """``body`` begins with the end of a line."""
    skip = 2 if bytes(body[:2]) == b"\r\n" else 1
    try:
        return zlib.decompressobj().decompress(body[skip:], most)
    except zlib.error:
        raise PaperRefused(_OPAQUE) from None


def _unescaped(data: bytes) -> bytes:
    """/J#61vaScript is /JavaScript."""
    return _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), data)


def _plain_name(name: str, ending: str) -> str:
    """The sender's name of the file, without its path, with the ending that its content has."""
    stem = PurePath(tidy(name).replace("\\", "/")).stem or "扫描件"
    return f"{stem[: LONGEST_NAME - 5]}.{ending}"
