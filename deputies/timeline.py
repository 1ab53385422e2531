"""One timeline of everything we have with one person. Higher apps add their lines with :func:`register`.

Each app's lines are in its own ``timeline.py``, loaded by its ``AppConfig``, and come through ``visible_to(user)``.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, TextChoices
from django.urls import reverse

from deputies.models import Contact, ContactPhoto, Deputy, FollowUp, MandateState, Opinion, Origin
from staff.models import User


class Kind(TextChoices):
    CONTACT = "contact", "联络"
    ACTIVITY = "activity", "活动"
    VOICE = "voice", "意见建议"
    APPOINTMENT = "appointment", "身份聘任"
    PORTRAIT = "portrait", "检察印迹"


@dataclass(frozen=True)
class Entry:
    """One dated line. ``words`` are the person's own and stand in quotation marks.

    ``origin_key`` names what wrote this contact; where an entry ``tells`` of that, the contact is not told again.
    ``order`` sorts the lines of one day.
    """

    on: date
    kind: Kind
    what: str
    title: str = ""
    url: str = ""
    meta: str = ""
    text: str = ""
    words: str = ""
    pills: tuple[tuple[str, str], ...] = ()  # text and tone
    origin_key: str = ""
    tells: str = ""
    order: int = 0


Source = Callable[[User, Deputy, date], Iterable[Entry]]
_SOURCES: list[Source] = []


def register(source: Source) -> Source:
    """Usable as a decorator: ``source(user, deputy, today)`` gives what ``user`` may see."""
    _SOURCES.append(source)
    return source


def of_deputy(user: User, deputy: Deputy, today: date) -> list[Entry]:
    """Everything, what lies ahead first, then the newest. A constant number of queries."""
    entries = [entry for source in _SOURCES for entry in source(user, deputy, today)]
    told = {entry.tells for entry in entries if entry.tells}
    entries = [entry for entry in entries if entry.origin_key not in told]
    return sorted(entries, key=lambda entry: (entry.on, entry.order), reverse=True)


@register
def contacts(user: User, deputy: Deputy, today: date) -> Iterator[Entry]:
    also = (
        Prefetch("follow_ups", queryset=FollowUp.objects.select_related("owner")),
        Prefetch("photos", queryset=ContactPhoto.objects.standing()),
    )
    found = Contact.objects.visible_to(user).filter(met__deputy=deputy).with_people().prefetch_related(*also)
    for contact in found:
        yield Entry(
            contact.happened_on,
            Kind.CONTACT,
            str(contact.method),
            title=contact.place,
            url=reverse("deputies:contact", args=[contact.pk]),
            meta=_who(contact),
            text=contact.note,
            pills=tuple(_marks(contact)),
            origin_key=contact.origin_key or "",
            order=contact.pk,
        )


@register
def opinions(user: User, deputy: Deputy, today: date) -> Iterator[Entry]:
    for opinion in Opinion.objects.visible_to(user).filter(deputy=deputy).select_related("contact", "field"):
        yield Entry(
            opinion.contact.happened_on,
            Kind.VOICE,
            "意见",
            url=reverse("deputies:contact", args=[opinion.contact_id]),
            words=opinion.words,
            text=f"办理落实：{opinion.outcome}" if opinion.outcome else "",
            pills=((str(opinion.field), "info"),) if opinion.field else (),
            order=opinion.contact_id,
        )


@register
def appointments(user: User, deputy: Deputy, today: date) -> Iterator[Entry]:
    """What the person became and ceased to be. Seats begin with their term."""
    for each in deputy.appointments.select_related("role"):
        until = f"至 {each.to_on:%Y-%m-%d}" if each.to_on else ""
        yield Entry(
            each.from_on, Kind.APPOINTMENT, "聘任", title=str(each.role), meta=f"{each.number}　{until}".strip()
        )
        if each.ended_on:
            yield Entry(each.ended_on, Kind.APPOINTMENT, "解聘", title=str(each.role), text=each.ended_reason)
    for seat in deputy.mandates.select_related("term"):
        name = seat.term.seat_name
        yield Entry(
            seat.term.starts_on, Kind.APPOINTMENT, "任职", title=name, meta=f"{seat.term}　{seat.group}".strip()
        )
        if seat.state != MandateState.SERVING and seat.state_on:
            reason = seat.get_state_reason_display()
            yield Entry(seat.state_on, Kind.APPOINTMENT, seat.get_state_display(), title=name, text=reason)


def _who(contact: Contact) -> str:
    ours = "、".join(user.name for user in contact.staff.all())
    with_department = f"{ours}（{contact.department}）" if contact.department else ours
    together = len(contact.deputies.all())
    return f"{with_department}　同时联络 {together} 人" if together > 1 else with_department


def _marks(contact: Contact) -> Iterator[tuple[str, str]]:
    if contact.origin != Origin.HAND:
        yield contact.get_origin_display(), "muted"
    if not contact.method.is_touch:
        yield "不计入联络", "muted"
    if photos := len(contact.photos.all()):
        yield f"照片 {photos} 张", "muted"
    for each in contact.follow_ups.all():
        if each.done_at:
            yield f"已完成：{each.what}", "ok"
        else:
            yield f"{each.due_on:%m-%d} 前：{each.what}（{each.owner}）", "warn"
