"""Cut the portraits' four faces out of Noto CJK: static TrueType, one language, own family names.

Everything the Simplified-Chinese face maps is kept but Hangul. That is every ideograph of GBK, of the Table of
General Standard Chinese Characters and of Extension A, so no list of characters has to be kept here: names
in this work hold rare characters, and a smaller cut gains no time. WeasyPrint copies the whole face into memory
for each document; curves of the TrueType kind are cheaper to cut and to store than those of Noto's CFF.
"""

import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

import uharfbuzz as hb
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable

from common import fonts

RECIPE = "1"  # raise it when the recipe below changes: faces of an older recipe are then made anew
MAX_ERROR = 1.0  # of 1000 units per em: far below what a printer resolves
FEATURES = ("kern", "palt", "halt", "ccmp", "mark", "mkmk", "liga", "calt")
LICENCE = (13, 14)  # name records: its text and its address
UNUSED_TABLES = ("VORG", "vhea", "vmtx", "DSIG")
HANGUL = (range(0x1100, 0x1200), range(0x3130, 0x3190), range(0xA960, 0xA980), range(0xAC00, 0xD800))
CONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <cachedir>{cache}</cachedir>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>{folder}</dir>
</fontconfig>
"""


class NoSource(Exception):
    """Noto CJK is not on this machine."""


@dataclass(frozen=True)
class Face:
    source: str  # fontconfig pattern
    family: str
    style: str

    @property
    def file_name(self) -> str:
        return f"{self.family}-{self.style}.ttf".replace(" ", "")


FACES = [
    Face("Noto Serif CJK SC:style=Regular", "Zhihe Serif", "Regular"),
    Face("Noto Serif CJK SC:style=Bold", "Zhihe Serif", "Bold"),
    Face("Noto Sans CJK SC:style=Regular", "Zhihe Sans", "Regular"),
    Face("Noto Sans CJK SC:style=Bold", "Zhihe Sans", "Bold"),
]


def source_of(face: Face) -> tuple[Path, int]:
    found = fonts.match(face.source)
    if found is None or face.source.split(":")[0] not in found.families:
        raise NoSource(face.source)
    return Path(found.file), found.index


def stamp() -> str:
    """Changes with the recipe and with the distribution's font files."""
    files = [source_of(face)[0].stat() for face in FACES]
    text = RECIPE + "".join(f"{file.st_size} {file.st_mtime_ns} " for file in files)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def is_current() -> bool:
    config = fonts.config_file()
    return config.is_file() and stamp() in config.read_text()


def build(characters: Collection[int] | None = None) -> Iterator[Face]:
    """Make the faces one by one, yielding each; they come into use together, after the last.

    ``characters`` limits them (for tests): without it, all that the source has but Hangul.
    """
    folder, name = fonts.config_file().parent, stamp()
    folder.mkdir(parents=True, exist_ok=True)
    with _half_done(folder) as workshop:
        for face in FACES:
            data = make(face, characters)
            (workshop / face.file_name).write_bytes(data)
            yield face
        shutil.rmtree(folder / name, ignore_errors=True)
        workshop.chmod(0o755)
        workshop.rename(folder / name)
    _put_into_use(folder, name)


@contextmanager
def _half_done(folder: Path) -> Iterator[Path]:
    workshop = Path(tempfile.mkdtemp(prefix=".half-", dir=folder))
    try:
        yield workshop
    finally:
        shutil.rmtree(workshop, ignore_errors=True)


def _put_into_use(folder: Path, name: str) -> None:
    config = fonts.config_file()
    words = CONFIG.format(folder=escape(str(folder / name)), cache=escape(str(folder / "cache")))
    new = config.with_suffix(".new")
    new.write_text(words)
    os.replace(new, config)
    # Index now: where the folder is read-only later (a container), every process would index it again.
    subprocess.run(["fc-cache"], env=os.environ | {"FONTCONFIG_FILE": str(config)}, capture_output=True, check=False)
    for old in folder.iterdir():
        if old.is_dir() and old.name not in (name, "cache") and not old.name.startswith("."):
            shutil.rmtree(old, ignore_errors=True)


def make(face: Face, characters: Collection[int] | None = None) -> bytes:
    file, index = source_of(face)
    source = hb.Face(hb.Blob.from_file_path(str(file)), index)
    cut = hb.subset(source, _what_to_keep(source, characters)).blob.data
    with TTFont(BytesIO(cut), recalcBBoxes=False) as font:  # bounds are set glyph by glyph below
        _to_truetype(font, hb.Font(hb.Face(hb.Blob(cut))))
        _rename(font, face)
        out = BytesIO()
        font.save(out, reorderTables=False)
    return out.getvalue()


def _what_to_keep(source: hb.Face, characters: Collection[int] | None) -> hb.SubsetInput:
    wanted = hb.SubsetInput()
    hangul = {code for block in HANGUL for code in block}
    kept = set(source.unicodes) - hangul
    wanted.unicode_set.update(kept if characters is None else kept & set(characters))
    wanted.name_id_set.update((0, 5, *LICENCE))
    wanted.layout_feature_tag_set.clear()
    wanted.layout_feature_tag_set.update(_tag(name) for name in FEATURES)
    wanted.drop_table_tag_set.update(_tag(name) for name in UNUSED_TABLES)
    wanted.flags = hb.SubsetFlags.NO_HINTING
    return wanted


def _tag(name: str) -> int:
    return int.from_bytes(name.encode(), "big")


def _to_truetype(font: TTFont, shapes: hb.Font) -> None:
    """Replace the cubic curves of CFF by the quadratic ones of glyf; HarfBuzz draws, several times faster."""
    order = font.getGlyphOrder()
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphOrder, font["glyf"].glyphs = order, {}
    for number, name in enumerate(order):
        pen = TTGlyphPen(None)
        shapes.draw_glyph_with_pen(number, Cu2QuPen(pen, MAX_ERROR, reverse_direction=True))
        glyph = pen.glyph()
        glyph.recalcBounds(font["glyf"])
        font["glyf"].glyphs[name] = glyph
        width, _ = font["hmtx"].metrics[name]
        font["hmtx"].metrics[name] = (width, getattr(glyph, "xMin", 0))
    del font["CFF "]
    _set_profile(font)
    font["post"].formatType = 3.0  # no glyph names
    font["head"].glyphDataFormat = 0
    font.sfntVersion = "\000\001\000\000"


def _set_profile(font: TTFont) -> None:
    """The part of maxp that only TrueType has; no instructions, so all of it is at rest."""
    maxp = font["maxp"]
    maxp.tableVersion = 0x00010000
    at_rest = "maxTwilightPoints maxStorage maxFunctionDefs maxInstructionDefs maxStackElements maxSizeOfInstructions"
    for field in [*at_rest.split(), "maxComponentElements", "maxComponentDepth"]:
        setattr(maxp, field, 0)
    maxp.maxZones = 1
    maxp.recalc(font)


def _rename(font: TTFont, face: Face) -> None:
    """Own names, as the licence asks of changed versions; its text and the copyright line stay."""
    table = font["name"]
    table.names = [record for record in table.names if record.nameID in (0, 5, *LICENCE)]
    postscript = face.file_name.removesuffix(".ttf")
    names = {
        1: face.family,
        2: face.style,
        3: f"{postscript};{RECIPE}",
        4: f"{face.family} {face.style}",
        6: postscript,
    }
    for number, text in names.items():
        table.setName(text, number, 3, 1, 0x409)
