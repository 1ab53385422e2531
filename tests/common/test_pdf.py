"""The renderer's promises: archivable and tagged, nothing fetched, no box printed, the same bytes again."""

import logging
import re
import socket
import time
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pypdfium2
import pytest

from common import pdf
from common.glyphs import missing_glyphs
from tests.common.pictures import data

pytestmark = pytest.mark.once

CSS = 'html { font: 11pt "Zhihe Serif", "Noto Serif CJK SC" }'
SECRET = "zhihe-canary-secret"
# {secret} is a file of ours with a secret in it, {port} a door that must stay shut.
VECTORS = [
    '<img src="file://{secret}">',
    '<img src="FILE://{secret}">',
    '<img src="{secret}">',
    '<img src="//127.0.0.1:{port}/x">',
    '<img src="http://127.0.0.1:{port}/x">',
    '<img src="https://127.0.0.1:{port}/x">',
    '<img src="ftp://127.0.0.1:{port}/x">',
    '<img src="data:image/png;base64,iVBORw0KGgo=">',
    '<img src="photo:../../secret">',
    '<img src="photo:1?x=1">',
    '<img src="photo://1">',
    '<base href="file:///"><img src="etc/passwd">',
    '<object data="file://{secret}"></object>',
    '<embed src="file://{secret}">',
    '<link rel="attachment" href="file://{secret}">',
    '<a rel="attachment" href="file://{secret}">x</a>',
    '<link rel="stylesheet" href="file://{secret}">',
    '<link rel="stylesheet" href="http://127.0.0.1:{port}/x.css">',
    "<style>@import 'file://{secret}';</style>",
    "<style>@import url(http://127.0.0.1:{port}/x.css);</style>",
    "<style>@font-face {{ font-family: x; src: url(file://{secret}) }}</style>",
    '<div style="background: url(file://{secret})">x</div>',
    '<div style="border-image: url(http://127.0.0.1:{port}/x) 1">x</div>',
    '<ul style="list-style-image: url(file://{secret})"><li>x</li></ul>',
    '<style>p::before {{ content: url("file://{secret}") }}</style>',
    '<style>@page {{ @top-left {{ content: url("file://{secret}") }} }}</style>',
    '<svg width="9" height="9"><image href="file://{secret}" width="9" height="9"/></svg>',
    '<svg width="9" height="9"><image href="http://127.0.0.1:{port}/x" width="9" height="9"/></svg>',
    '<svg width="9" height="9"><style>@font-face {{ font-family: x; src: url(file://{secret}) }}</style></svg>',
    '<svg width="9" height="9"><style>@import "file://{secret}";</style></svg>',
]


def no_assets(url: str) -> tuple[bytes, str]:
    raise FileNotFoundError(url)


def render(body: str, *, css: str = CSS, assets: pdf.Assets = no_assets, identifier: str = "test") -> pdf.Pdf:
    page = f'<!doctype html><html lang="zh-CN"><title>检察印迹</title><meta name="author" content="院"><p>禾</p>{body}'
    return pdf.render(page, css=css, assets=assets, identifier=identifier)


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    file = tmp_path / "secret.txt"
    file.write_text(SECRET)
    return file


@pytest.fixture
def door() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        yield server


def knocked(door: socket.socket) -> bool:
    try:
        door.accept()
    except TimeoutError:
        return False
    return True


