"""One line that says who, how, when and where: ``zxb 走访 昨天 甘露 希望加强涉农普法``.

Pure: what can be said is a :class:`Vocabulary`. Words are read from the left in any order; the first word that is
nothing of these begins the note, and from there on nothing is read. Method, day and place are read once each, so a
second one belongs to the note. People may be several. Words need no blanks between them (昨天走访张晓北谈电价): the
note may begin within a word where the next character tells so (谈, 希望 …). The hour and whom we went with belong to
the note wherever they stand. Who is not certain is asked for, never guessed.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Any

from common.pinyin import search_key
from common.spoken_days import spoken_day
from deputies.quickline.pieces import Choices, Kind, Person, Piece, Reading, Vocabulary
from deputies.quickline.words import (
    ASIDE,
    FILLER,
    HAN,
    LETTER,
    LETTERS,
    LONGEST_WORD,
    OPENING,
    SYLLABLE,
    TELLS,
    TITLED,
    TITLES,
    WORD,
    place_in,
    possible_names,
)

MOST_WORDS = 12


def read(line: str, words: Vocabulary, choices: Choices | None = None) -> Reading:
    return _Reader(line, words, choices or Choices()).read()


class _Reader:
    def __init__(self, line: str, words: Vocabulary, choices: Choices) -> None:
        self.line, self.words, self.choices = line, words, choices
        self.pieces: list[Piece] = []
        self.asides: list[str] = []
        self.matches = list(WORD.finditer(line))[: MOST_WORDS + 1]
        self.names = words.named({each for match in self.matches for each in possible_names(match[0])})

    def read(self) -> Reading:
        """Asides and fillers belong to the note if nothing is understood behind them."""
        held: list[re.Match[str]] = []
        at = 0
        while at < min(len(self.matches), MOST_WORDS):
            match = self.matches[at]
            if ASIDE.fullmatch(match[0]) or FILLER.fullmatch(match[0]):
                held.append(match)
                at += 1
                continue
            taken, end = self._take(at)
            if not taken:
                break
            self.asides += [each[0] for each in held if ASIDE.fullmatch(each[0])]
            held, at = [], at + taken
            if end < self.matches[at - 1].end():
                return self._done(self.line[end:])
        rest = [*held, *self.matches[at:]]
        return self._done(self._from(rest[0].start())) if rest else self._done("")

    def _from(self, start: int) -> str:
        """The line from there, with the bracket or quotation mark that opens it."""
        while start and self.line[start - 1] in OPENING:
            start -= 1
        return self.line[start:]

    def _done(self, note: str) -> Reading:
        """What was taken back goes to the note, but initials of a person, which mean nothing there. Of several asked
        about, the one of the named area is meant."""
        skip = self.choices.skip
        kept = [piece for piece in self.pieces if piece.word not in skip]
        gone = [piece for piece in self.pieces if piece.word in skip]
        back = [piece.word for piece in gone if piece.value is None or not piece.word.isascii()]
        area = next((piece.value for piece in kept if piece.kind == Kind.WHERE), None)
        whole = " ".join([*back, *self.asides, note.strip()]).strip()
        return Reading(tuple(_settled_by(piece, area) for piece in kept), whole, self._unknown(note))

    def _unknown(self, note: str) -> str:
        """While nobody is named: letters with which the note begins, or a name's worth of 汉字 with more to read
        behind it. Initials and names of nobody, most likely."""
        words = WORD.findall(note)[:2]
        if not words or any(piece.kind == Kind.WHO for piece in self.pieces):
            return ""
        reads_on = bool(words[1:]) and self._fact(words[1], []) is not None
        name = re.fullmatch(rf"({HAN}{{2,4}}?)(?:{TITLES})?", words[0])
        if LETTERS.fullmatch(search_key(words[0])):
            return str(words[0])
        return name[1] if name and reads_on and not TELLS.match(words[0]) else ""

    def _take(self, at: int) -> tuple[int, int]:
        """(how many words were understood from here, where in the line that ends); none: (0, _)."""
        match = self.matches[at]
        word = match[0]
        if joined := self._syllables(at):
            self.pieces.append(joined)
            return joined.word.count(" ") + 1, self.matches[at + joined.word.count(" ")].end()
        found = self._one(word)
        pieces = [found] if found else self._narrowed(word)
        end = len(word)
        if not pieces and not word.isascii():
            pieces, end = self._parts(word, 0, [])
        self.pieces += pieces
        return int(bool(pieces)), match.start() + end

    def _syllables(self, at: int) -> Piece | None:
        """gu yun zhou: as many syllables as somebody is read by."""
        words = [match[0] for match in self.matches[at : at + 4]]
        alike = next((n for n, word in enumerate(words) if not SYLLABLE.fullmatch(search_key(word))), len(words))
        for length in range(alike, 1, -1):
            if options := self.words.like("".join(words[:length])):
                return self._who(" ".join(words[:length]), options)
        return None

    def _one(self, word: str) -> Piece | None:
        return self._fact(word, self.pieces) or self._person(word)

    def _fact(self, word: str, before: Sequence[Piece]) -> Piece | None:
        """A method, a day or a place, unless the line has one already."""
        plain = unicodedata.normalize("NFKC", word)
        readings: dict[Kind, Callable[[], Any]] = {
            Kind.HOW: lambda: self.words.methods.get(plain),
            Kind.WHEN: lambda: spoken_day(plain, self.words.today),
            Kind.WHERE: lambda: self.words.areas.get(plain) or place_in(word),
        }
        taken = {piece.kind for piece in before}
        for kind, understand in readings.items():
            if kind not in taken and (value := understand()) is not None:
                return Piece(kind, word, value)
        return None

    def _person(self, word: str) -> Piece | None:
        options: Sequence[Person] = self.names.get("".join(word.split()), ())
        if not options and self._may_search(word):
            options = self._of_surname(word) or self.words.like(word)
        return self._who(word, options) if options else None

    def _of_surname(self, word: str) -> Sequence[Person]:
        """顾代表, 欧阳主任."""
        titled = TITLED.fullmatch(word)
        surname = titled["surname"] if titled else ""
        return [person for person in self.words.like(surname) if person.name.startswith(surname)] if surname else []

    def _who(self, word: str, options: Sequence[Person]) -> Piece:
        wanted = self.choices.pick.get(word)
        picked = [person for person in options if person.pk == wanted] or options
        return Piece(Kind.WHO, word, picked[0] if len(picked) == 1 else None, tuple(options))

    @property
    def _nobody(self) -> bool:
        return not self.words.has_people and all(piece.kind != Kind.WHO for piece in self.pieces)

    def _may_search(self, word: str) -> bool:
        """Letters always; 汉字 (a unit, half a name) only as long as nobody is there."""
        if LETTERS.fullmatch(search_key(word)):
            return True
        return self._nobody and 2 <= len(word) <= LONGEST_WORD and not word.isascii()

    def _narrowed(self, word: str) -> list[Piece]:
        """王芳 供电: the unit, post or area tells which of several is meant; says so in place of the question."""
        last = self.pieces[-1] if self.pieces else None
        if not last or last.kind != Kind.WHO or last.value is not None:
            return []
        left = _those_of(word, last.options)
        if not left:
            return []
        self.pieces.pop()
        return [Piece(Kind.WHO, f"{last.word} {word}", left[0] if len(left) == 1 else None, tuple(left))]

    def _parts(self, word: str, start: int, before: list[Piece]) -> tuple[list[Piece], int]:
        """昨天走访张晓北(谈电价): known words up to the end, or up to where the note tells that it begins."""
        if start == len(word) or self._note_begins(word, start, before):
            return before, start
        for end in range(min(len(word), LONGEST_WORD), start, -1):
            if LETTER.match(word, end - 1) and LETTER.match(word, end):
                continue
            piece = self._part(word[start:end], before)
            filler = FILLER.fullmatch(word, start, end)
            for path in ([[*before, piece]] if piece else []) + ([before] if filler else []):
                found, until = self._parts(word, end, path)
                if found:
                    return found, until
        return [], 0

    def _note_begins(self, word: str, at: int, before: Sequence[Piece]) -> bool:
        says_enough = any(piece.kind in (Kind.WHO, Kind.HOW) for piece in before)
        return says_enough and bool(TELLS.match(word, at))

    def _part(self, part: str, before: Sequence[Piece]) -> Piece | None:
        """A name, a name with its unit before it, letters beside 汉字 as long as nobody is there, or a fact."""
        if part in self.names:
            return self._who(part, self.names[part])
        if LETTERS.fullmatch(search_key(part)):
            options = self.words.like(part) if self._nobody and len(part) > 1 else ()
            return self._who(part, options) if options else None
        for cut in range(2, len(part) - 1):
            if left := _those_of(part[:cut].removesuffix("的"), self.names.get(part[cut:], ())):
                return self._who(part, left)
        return self._fact(part, [*self.pieces, *before]) if len(part) > 1 else None


def _those_of(unit: str, people: Sequence[Person]) -> list[Person]:
    return [person for person in people if unit in f"{person.unit} {person.post} {person.area or ''}"]


def _settled_by(piece: Piece, area: str | None) -> Piece:
    if area is None or piece.value is not None:
        return piece
    there = [person for person in piece.options if str(person.area or "") == area]
    return Piece(piece.kind, piece.word, there[0], piece.options) if len(there) == 1 else piece
