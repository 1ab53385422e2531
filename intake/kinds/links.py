"""People named in ledgers: each must be on the roster, and be known by more than the name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from intake.kinds.base import Reader, choice_of
from intake.people import Evidence, Known, People
from intake.reading.cells import Refusal
from intake.reading.identity import Identity, identities
from intake.reading.names import Person


@dataclass
class Links:
    """``chosen``: whom staff meant where a row did not tell (``choice_key`` → a file's key)."""

    people: People
    seats: Mapping[str, Identity]  # the office's own words for a level and body
    sheet: str = ""
    chosen: Mapping[str, str] = field(default_factory=dict)

    def all(
        self, read: Reader, named: Iterable[Person], says: Evidence, said: list[Identity], *, column: str
    ) -> list[Known]:
        """Everybody of ``named``, each once. What is written of one person (hint, identity) goes before the row's."""
        named = list(named)
        found: dict[int, Known] = {}
        for person in named:
            known = self.one(read, person, says, said, column=column, alone=len(named) == 1)
            if known:
                found[known.number] = known
        return list(found.values())

    def one(
        self, read: Reader, person: Person, says: Evidence, said: list[Identity], *, column: str, alone: bool
    ) -> Known | None:
        if person.hint:
            says = replace(says, whole=person.hint, unit=person.hint)
        own = identities(person.identity, self.seats) + identities(person.hint, self.seats)
        stated = [who for who in own or said if who.body or who.level]
        chosen = choice_of(self.chosen, self.sheet, read.line.number, person.name)
        try:
            if chosen:
                return self.people.chosen(person.name, chosen)
            return self.people.link(person, says, stated, alone=alone)
        except Refusal as refusal:
            read.ask(refusal, column, person.name)
        return None
