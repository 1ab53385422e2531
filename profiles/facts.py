"""What is known of one deputy's year, frozen: plain JSON with the id of each source (``ref``).

Sourced facts only. No score, no comparison, no nought: what there is none of is left out. Words only with the
person's consent, photos likewise (``activities.stats`` sees to it). Never a phone number, never our own notes.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Q

from activities import stats as activity_stats
from activities.stats import AttendedActivity
from common.calendar import cn_day
from common.quotes import titled
from common.texts import clean, clipped, numeral
from deputies import stats as deputy_stats
from deputies.models import Body, Deputy, Level, Mandate, MandateState
from deputies.stats import AppointmentFact, ContactFact, DeputyYear
from profiles import letter
from profiles.voices import Voices
from staff.models import Role, User
from suggestions.models import Reply

Json = dict[str, Any]

FULL_FROM = 3  # how much there is to tell; with less the edition has two pages, see _weight
MOST_PHOTOS = 2  # of one event
COLOPHON = (
    "本册所载均来自我院联络台账、活动记录和建议办理记录，逐条可查。核验码对应本册的这一版次："
    "向我院办公室报出核验码，即可核对真伪以及是否为最新版次。内容如有出入，请告诉我们，核对后另出新版。"
)
# How a contact that we wrote by hand is called: with its place, and where none is noted.
TITLES = {
    "走访": ("走访{}，听取意见", "登门走访，听取意见"),
    "座谈": ("在{}座谈交流", "座谈交流"),
    "电话": ("电话沟通", "电话沟通"),
    "来访": ("您来{}交流", "您来访我院"),
    "微信": ("微信交流", "微信交流"),
    "面商": ("在{}当面商议", "当面商议"),
}


def build(deputy: Deputy, year: int, today: date) -> Json:
    """The whole portrait but for its verification code."""
    ledger = deputy_stats.of_deputy(deputy, year)
    activities = activity_stats.of_deputy(deputy, year).attended
    voices = Voices(deputy, year, ledger.words)
    last = min(date(year, 12, 31), today)
    facts: Json = {
        "year": year,
        "period": {"from": date(year, 1, 1).isoformat(), "to": last.isoformat()},
        "as_of": today.isoformat(),
        "house": {"name": settings.HOUSE_NAME, "short": settings.HOUSE_SHORT, "brand": settings.BRAND},
        "person": _person(deputy, year),
        "events": _events(ledger.contacts, activities),
        "voices": voices.as_json(),
        "appointments": [_appointment(one) for one in ledger.appointments],
        "colophon": COLOPHON,
    }
    full = _weight(facts) >= FULL_FROM
    facts["length"] = "full" if full else "brief"
    facts["glance"] = _glance(ledger, activities, voices) if full else []
    facts["months"] = list(ledger.months) if full and any(ledger.months) else []
    facts["topics"] = _topics(voices.fields) if full else []
    facts["letter"] = letter.write(facts) | {"signed_title": Role.CHIEF.label, "signed_by": _chief()}
    cleaned: Json = clean(facts)
    return cleaned


def _weight(facts: Json) -> int:
    """About how much room the facts take: a plain encounter is one, so is a short opinion."""
    events = sum(1 + (len(event["text"]) > 80) for event in facts["events"])
    voices = sum(
        1 + len(voice["steps"]) // 2 + len(voice["replies"]) + (len(voice["words"]) + len(voice["outcome"])) // 120
        for voice in facts["voices"]
    )
    return events + voices + len(facts["appointments"])


def _person(deputy: Deputy, year: int) -> Json:
    seats = sorted(_seats(deputy, year), key=lambda seat: list(Level).index(Level(seat.term.level)))
    bodies = {seat.term.body for seat in seats}
    return {
        "ref": f"deputy:{deputy.pk}",
        "name": deputy.name,
        "suffix": "代表" if Body.CONGRESS in bodies else "委员" if bodies else "代表委员",
        "seats": [
            {"ref": f"mandate:{seat.pk}", "title": seat_title(seat), "post": seat.committee_post} for seat in seats
        ],
        "seats_short": letter.joined([seat.term.seat_name for seat in seats]) or "代表委员",
        "work": "".join([deputy.unit, deputy.post]),
        "profession": deputy.profession,
        "concerns": [field.name for field in deputy.fields_of_concern.all()],
    }


def _seats(deputy: Deputy, year: int) -> Iterable[Mandate]:
    """Seats held on at least one day of the year; one that has ended since still belongs to it."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    of_the_year = Q(term__ends_on=None) | Q(term__ends_on__gte=first)
    held = Q(state=MandateState.SERVING) | Q(state=MandateState.ENDED, state_on__gte=first)
    return deputy.mandates.filter(of_the_year, held, term__starts_on__lte=last).select_related("term").order_by("pk")


