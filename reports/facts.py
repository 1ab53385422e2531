"""What a leader should know before a visit, and take along: plain JSON, seen through the reader's eyes.

Everything comes from ``visible_to(user)``; the telephone number and the birthday only where the reader may see them.
"""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q

from activities.models import Activity
from common.calendar import cn_day
from common.denied import allowed
from common.quotes import quoted, titled
from common.texts import clean, clipped
from deputies import policies
from deputies.models import Contact, Deputy, FollowUp, Opinion, Origin, Pairing
from deputies.stats import of_deputy
from staff.models import User
from suggestions.models import Promise, Reply, Suggestion
from suggestions.overview import remaining

Json = dict[str, Any]

SOON = timedelta(days=60)  # an appointment that ends within is worth a word
MOST = 12  # rows of one section that are looked at; how many fit is seen to by the page
LONGEST = 84  # characters of a text: two lines


def build(deputy: Deputy, user: User, today: date) -> Json:
    talks, voices = _talks(deputy, user), _Voices(deputy, user, today)
    duties, coming = _duties(deputy, user), _coming(deputy, user, today)
    facts: Json = {
        "as_of": today.isoformat(),
        "house": settings.HOUSE_NAME,
        "brand": settings.BRAND,
        "reader": user.name,
        "person": _person(deputy, user, today),
        "bring": [*voices.to_bring(), *duties["bring"], *coming["bring"], *_papers(deputy, today)],
        "sections": [
            {"title": "最近联络", "none": "还没有联络记录，这将是第一次。", "rows": talks},
            {"title": "在办建议提案与承诺", "none": "没有在办的建议提案，也没有未兑现的承诺。", "rows": voices.rows()},
            {"title": "答应过的事", "none": "没有未完成的后续事项。", "rows": duties["rows"]},
            {"title": "活动", "none": "近期没有参加或受邀的活动。", "rows": coming["rows"]},
        ],
    }
    cleaned: Json = clean(facts)
    return cleaned


def _person(deputy: Deputy, user: User, today: date) -> Json:
    sees_private = allowed(policies.check_can_see_phone, user, deputy, today)
    year = of_deputy(deputy, today.year)
    last = Contact.objects.touching().filter(met__deputy=deputy).newest_first().first()
    born = f"{deputy.born_on.year}年{deputy.born_on.month}月生" if deputy.born_on and sees_private else ""
    parties = "、".join(party for party in (deputy.party, deputy.second_party) if party)
    phone, appointed = deputy.phone if sees_private else "", deputy.appointments.in_force(today)
    return {
        "ref": f"face:{deputy.pk}" if deputy.photo_file else "",
        "name": deputy.name,
        "seats": _seats(deputy),
        "work": "　".join(part for part in (deputy.unit, deputy.post) if part),
        "phone": phone,
        "facts": _told(
            ("联系", "　".join(part for part in (phone, deputy.preferred_contact) if part)),
            ("联络", _times(len(year.contacts), last.happened_on if last else None, today)),
            ("挂钩", _pairing(deputy, today)),
            ("关注", "、".join(str(field) for field in deputy.fields_of_concern.all())),
            ("聘任", "、".join(str(each.role) for each in appointed.select_related("role"))),
            ("板块", str(deputy.area or "")),
            ("专业", deputy.profession),
            ("其他", "　".join(part for part in (deputy.get_sex_display(), born, parties) if part)),
        ),
    }


def _told(*pairs: tuple[str, str]) -> list[Json]:
    return [{"label": label, "value": value} for label, value in pairs if value]


def _seats(deputy: Deputy) -> list[str]:
    """One or two with group and post; of more only their names."""
    held = [seat for seat in deputy.seats if seat.is_held]
    if len(held) > 2:
        return [deputy.seat_names]
    more = ["，".join(part for part in (seat.group, seat.committee_post) if part) for seat in held]
    return [
        f"{seat.term.seat_name}（{told}）" if told else seat.term.seat_name
        for seat, told in zip(held, more, strict=True)
    ]


def _pairing(deputy: Deputy, today: date) -> str:
    found = Pairing.objects.in_force(today).covering(deputy).select_related("leader", "liaison")
    return "；".join(
        f"{each.leader.name}" + (f"（联络员{each.liaison.name}）" if each.liaison else "") for each in found
    )


def _times(number: int, last: date | None, today: date) -> str:
    if last is None:
        return "尚未联络过"
    return f"今年{number}次，上次{cn_day(last)}，距今{(today - last).days}天"


def _talks(deputy: Deputy, user: User) -> list[Json]:
    """Attended activities are told in their own section, unless something was said there."""
    spoke = Exists(Opinion.objects.filter(contact=OuterRef("pk"), deputy=deputy))
    found = Contact.objects.visible_to(user).touching().filter(met__deputy=deputy)
    found = found.filter(~Q(origin=Origin.ACTIVITY) | spoke).newest_first()
    contacts = list(found.select_related("method").prefetch_related("staff")[:MOST])
    said: dict[int, list[str]] = {}
    for opinion in Opinion.objects.filter(contact__in=contacts, deputy=deputy).order_by("pk"):
        said.setdefault(opinion.contact_id, []).append(opinion.words)
    return [
        _row(
            contact.happened_on,
            "　".join(part for part in (str(contact.method), contact.place, _staff(contact)) if part),
            contact.note,
            "；".join(said.get(contact.pk, [])),
        )
        for contact in contacts
    ]


