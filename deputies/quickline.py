"""One line that says who, how, when and where: ``zxb 走访 昨天 甘露 希望加强涉农普法``.

Pure: what can be said is a :class:`Vocabulary`. Words are read from the left in any order; the first word that is
nothing of these begins the note, and from there on nothing is read. Method, day and place are read once each, so a
second one belongs to the note. People may be several. Words need no blanks between them where all of it is known
(昨天走访张晓北). Who is not certain is asked for, never guessed.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Protocol

from common.spoken_days import spoken_day

MOST_WORDS = 12
LONGEST_WORD = 16
_WORD = re.compile(r"[^\s,，、;；。+＋]+")
_LETTERS = re.compile(r"[a-z][a-z0-9'-]*")
_FILLER = re.compile("陪同|一起|一同|代表|委员|[去到在赴与和跟同向对了]")
_PLACES = (
    "村委会 居委会 村 镇 街道 社区 公司 学校 小学 中学 大学 医院 法院 检察院"
    " 中心 园 厂 室 馆 厅 站 所 局 家 现场 基地 单位 机关"
)
_PLACE = re.compile(rf"[@＠](?P<at>\S+)|在(?P<in>\S{{1,14}}(?:{'|'.join(_PLACES.split())}))")


class Person(Protocol):
    pk: Any
    unit: Any
    post: Any

    @property
    def area(self) -> Any: ...


class Kind(StrEnum):
    WHO = "who"
    HOW = "how"
    WHEN = "when"
    WHERE = "where"


@dataclass(frozen=True)
class Piece:
    """What some of the line was understood as. ``value`` is a person, the id of a method, a day, or a place;
    None where ``options`` have to be chosen from."""

    kind: Kind
    word: str
    value: Any = None
    options: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Reading:
    pieces: tuple[Piece, ...]
    note: str

    def value(self, kind: Kind) -> Any:
        return next((piece.value for piece in self.pieces if piece.kind == kind), None)

    @property
    def people(self) -> list[Any]:
        found = [piece.value for piece in self.pieces if piece.kind == Kind.WHO and piece.value is not None]
        return list({person.pk: person for person in found}.values())

    @property
    def unknown(self) -> str:
        """Letters with which the note begins while nobody is named: a slip of the finger, most likely."""
        first = self.note.split(maxsplit=1)[0] if self.note else ""
        named = any(piece.kind == Kind.WHO for piece in self.pieces)
        return first if not named and _LETTERS.fullmatch(first.casefold()) else ""

    @property
    def open(self) -> list[Piece]:
        """Who has still to be chosen."""
        return [piece for piece in self.pieces if piece.value is None]


@dataclass(frozen=True)
class Vocabulary:
    """``named`` finds people by their exact names, all at once; ``like`` by reading, initials, unit, best first."""

    today: date
    methods: Mapping[str, int]
    areas: Mapping[str, str]
    named: Callable[[Collection[str]], Mapping[str, Sequence[Person]]]
    like: Callable[[str], Sequence[Person]]
    # Somebody is given already: then a word is not taken for the unit of somebody else.
    has_people: bool = False


@dataclass(frozen=True)
class Choices:
    """What was corrected: words that were taken back, and who was meant by a word."""

    skip: frozenset[str] = frozenset()
    pick: Mapping[str, int] = field(default_factory=dict)


def read(line: str, words: Vocabulary, choices: Choices | None = None) -> Reading:
    return _Reader(line, words, choices or Choices()).read()


class _Reader:
    def __init__(self, line: str, words: Vocabulary, choices: Choices) -> None:
        self.line, self.words, self.choices = line, words, choices
        self.pieces: list[Piece] = []
        self.matches = list(_WORD.finditer(line))[: MOST_WORDS + 1]
        self.names = words.named({each for match in self.matches for each in _possible_names(match[0])})

    def read(self) -> Reading:
        for number, match in enumerate(self.matches):
            if number >= MOST_WORDS or not self._take(match[0]):
                return self._done(self.line[match.start() :].strip())
        return self._done("")

    def _done(self, note: str) -> Reading:
        """Taken back words go to the note, but initials, which mean nothing there. Of several asked about, the one of
        the named area is meant."""
        skip = self.choices.skip
        kept = [piece for piece in self.pieces if piece.word not in skip]
        back = [piece.word for piece in self.pieces if piece.word in skip and not piece.word.isascii()]
        area = next((piece.value for piece in kept if piece.kind == Kind.WHERE), None)
        return Reading(tuple(_settled_by(piece, area) for piece in kept), " ".join([*back, note]).strip())

    def _take(self, word: str) -> bool:
        found = self._one(word)
        pieces = [found] if found else self._narrowed(word) or self._parts(word, 0, [])
        self.pieces += pieces or []
        return bool(pieces)

    def _one(self, word: str) -> Piece | None:
        return self._fact(word, self.pieces) or self._person(word)

    def _fact(self, word: str, before: Sequence[Piece]) -> Piece | None:
        """A method, a day or a place, unless the line has one already."""
        plain = unicodedata.normalize("NFKC", word)
        readings: dict[Kind, Callable[[], Any]] = {
            Kind.HOW: lambda: self.words.methods.get(plain),
            Kind.WHEN: lambda: spoken_day(plain, self.words.today),
            Kind.WHERE: lambda: self.words.areas.get(plain) or _place(word),
        }
        taken = {piece.kind for piece in before}
        for kind, understand in readings.items():
            if kind not in taken and (value := understand()) is not None:
                return Piece(kind, word, value)
        return None

    def _person(self, word: str) -> Piece | None:
        options: Sequence[Person] = self.names.get(word, ())
        if not options and self._may_search(word):
            options = self.words.like(word)
        return self._who(word, options) if options else None

    def _who(self, word: str, options: Sequence[Person]) -> Piece:
        wanted = self.choices.pick.get(word)
        picked = [person for person in options if person.pk == wanted] or options
        return Piece(Kind.WHO, word, picked[0] if len(picked) == 1 else None, tuple(options))

    def _may_search(self, word: str) -> bool:
        """Letters always; 汉字 (a unit, half a name) only as long as nobody is there."""
        if _LETTERS.fullmatch(unicodedata.normalize("NFKC", word).casefold()):
            return True
        nobody = not self.words.has_people and all(piece.kind != Kind.WHO for piece in self.pieces)
        return nobody and 2 <= len(word) <= LONGEST_WORD and not word.isascii()

    def _narrowed(self, word: str) -> list[Piece] | None:
        """王芳 供电: the unit, post or area tells which of several is meant; says so in place of the question."""
        last = self.pieces[-1] if self.pieces else None
        if not last or last.kind != Kind.WHO or last.value is not None:
            return None
        left = [person for person in last.options if word in f"{person.unit} {person.post} {person.area or ''}"]
        if not left:
            return None
        self.pieces.pop()
        return [Piece(Kind.WHO, f"{last.word} {word}", left[0] if len(left) == 1 else None, tuple(left))]

    def _parts(self, word: str, start: int, before: list[Piece]) -> list[Piece] | None:
        """昨天走访张晓北: known words from the first character to the last, or None."""
        if start == len(word):
            return before or None
        if len(word) > LONGEST_WORD or word.isascii():
            return None
        for end in range(len(word), start, -1):
            piece = self._part(word[start:end], before)
            if piece and (found := self._parts(word, end, [*before, piece])):
                return found
            if _FILLER.fullmatch(word, start, end) and (found := self._parts(word, end, before)):
                return found
        return None

    def _part(self, part: str, before: Sequence[Piece]) -> Piece | None:
        if part in self.names:
            return self._who(part, self.names[part])
        return self._fact(part, [*self.pieces, *before]) if len(part) > 1 else None


def _possible_names(word: str) -> Iterator[str]:
    """The word, and everything in it that may be a name."""
    yield word
    if len(word) <= LONGEST_WORD and not word.isascii():
        for start in range(len(word)):
            yield from (word[start:end] for end in range(start + 2, min(start + 5, len(word) + 1)))


def _place(word: str) -> str | None:
    """@村委会, 在甘露村委会. 在 alone begins many a note, so the end has to tell that it is a place."""
    found = _PLACE.fullmatch(word)
    return (found["at"] or found["in"]) if found else None


def _settled_by(piece: Piece, area: str | None) -> Piece:
    if area is None or piece.value is not None:
        return piece
    there = [person for person in piece.options if str(person.area or "") == area]
    return Piece(piece.kind, piece.word, there[0], piece.options) if len(there) == 1 else piece