def seat_title(seat: Mandate) -> str:
    """第十四届全国人民代表大会代表, 知禾区第五届人民代表大会代表, 政协知禾区第十届委员会委员."""
    term = seat.term
    session = f"第{numeral(term.number)}届"
    if term.body == Body.CPPCC:
        return (
            f"政协{session}全国委员会委员" if term.level == Level.NATIONAL else f"政协{term.place}{session}委员会委员"
        )
    if term.level == Level.NATIONAL:
        return f"{session}全国人民代表大会代表"
    return f"{term.place}{session}人民代表大会代表"


def _events(contacts: Iterable[ContactFact], activities: Iterable[AttendedActivity]) -> list[Json]:
    """The ledger, oldest first. A contact that an activity or a reply wrote is told by it."""
    attended = {activity.ref: activity for activity in activities}
    listed = list(contacts)
    replies = _replies(one.origin_key for one in listed)
    return [_event(one, attended.get(one.origin_key), replies.get(one.origin_key)) for one in listed]


def _event(contact: ContactFact, activity: AttendedActivity | None, reply: Reply | None) -> Json:
    event: Json = {"ref": contact.ref, "date": contact.on.isoformat(), "activity": "", "text": ""}
    photos = (activity.photos if activity else ()) + contact.photos
    event["photos"] = [{"ref": one.ref, "file": one.file, "caption": one.caption} for one in photos[:MOST_PHOTOS]]
    event["kind"] = contact.method
    placed, plain = TITLES.get(contact.method, (contact.method, contact.method))
    event["title"] = placed.format(contact.place) if contact.place else plain
    event["meta"] = _meta(contact, "" if contact.place in event["title"] else contact.place)
    if activity:
        event |= {"activity": activity.ref, "kind": activity.kind, "title": activity.title}
        event["meta"] = _meta(contact, activity.place)
        event["text"] = clipped(activity.summary, 160)
    elif reply:
        event["title"] = f"当面答复{titled(reply.suggestion.title)}"
        event["meta"] = _meta(contact, contact.place)
    return event


def _meta(contact: ContactFact, place: str) -> str:
    staff = "、".join(contact.staff[:4]) + (f"等{len(contact.staff)}人" if len(contact.staff) > 4 else "")
    return "　".join(part for part in (place, f"我院参加：{staff}" if staff else "") if part)


def _replies(keys: Iterable[str]) -> dict[str, Reply]:
    ids = [int(key.removeprefix("reply:")) for key in keys if key.startswith("reply:")]
    found = Reply.objects.filter(pk__in=ids).select_related("suggestion")
    return {f"reply:{reply.pk}": reply for reply in found}


def _glance(ledger: DeputyYear, activities: tuple[AttendedActivity, ...], voices: Voices) -> list[Json]:
    """Three to five numbers with their units; a nought is no fact about a person."""
    figures = [
        ("联络交流", len(ledger.contacts), "次"),
        ("参加检察活动", len(activities), "场"),
        ("提出建议提案", voices.proposed, "件"),
        ("得到答复", voices.answered, "件"),
        ("留下意见", voices.spoken, "条"),
        ("受聘", len(ledger.appointments), "项"),
    ]
    return [{"label": label, "value": value, "unit": unit} for label, value, unit in figures if value][:5]


def _topics(fields: Iterable[str]) -> list[tuple[str, int]]:
    """Which fields this person's own items belong to; a single one would be no picture."""
    found = Counter(field for field in fields if field).most_common(6)
    return found if len(found) > 1 and sum(number for _, number in found) > 2 else []


def _appointment(one: AppointmentFact) -> Json:
    until = f"至{cn_day(one.to_on)}" if one.to_on else "起"
    return {"ref": one.ref, "role": one.role, "period": f"{cn_day(one.from_on)}{until}", "number": one.number}


def _chief() -> str:
    chief = User.objects.filter(role=Role.CHIEF, is_active=True).order_by("pk").first()
    return chief.name if chief else ""
