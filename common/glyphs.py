"""Which characters the house's faces can print, and how wide. Knows fonts only, so web pages may ask it too."""

import unicodedata
from functools import cache

from fontTools.ttLib import TTFont

from common import fonts

FAMILIES = (*fonts.SERIF, *fonts.SANS)  # Song for text, Hei for small labels
UNPRINTED = {"Cc", "Cf", "Zs", "Zl", "Zp"}


def missing_glyphs(text: str) -> list[str]:
    """The characters of ``text`` that no face of the house has, in order, each once."""
    printed = dict.fromkeys(char for char in text if unicodedata.category(char) not in UNPRINTED)
    return [char for char in printed if ord(char) not in _covered()]


@cache
def advance(char: str) -> float:
    """How wide ``char`` is printed, in em; one em where no face of the house knows it."""
    return next((widths[ord(char)] for widths in map(_advances, FAMILIES) if ord(char) in widths), 1.0)


@cache
def _covered() -> frozenset[int]:
    """Every code point in the house's faces; a variation selector changes a glyph, it is none itself."""
    selectors = {*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)}
    return frozenset(selectors.union(*map(_advances, FAMILIES)))


@cache
def _advances(family: str) -> dict[int, float]:
    """Code point → width in em of the face that fontconfig finds; nothing where it would substitute another family."""
    fonts.activate()
    face = fonts.match(family)
    if face is None or family not in face.families:
        return {}
    with TTFont(face.file, fontNumber=face.index, lazy=True) as tables:
        widths, em = tables["hmtx"].metrics, tables["head"].unitsPerEm
        return {code: widths[glyph][0] / em for code, glyph in tables.getBestCmap().items()}
