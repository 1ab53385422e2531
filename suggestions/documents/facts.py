"""What a paper says, as plain values: whoever has them can write it, with or without a database."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Sender:
    house: str
    contact: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Person:
    """A proposer as a letter addresses and a form names him. No telephone number, ever."""

    name: str
    office: str  # 代表, 委员
    unit: str = ""


@dataclass(frozen=True)
class Matter:
    """The item. ``meeting`` is 知禾区五届人大五次会议, empty where nothing is known of it."""

    word: str  # 建议, 提案, 审议意见, 意见
    kind_name: str
    title: str
    is_formal: bool
    meeting: str = ""
    number: str = ""


@dataclass(frozen=True)
class Envelope:
    """The outside of a letter. ``signed_on`` is None until it is signed: then only the year is printed."""

    sender: Sender
    number: str
    year: int
    signed_on: date | None = None
    copy_to: str = ""


@dataclass(frozen=True)
class ReplyFacts:
    """``text`` is the body as it was drafted; without one the letter is an outline around ``summary``.

    ``organisation`` is addressed in the place of the people where a party or a delegation made the item.
    """

    envelope: Envelope
    matter: Matter
    people: tuple[Person, ...]
    organisation: str = ""
    mark: str = ""
    text: str = ""
    summary: str = ""
    steps: tuple[tuple[date, str], ...] = ()
    department: str = ""
    co_opinions: tuple[tuple[str, str], ...] = ()
    round: int = 1
    publication: str = ""
    promises: tuple[tuple[str, date | None], ...] = ()
    is_settled: bool = False  # answered for good: nothing more to be done


@dataclass(frozen=True)
class JointFacts:
    envelope: Envelope
    matter: Matter
    lead_unit: str = ""
    text: str = ""
    summary: str = ""


@dataclass(frozen=True)
class ReturnFacts:
    envelope: Envelope
    matter: Matter
    assigner: str
    received_on: date
    reason: str = ""


@dataclass(frozen=True)
class ExtensionFacts:
    envelope: Envelope
    matter: Matter
    assigner: str
    role: str
    assigned_on: date
    due_on: date
    until: date | None = None
    reason: str = ""


@dataclass(frozen=True)
class RecordFacts:
    """A meeting with proposers; what is not known yet is a blank to be filled in by hand."""

    sender: Sender
    matter: Matter
    people: tuple[Person, ...]
    department: str = ""
    day: date | None = None
    place: str = ""
    staff: tuple[str, ...] = ()
    said: str = ""
    heard: str = ""
