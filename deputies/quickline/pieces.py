"""What the reader is given and what it answers."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Protocol


class Person(Protocol):
    pk: Any
    name: Any
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
    """``unknown`` is a word that stands where a name would, and is nobody's."""

    pieces: tuple[Piece, ...]
    note: str
    unknown: str = ""

    def value(self, kind: Kind) -> Any:
        return next((piece.value for piece in self.pieces if piece.kind == kind), None)

    @property
    def people(self) -> list[Any]:
        found = [piece.value for piece in self.pieces if piece.kind == Kind.WHO and piece.value is not None]
        return list({person.pk: person for person in found}.values())

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
