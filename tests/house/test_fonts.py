"""The portraits' faces: built, put into use, told about."""

import os
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from fontTools.ttLib import TTFont

from common import checks, fontbuild, fonts

pytestmark = pytest.mark.once

# One of each: common, 通用规范汉字表 outside the BMP, Extension A, late additions, punctuation, Latin.
NAMES = "知禾瑄喆垚犇燊镕赟翀䶮㛃𬭎𫖯鿍，。“”·—…「」Aa09①℃"


@pytest.fixture
def font_folder(settings: LazySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.delenv("FONTCONFIG_FILE", raising=False)
    settings.FONT_DIR = tmp_path / "fonts"
    yield settings.FONT_DIR
    os.environ.pop("FONTCONFIG_FILE", None)  # activate() sets it outside of monkeypatch


@pytest.fixture
def built(font_folder: Path) -> Path:
    list(fontbuild.build({ord(char) for char in NAMES}))
    return font_folder


def test_without_a_build_the_system_faces_are_in_use(font_folder: Path) -> None:
    fonts.activate()
    assert "FONTCONFIG_FILE" not in os.environ
    assert fonts.in_use() == fonts.InUse(serif="Noto Serif CJK SC", sans="Noto Sans CJK SC")


def test_after_a_build_our_own_faces_are_in_use(built: Path) -> None:
    fonts.activate()
    found = fonts.in_use()
    assert found.built
    assert "Zhihe Serif、Zhihe Sans" in found.words


def test_the_system_s_faces_stay_within_reach_for_what_ours_lack(built: Path) -> None:
    fonts.activate()
    found = fonts.match("Noto Sans CJK SC")
    assert found is not None
    assert "Noto Sans CJK SC" in found.families


def test_bold_is_a_face_of_its_own(built: Path) -> None:
    fonts.activate()
    found = fonts.match("Zhihe Serif:style=Bold")
    assert found is not None
    assert found.file.endswith("ZhiheSerif-Bold.ttf")


def test_a_site_that_names_its_own_font_configuration_keeps_it(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FONTCONFIG_FILE", "/etc/fonts/fonts.conf")
    fonts.activate()
    assert os.environ["FONTCONFIG_FILE"] == "/etc/fonts/fonts.conf"


def test_a_built_face_is_static_truetype_with_rare_characters_and_a_name_of_its_own() -> None:
    with TTFont(BytesIO(fontbuild.make(fontbuild.FACES[0], {ord(char) for char in NAMES}))) as face:
        assert face.sfntVersion == "\0\1\0\0"
        assert "CFF " not in face
        assert "fvar" not in face
        assert {ord(char) for char in NAMES} == set(face.getBestCmap())
        assert face["name"].getDebugName(1) == "Zhihe Serif"
        assert "Noto" not in (face["name"].getDebugName(4) or "")
        assert face["name"].getDebugName(13), "the licence must stay"


def test_a_built_face_draws_what_its_source_draws() -> None:
    """Widths and boxes agree to a unit of 1000: nothing was moved, mirrored or lost on the way to quadratic curves."""
    character = ord("禾")
    with TTFont(BytesIO(fontbuild.make(fontbuild.FACES[0], {character}))) as face:
        glyph = face["glyf"][face.getBestCmap()[character]]
        box = (glyph.xMin, glyph.yMin, glyph.xMax, glyph.yMax)
        width = face["hmtx"][face.getBestCmap()[character]][0]
    file, index = fontbuild.source_of(fontbuild.FACES[0])
    with TTFont(file, fontNumber=index, lazy=True) as source:
        name = source.getBestCmap()[character]
        original = source["CFF "].cff.topDictIndex[0].CharStrings[name].calcBounds(source.getGlyphSet())
        assert width == source["hmtx"][name][0]
    assert all(abs(ours - theirs) <= 2 for ours, theirs in zip(box, original, strict=True)), (box, original)


def test_a_whole_build_would_cover_gbk() -> None:
    file, index = fontbuild.source_of(fontbuild.FACES[0])
    gbk = set()
    for lead in range(0x81, 0xFF):
        for trail in range(0x40, 0xFF):
            gbk |= {ord(char) for char in bytes([lead, trail]).decode("gbk", "ignore") if char >= "㐀"}
    with TTFont(file, fontNumber=index, lazy=True) as source:
        hangul = {code for block in fontbuild.HANGUL for code in block}
        missing = gbk - (set(source.getBestCmap()) - hangul)
    assert not {code for code in missing if not 0xE000 <= code < 0xF900}  # private use is nobody's character


def test_a_build_that_is_cut_off_leaves_the_old_state(font_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []

    def make(face: fontbuild.Face, characters: object) -> bytes:
        made.append(face)
        if len(made) == 3:
            raise KeyboardInterrupt
        return b"half"

    monkeypatch.setattr(fontbuild, "make", make)
    with pytest.raises(KeyboardInterrupt):
        list(fontbuild.build({65}))
    fonts.activate()
    assert "FONTCONFIG_FILE" not in os.environ
    assert list(font_folder.iterdir()) == []


def test_the_command_builds_once(font_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = fontbuild.make
    monkeypatch.setattr(fontbuild, "make", lambda face, characters: real(face, {65, 0x79BE}))
    first, second = StringIO(), StringIO()
    call_command("build_fonts", stdout=first)
    call_command("build_fonts", stdout=second)
    assert "4/4  Zhihe Sans Bold" in first.getvalue()
    assert second.getvalue() == "字体已是最新。\n"


def test_the_command_says_what_to_install_without_noto(font_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "match", lambda pattern: None)
    with pytest.raises(CommandError, match=r"apt install .* fonts-noto-cjk"):
        call_command("build_fonts")


def test_a_healthy_machine_gives_no_warning() -> None:
    assert checks.portraits_can_be_made() == []


def test_the_check_warns_of_missing_faces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "match", lambda pattern: None)
    assert [message.id for message in checks.portraits_can_be_made()] == ["common.W001"]


def test_the_check_warns_of_a_missing_subsetter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "cuts_quickly", lambda: False)
    assert [message.id for message in checks.portraits_can_be_made()] == ["common.W002"]


def test_the_deploy_check_says_which_faces_are_in_use(font_folder: Path) -> None:
    [message] = checks.which_faces()
    assert "Noto Serif CJK SC" in message.msg
    assert "build_fonts" in str(message.hint)


@pytest.mark.usefixtures("built")
def test_a_pdf_made_after_the_build_holds_our_faces(built: Path, tmp_path: Path) -> None:
    """In a process of its own: fontconfig reads its file once."""
    target = tmp_path / "page.pdf"
    page = '<p lang="zh-Hans" style="font-family: Zhihe Serif, Noto Serif CJK SC">知禾䶮</p>'
    program = f"from weasyprint import HTML; HTML(string={page!r}).write_pdf({str(target)!r}, uncompressed_pdf=True)"
    variables = os.environ | {"FONTCONFIG_FILE": str(fonts.config_file())}
    subprocess.run([sys.executable, "-c", program], env=variables, check=True)
    data = target.read_bytes()
    assert b"Zhihe-Serif" in data or b"ZhiheSerif" in data
    assert b"Noto" not in data