@pytest.mark.parametrize("vector", VECTORS)
def test_nothing_outside_of_the_product_is_fetched(
    vector: str, secret: Path, door: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("weasyprint.urls.open", lambda *a, **k: opened.append(str(a[0])), raising=False)
    body = vector.format(secret=secret, port=door.getsockname()[1])

    with pytest.raises(pdf.RenderFailed):
        render(body)

    assert not opened
    assert not knocked(door)


def test_without_the_count_a_refusal_inside_an_svg_would_pass_unseen(
    secret: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Negative control: WeasyPrint swallows even a fatal error of the fetcher there."""
    monkeypatch.setattr(pdf.Renderer, "_why", lambda *_: None)

    assert render(VECTORS[26].format(secret=secret)).data.startswith(b"%PDF")


def test_one_refused_render_does_not_spoil_the_next(secret: Path) -> None:
    with pytest.raises(pdf.ForbiddenResource, match="不允许的资源"):
        render(f'<img src="file://{secret}">')

    assert render("<p>再来</p>").pages == 1


def test_a_style_sheet_that_asks_for_something_is_refused_each_time(secret: Path) -> None:
    css = f"@font-face {{ font-family: x; src: url(file://{secret}) }}"
    for _ in range(2):
        with pytest.raises(pdf.ForbiddenResource):
            render("", css=css)


def test_a_photo_of_the_product_is_printed() -> None:
    made = render('<img src="photo:12" alt="照片">', assets=lambda url: (data(), "image/jpeg"))

    assert b"/DCTDecode" in made.data


def test_a_lost_photo_fails_the_render_instead_of_leaving_a_hole() -> None:
    with pytest.raises(FileNotFoundError, match="photo:12"):
        render('<img src="photo:12" alt="照片">')


def test_a_broken_photo_fails_the_render_too() -> None:
    with pytest.raises(pdf.RenderFailed, match="photo:12"):
        render('<img src="photo:12" alt="照片">', assets=lambda url: (b"no picture", "image/jpeg"))


def test_the_same_input_gives_the_same_bytes() -> None:
    def make() -> bytes:
        return render('<h1>张三</h1><img src="photo:1" alt="照片">', assets=lambda url: (data(), "image/jpeg")).data

    assert make() == make()


def test_the_identifier_is_kept_in_the_file() -> None:
    assert render("", identifier="ZH26-AAAA-BBBB").data != render("", identifier="ZH26-AAAA-CCCC").data


def test_it_is_archivable_tagged_and_says_its_language(tmp_path: Path) -> None:
    made = render("<h1>张三</h1>").data
    document = pypdfium2.PdfDocument(made)

    assert document.get_metadata_dict()["Title"] == "检察印迹"
    assert document.get_metadata_dict()["Author"] == "院"
    assert document.is_tagged()
    assert b"zh-CN" in streams(made)
    assert b'pdfaid:part="2" pdfaid:conformance="A"' in streams(made)


def streams(made: bytes) -> bytes:
    """Every deflated stream of the file, opened."""
    found = b""
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", made, re.DOTALL):
        try:
            found += zlib.decompressobj().decompress(stream)
        except zlib.error:
            continue
    return found


@pytest.mark.parametrize("char", ["\U0002a6a5", "\U00031350", "\ue000", "😀", "\u0f40"])
def test_a_character_without_a_glyph_stops_the_render_with_its_name(char: str) -> None:
    with pytest.raises(pdf.MissingGlyph) as refused:
        render(f"<p>陈{char}</p>")

    assert refused.value.char == char
    assert f"U+{ord(char):04X}" in str(refused.value)


def test_the_second_net_catches_what_the_first_lets_through(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pango's own warning counts, should the look-up ever be wrong."""
    monkeypatch.setattr(pdf, "missing_glyphs", lambda _: [])

    with pytest.raises(pdf.MissingGlyph):
        render("<p>陈\U0002a6a5</p>")


def test_the_second_net_hangs_in_a_worker_that_logs_errors_only(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(pdf, "missing_glyphs", lambda _: [])
    caplog.set_level(logging.ERROR)

    with pytest.raises(pdf.MissingGlyph):
        render("<p>陈\U0002a6a5</p>")


def test_with_both_nets_off_a_box_would_be_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "missing_glyphs", lambda _: [])
    monkeypatch.setattr(pdf.Renderer, "_why", lambda *_: None)

    assert render("<p>陈\U0002a6a5</p>").pages == 1


def test_rare_characters_of_names_that_we_can_print_are_found() -> None:
    assert missing_glyphs("㛃䶮瑄喆垚犇燊镕𬍛·　，。“”——……①\u200b\ufe0f") == []


def test_each_missing_character_is_named_once_in_order() -> None:
    assert missing_glyphs("😀陈\U0002a6a5😀") == ["😀", "\U0002a6a5"]


def test_markup_in_text_is_looked_at_as_the_reader_sees_it() -> None:
    with pytest.raises(pdf.MissingGlyph):
        render("<p>&#x2A6A5;</p>")


def test_a_thousand_combining_marks_end_in_time() -> None:
    started = time.process_time()

    with suppress(pdf.MissingGlyph):  # refused is as good as printed
        assert render(f"<p>禾{chr(0x301) * 2000}</p>").pages

    assert time.process_time() - started < 20
