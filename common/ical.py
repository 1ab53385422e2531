"""Writing a calendar feed (RFC 5545). We write one kind of component and read none, so this page is all of it;
the library for the whole standard brings its parser, recurrence and zone tables along."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.utils import timezone

CONTENT_TYPE = "text/calendar; charset=utf-8"
_LONGEST_LINE = 75  # octets, without the line break
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


@dataclass(frozen=True)
class Event:
    """``uid`` stays the same for ever, so that a calendar moves an event instead of doubling it.

    Without ``starts_at`` it is a matter of the whole day, which makes nobody busy. Times are those of Beijing.
    """

    uid: str
    day: date
    summary: str
    starts_at: time | None = None
    ends_at: time | None = None
    place: str = ""
    url: str = ""


def calendar(name: str, events: Iterable[Event], *, now: datetime) -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//zhihe//liaison//ZH", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    lines += [f"X-WR-CALNAME:{_escape(name)}", "REFRESH-INTERVAL;VALUE=DURATION:PT1H"]
    for event in events:
        lines += _component(event, now)
    return b"".join(_fold(line) + b"\r\n" for line in [*lines, "END:VCALENDAR"])


def _component(event: Event, now: datetime) -> list[str]:
    lines = ["BEGIN:VEVENT", f"UID:{event.uid}", f"DTSTAMP:{_utc(now)}", *_when(event)]
    lines.append(f"SUMMARY:{_escape(event.summary)}")
    if event.place:
        lines.append(f"LOCATION:{_escape(event.place)}")
    if event.url:
        lines.append(f"URL:{event.url}")
    return [*lines, "END:VEVENT"]


def _when(event: Event) -> list[str]:
    """Moments in UTC need no description of a time zone. The end of a whole day is the day after."""
    if event.starts_at is None:
        after = event.day + timedelta(days=1)
        return [f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}", f"DTEND;VALUE=DATE:{after:%Y%m%d}", "TRANSP:TRANSPARENT"]
    moments = [("DTSTART", event.starts_at), ("DTEND", event.ends_at)]
    return [
        f"{name}:{_utc(timezone.make_aware(datetime.combine(event.day, at)))}"
        for name, at in moments
        if at and at >= event.starts_at
    ]


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escape(text: str) -> str:
    printable = "".join(char for char in text if char >= " " or char == "\n")
    return printable.translate(_ESCAPES)


def _fold(line: str) -> bytes:
    """Lines of at most 75 octets, the continued ones behind a blank; no character is torn apart."""
    folded, room = bytearray(), _LONGEST_LINE
    for char in line:
        octets = char.encode()
        if len(octets) > room:
            folded += b"\r\n "
            room = _LONGEST_LINE - 1
        folded += octets
        room -= len(octets)
    return bytes(folded)
