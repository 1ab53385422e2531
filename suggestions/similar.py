"""Earlier suggestions on the same matter, found while the title is typed.

Compared are overlapping pieces of two characters: they need no dictionary and find names of places and things that no
dictionary has. A piece that many titles share says little, one that few share says much.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log

# What is in every title.
_FILLER = re.compile(
    r"关于|有关|进一步|建议|提案|议案|意见|加强|推进|推动|完善|规范|支持|落实|工作|管理|问题|的|和|及|等"
)
_RUNS = re.compile(r"[0-9A-Za-z一-鿿㐀-䶿]+")
# Of all that the new title says, weighed by how rare it is, so much at least stands in the earlier one.
ENOUGH = 0.34
MOST = 3


@dataclass(frozen=True)
class Earlier:
    pk: int
    title: str
    text: str


@dataclass(frozen=True)
class Likeness:
    """``shared`` are the words that both have, in the order of the new title; ``weight`` grows with what they say."""

    pk: int
    weight: float
    shared: tuple[str, ...]


def similar(title: str, earlier: Sequence[Earlier]) -> list[Likeness]:
    """The most alike first, at most :data:`MOST`."""
    said = pieces(title)
    worth = {piece: _worth(sum(piece in each.title for each in earlier), len(earlier)) for piece in set(said)}
    found = []
    for each in earlier:
        shared = {piece for piece in worth if piece in each.title or piece in each.text}
        # In the text a word may stand by the way.
        weight = sum(worth[piece] if piece in each.title else worth[piece] / 2 for piece in shared)
        if len(shared) >= 2 and weight >= ENOUGH * sum(worth.values()):
            found.append(Likeness(each.pk, weight, _words(said, shared)))
    return sorted(found, key=lambda each: (-each.weight, -each.pk))[:MOST]


def pieces(text: str) -> list[str]:
    """Overlapping pieces of two characters, without the words that every title has."""
    plain = _FILLER.sub(" ", unicodedata.normalize("NFKC", text))
    return ["".join(pair) for run in _RUNS.findall(plain) for pair in pairwise(run)]


def _worth(having: int, titles: int) -> float:
    """What a piece says: the more the fewer titles have it."""
    return log(1 + (titles + 1) / (having + 1))


def _words(said: list[str], shared: set[str]) -> tuple[str, ...]:
    """Pieces that follow one another in the title are one word: 窨井 + 井盖 is 窨井盖."""
    words: list[str] = []
    before = ""
    for piece in said:
        if piece in shared:
            if before and before[1] == piece[0] and words:
                words[-1] += piece[1]
            else:
                words.append(piece)
        before = piece if piece in shared else ""
    return tuple(dict.fromkeys(words))
