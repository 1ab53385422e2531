"""Signed papers: what is kept, and what is refused with a sentence that says what to do."""

import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from common import papers
from common.files import media_path
from common.papers import PaperRefused
from tests.common import pictures

PLAIN = b"1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj"


@pytest.fixture(autouse=True)
def media(tmp_path: Path, settings: Any) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def pdf(*objects: bytes, end: bytes = b"\nstartxref\n9\n%%EOF\n") -> bytes:
    return b"%PDF-1.7\n" + b"\n".join(objects or (PLAIN,)) + end


def packed(text: bytes, head: bytes = b"/Filter /FlateDecode", body: bytes | None = None) -> bytes:
    body = zlib.compress(text) if body is None else body
    return b"3 0 obj << /Type /ObjStm /N 1 " + head + b" >> stream\r\n" + body + b"\nendstream endobj"


def keep(data: bytes, name: str = "征询意见表.pdf") -> papers.Paper:
    return papers.keep(BytesIO(data), name, "scans")


def test_a_scanned_pdf_is_kept_byte_for_byte() -> None:
    data = pdf(PLAIN, packed(b"<< /Type /Page >>"))
    paper = keep(data)
    assert media_path(paper.file).read_bytes() == data
    assert (paper.name, paper.content_type, paper.size) == ("征询意见表.pdf", "application/pdf", len(data))


@pytest.mark.parametrize("format", ["JPEG", "PNG"])
def test_a_picture_becomes_a_plain_jpeg(format: str) -> None:
    paper = keep(pictures.data(format=format), "C:\\扫描\\签批件.png")
    assert paper.name == "签批件.jpg"
    with Image.open(media_path(paper.file)) as picture:
        assert picture.format == "JPEG"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "文件是空的"),
        (b"MZ\x90 a program", "只能上传 PDF、JPG 或 PNG"),
        (pictures.data(format="GIF"), "只能上传 PDF、JPG 或 PNG"),
        (pictures.data()[:200], "照片"),
        (pdf(end=b""), "不完整"),
        (pdf(b"<< /Encrypt 5 0 R >>"), "设有密码"),
        (pdf(b"<< /S /JavaScript /JS (app.alert(1)) >>"), "含有脚本"),
        (pdf(b"<< /S /J#61vaScript >>"), "含有脚本"),
        (pdf(b"<< /S /Launch >>"), "含有脚本"),
        (pdf(b"<< /Names << /EmbeddedFiles 3 0 R >> >>"), "含有脚本"),
        (pdf(packed(b"<< /S /JavaScript >>")), "含有脚本"),
        (pdf(packed(b"", body=b"no zlib")), "无法检查"),
        (pdf(packed(b"x", head=b"/DecodeParms << /Predictor 12 >>")), "无法检查"),
        (pdf(packed(b"x").replace(b"/ObjStm", b"/Obj#53tm")), "无法检查"),
        (pdf(packed(b"\0" * (33 * 1024 * 1024))), "无法检查"),
    ],
)
def test_what_is_no_scan_is_refused(data: bytes, sentence: str, media: Path) -> None:
    with pytest.raises(PaperRefused, match=sentence):
        keep(data)
    assert not list(media.rglob("*.*"))


def test_what_is_too_large_is_refused(settings: Any) -> None:
    settings.SCAN_MAX_MB = 1
    with pytest.raises(PaperRefused, match="超过 1 MB"):
        keep(pdf(b"%" + b"x" * 1024 * 1024))


@pytest.mark.parametrize(
    ("name", "kept"), [("", "扫描件.pdf"), ("../../etc/passwd", "passwd.pdf"), ("a" * 300, "a" * 95 + ".pdf")]
)
def test_the_name_is_only_a_name(name: str, kept: str) -> None:
    assert keep(pdf(), name).name == kept
