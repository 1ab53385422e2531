"""What this app can count, per deputy or for the house. Counts read the querysets that the lists filter with."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from deputies.models import Area, Body, Contact, ContactDeputy, ContactPhoto, Deputy, Level, Opinion, Term
from deputies.models.contact import ContactQuerySet
from deputies.models.photo import KeptPhotoQuerySet


@dataclass(frozen=True)
class PrintablePhoto:
    ref: str  # "photo:12" of an activity, "contactphoto:12" of a contact
    file: str  # below MEDIA_ROOT
    caption: str


@dataclass(frozen=True)
class ContactFact:
    ref: str  # "contact:12"
    on: date
    method: str
    place: str
    staff: tuple[str, ...]
    origin: str
    origin_key: str  # "activity:3" tells the portrait which activity this encounter was
    photos: tuple[PrintablePhoto, ...]


@dataclass(frozen=True)
class WordsFact:
    ref: str  # "opinion:7"
    contact_ref: str
    on: date
    words: str
    outcome: str
    field: str


@dataclass(frozen=True)
class AppointmentFact:
    ref: str  # "appointment:3"
    role: str
    from_on: date
    to_on: date | None
    number: str


@dataclass(frozen=True)
class DeputyYear:
    """One deputy's year, oldest first. ``months`` has twelve counts of contacts (次)."""

    contacts: tuple[ContactFact, ...]
    words: tuple[WordsFact, ...]
    appointments: tuple[AppointmentFact, ...]
    months: tuple[int, ...]


@dataclass(frozen=True)
class Reach:
    """Of ``serving`` persons, ``reached`` had a contact in the year; ``url_query`` lists exactly the rest."""

    label: str
    serving: int
    reached: int
    url_query: str
    body: str = ""

    @property
    def unreached(self) -> int:
        return self.serving - self.reached

    @property
    def reached_query(self) -> str:
        return self.url_query.replace("reached=no", "reached=yes")


@dataclass(frozen=True)
class HouseYear:
    """The house's year: contacts in 次, ``meetings`` in 人次, ``persons`` in 人, ``opinions`` in 条."""

    year: int
    contacts: int
    meetings: int
    persons: int
    opinions: int
    months: tuple[int, ...]
    reach: Reach
    levels: tuple[Reach, ...]


@dataclass(frozen=True)
class FirstDay:
    """What a new house has already done of its first three steps."""

    basics: bool
    people: bool


def first_day() -> FirstDay | None:
    """None as soon as the first contact is in the ledger."""
    if Contact.objects.exists():
        return None
    return FirstDay(basics=Area.objects.exists() and Term.objects.exists(), people=Deputy.objects.exists())


def of_deputy(deputy: Deputy, year: int) -> DeputyYear:
    """Everything touching in ``year``; withdrawn contacts and mass mailings leave no trace."""
    contacts = Contact.objects.touching().in_year(year).filter(met__deputy=deputy)
    opinions = Opinion.objects.filter(contact__in=contacts, deputy=deputy).select_related("contact", "field")
    appointments = deputy.appointments.in_year(year).select_related("role").order_by("from_on", "pk")
    listed = contacts.select_related("method").prefetch_related("staff").order_by("happened_on", "pk")
    photos = printable_photos(deputy, ContactPhoto.objects.filter(contact__in=contacts), of="contact")
    return DeputyYear(
        contacts=tuple(_contact_fact(contact, photos[contact.pk]) for contact in listed),
        words=tuple(_words_fact(opinion) for opinion in opinions.order_by("contact__happened_on", "pk")),
        appointments=tuple(
            AppointmentFact(f"appointment:{each.pk}", str(each.role), each.from_on, each.to_on, each.number)
            for each in appointments
        ),
        months=months(contacts),
    )


def house_year(year: int, today: date) -> HouseYear:
    """Figures of ``year`` up to ``today``. ``persons`` counts everybody reached, also those who left since."""
    contacts = Contact.objects.touching().in_year(year).filter(happened_on__lte=today)
    met = ContactDeputy.objects.filter(contact__in=contacts)
    return HouseYear(
        year=year,
        contacts=contacts.count(),
        meetings=met.count(),
        persons=met.values("deputy").distinct().count(),
        opinions=Opinion.objects.filter(contact__in=contacts).count(),
        months=months(contacts),
        reach=reach(year),
        levels=tuple(level for level in reach_by_level(year) if level.serving),
    )


def reach(year: int, *, body: str = "", level: str = "", label: str = "在任代表委员") -> Reach:
    """How many of those now serving had a contact in ``year``."""
    serving = Deputy.objects.serving().seated(body, level)
    chosen = "".join(f"&{name}={value}" for name, value in (("body", body), ("level", level)) if value)
    return Reach(label, serving.count(), serving.reached_in(year).count(), f"reached=no&year={year}{chosen}", body)


def reach_by_level(year: int) -> list[Reach]:
    """Each level of each body apart: a person with two seats counts at both."""
    names = {Body.CONGRESS: "人大代表", Body.CPPCC: "政协委员"}
    return [
        reach(year, body=body, level=level, label=f"{level.label}{names[body]}")
        for body in Body
        for level in Level
        if (body, level) != (Body.CPPCC, Level.TOWN)
    ]


def months(contacts: ContactQuerySet) -> tuple[int, ...]:
    """Twelve counts, January first."""
    found = Counter(day.month for day in contacts.values_list("happened_on", flat=True))
    return tuple(found[month] for month in range(1, 13))


def printable_photos(deputy: Deputy, photos: KeptPhotoQuerySet[Any], *, of: str) -> dict[int, list[PrintablePhoto]]:
    """Those of ``photos`` fit for this person's portrait, by the id of what they are a photo ``of``."""
    found: dict[int, list[PrintablePhoto]] = defaultdict(list)
    for photo in photos.printable_for(deputy):
        ref = f"{photo._meta.model_name}:{photo.pk}"
        found[getattr(photo, f"{of}_id")].append(PrintablePhoto(ref, photo.print_file, photo.caption))
    return found


def _contact_fact(contact: Contact, photos: Iterable[PrintablePhoto]) -> ContactFact:
    return ContactFact(
        ref=f"contact:{contact.pk}",
        on=contact.happened_on,
        method=str(contact.method),
        place=contact.place,
        staff=tuple(user.name for user in contact.staff.all()),
        origin=contact.origin,
        origin_key=contact.origin_key or "",
        photos=tuple(photos),
    )


def _words_fact(opinion: Opinion) -> WordsFact:
    return WordsFact(
        ref=f"opinion:{opinion.pk}",
        contact_ref=f"contact:{opinion.contact_id}",
        on=opinion.contact.happened_on,
        words=opinion.words,
        outcome=opinion.outcome,
        field=str(opinion.field or ""),
    )