def _staff(contact: Contact) -> str:
    return "、".join(user.name for user in contact.staff.all()[:4])


class _Voices:
    """Suggestions not yet closed, and answers that promised something."""

    def __init__(self, deputy: Deputy, user: User, today: date) -> None:
        mine = Suggestion.objects.visible_to(user).filter(proposers__deputy=deputy)
        self.today, self.deputy = today, deputy
        self.open = list(mine.open().select_related("department").order_by("-received_on", "-pk")[:MOST])
        promised = Promise.objects.open().filter(reply__suggestion__in=mine)
        full = promised.select_related("reply__suggestion", "reply__result_class", "owner")
        self.promised = list(full.order_by(F("due_on").asc(nulls_last=True), "pk")[:MOST])

    def rows(self) -> list[Json]:
        promised = {promise.reply.suggestion_id for promise in self.promised}
        kept = [self._open(each) for each in self.open if each.pk not in promised]
        return [*kept, *(self._promise(promise) for promise in self.promised)]

    def to_bring(self) -> list[str]:
        owed = [
            f"{titled(each.title)}的办理进展（{self._state(each)}）" for each in self.open if each.is_awaiting_reply
        ]
        asked = [
            f"{titled(each.title)}的评价征询表"
            for each in self.open
            if not each.is_awaiting_reply and self._last(each) and not self._judged(each)
        ]
        titles = dict.fromkeys(promise.reply.suggestion.title for promise in self.promised)
        return [*owed, *asked, *(f"{titled(title)}承诺事项的落实情况" for title in titles)]

    def _open(self, suggestion: Suggestion) -> Json:
        who = f"{suggestion.department}承办" if suggestion.department else ""
        last = self._last(suggestion)
        answered = f"{cn_day(last.replied_on)}答复：{last.summary}" if last else suggestion.text
        head = "　".join(part for part in (titled(suggestion.title), self._state(suggestion), who) if part)
        return _row(suggestion.received_on, head, answered)

    def _promise(self, promise: Promise) -> Json:
        reply = promise.reply
        head = f"{titled(reply.suggestion.title)}　{reply.result_class}，承诺未兑现"
        who = f"，{promise.owner}负责" if promise.owner else ""
        by = f"（{cn_day(promise.due_on)}前{who}）" if promise.due_on else "（未定期限）"
        return _row(reply.replied_on, head, f"承诺：{promise.what}{by}")

    def _state(self, suggestion: Suggestion) -> str:
        left = remaining(suggestion, self.today)
        return left.words if left else suggestion.get_state_display()

    def _last(self, suggestion: Suggestion) -> Reply | None:
        return suggestion.replies.order_by("-round").first()

    def _judged(self, suggestion: Suggestion) -> bool:
        last = self._last(suggestion)
        return bool(last and last.evaluations.filter(deputy=self.deputy).exists())


def _duties(deputy: Deputy, user: User) -> Json:
    found = FollowUp.objects.visible_to(user).open().filter(contact__met__deputy=deputy)
    listed = list(found.select_related("owner").order_by("due_on", "pk")[:MOST])
    return {
        "rows": [_row(each.due_on, f"{each.what}　{each.owner.name}负责，此日前完成") for each in listed],
        "bring": [f"后续事项：{each.what}" for each in listed],
    }


def _coming(deputy: Deputy, user: User, today: date) -> Json:
    visible = Activity.objects.visible_to(user).select_related("kind")
    ahead = list(visible.coming(today).expecting(deputy.pk).order_by("held_on", "pk")[:MOST])
    past = list(visible.attended_by(deputy.pk).order_by("-held_on", "-pk")[:MOST])
    rows = [_row(each.held_on, f"即将参加{quoted(each.title)}　{each.place}") for each in ahead]
    rows += [_row(each.held_on, f"参加{quoted(each.title)}　{each.kind}") for each in past]
    return {
        "rows": rows,
        "bring": [f"{quoted(each.title)}的邀请（{each.held_on.month}月{each.held_on.day}日）" for each in ahead],
    }


def _papers(deputy: Deputy, today: date) -> list[str]:
    ending = deputy.appointments.in_force(today).filter(to_on__lte=today + SOON).select_related("role")
    return [f"{each.role}续聘事宜（聘期至{cn_day(each.to_on)}）" for each in ending if each.to_on]


def _row(on: date, head: str, body: str = "", words: str = "") -> Json:
    return {
        "date": on.isoformat(),
        "head": clipped(head, LONGEST),
        "body": clipped(body, LONGEST),
        "words": clipped(words, LONGEST),
    }
