"""The chief's five questions, composed of what each app counts. Every number knows the list of exactly its rows."""

from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.db.models import F, Q
from django.urls import reverse

import activities.stats
import deputies.stats
import suggestions.stats
from activities.models import Activity
from deputies.models import Body, Contact, Deputy, FollowUp
from deputies.stats import Reach
from staff.models import Role, User
from suggestions.models import FORMAL, Kind, Promise, Suggestion
from suggestions.overview import Line, line
from suggestions.stats import Figure

QUIET_AFTER = timedelta(days=365)


@dataclass(frozen=True)
class Number:
    """A number, its unit, and where its rows are. ``tone`` only where it calls for something."""

    value: int
    unit: str
    url: str
    label: str = ""
    tone: str = ""


@dataclass(frozen=True)
class LevelRow:
    label: str
    serving: int
    reached: Number
    unreached: Number


@dataclass(frozen=True)
class ReachTile:
    """``levels`` in two columns: the congress, the CPPCC."""

    reached: Number
    unreached: Number
    serving: int
    levels: list[list[LevelRow]]
    quiet: list[Deputy]


@dataclass(frozen=True)
class DeadlineTile:
    numbers: list[Number]
    nearest: list[Line]


@dataclass(frozen=True)
class ActivityTile:
    coming: Number
    to_close: Number
    next: list[Activity]


@dataclass(frozen=True)
class VerdictTile:
    satisfied: Number
    returned: Number
    percent: int | None
    numbers: list[Number]


@dataclass(frozen=True)
class AccountTile:
    numbers: list[Number]
    months: tuple[int, ...]
    month_urls: list[str]


@dataclass(frozen=True)
class Screen:
    year: int
    reach: ReachTile
    deadlines: DeadlineTile
    activities: ActivityTile
    verdicts: VerdictTile
    account: AccountTile


def screen(user: User, today: date) -> Screen:
    people = deputies.stats.house_year(today.year, today)
    voices = suggestions.stats.house_year(today.year)
    events = activities.stats.house_year(today.year, today)
    return Screen(
        year=today.year,
        reach=_reach(people, today),
        deadlines=_deadlines(user, today),
        activities=_activities(events, user, today),
        verdicts=_verdicts(voices, overdue_promises(user, today)),
        account=_account(people, events, voices),
    )


def link(url_name: str, **query: object) -> str:
    return f"{reverse(url_name)}?{urlencode(query)}" if query else reverse(url_name)


def _listed(figure: Figure, label: str, tone: str = "") -> Number:
    """A figure of the suggestions; its tone shows only when there is something."""
    url = f"{reverse('suggestions:list')}?{figure.query}"
    return Number(figure.number, figure.unit, url, label, tone if figure.number else "")


def _people(reach: Reach) -> tuple[Number, Number]:
    """Reached, and not yet reached."""
    url = reverse("deputies:list")
    return (
        Number(reach.reached, "人", f"{url}?{reach.reached_query}", "已联络"),
        Number(reach.unreached, "人", f"{url}?{reach.url_query}", "尚未联络"),
    )


def _reach(people: deputies.stats.HouseYear, today: date) -> ReachTile:
    reached, unreached = _people(people.reach)
    return ReachTile(
        reached=reached,
        unreached=unreached,
        serving=people.reach.serving,
        levels=[
            [LevelRow(level.label, level.serving, *_people(level)) for level in people.levels if level.body == body]
            for body in Body
        ],
        quiet=_quiet(today),
    )


def _quiet(today: date) -> list[Deputy]:
    """Those serving who were not met for a year or ever, longest first: who to visit next."""
    met = Deputy.objects.serving().with_figures(today.year, Contact.objects.all())
    long_ago = met.filter(Q(last_contact_on=None) | Q(last_contact_on__lt=today - QUIET_AFTER))
    return list(long_ago.with_namesake_hint().order_by(F("last_contact_on").asc(nulls_first=True), "pinyin", "pk")[:3])


def _deadlines(user: User, today: date) -> DeadlineTile:
    promised = FollowUp.objects.visible_to(user).overdue(today).count()
    owed = Suggestion.objects.visible_to(user).awaiting_reply().filter(due_on__isnull=False)
    if user.role == Role.LEADER:
        owed = owed.filter(Q(leader=user) | Q(due_on__lt=today))
    return DeadlineTile(
        numbers=[
            Number(
                promised, "项", link("deputies:follow-ups", state="overdue"), "后续事项逾期", "bad" if promised else ""
            ),
        ],
        nearest=[line(each, today) for each in owed.with_answers().order_by("due_on", "pk")[:4]],
    )


def _activities(events: activities.stats.HouseYear, user: User, today: date) -> ActivityTile:
    coming = Activity.objects.visible_to(user).coming(today).with_counts().select_related("kind", "host")
    to_close = link("activities:list", when="to_close")
    return ActivityTile(
        coming=Number(events.coming, "场", link("activities:list", when="coming"), "即将举行"),
        to_close=Number(events.to_close, "场", to_close, "已举行待办结", "warn" if events.to_close else ""),
        next=list(coming.order_by("held_on", "starts_at", "pk")[:3]),
    )


def overdue_promises(user: User, today: date) -> Number:
    """承诺 past their day: of the house, or for a handler of what he or the department answers for."""
    late = Promise.objects.visible_to(user).overdue(today).count()
    return Number(late, "项", link("suggestions:promises", state="overdue"), "承诺逾期", "bad" if late else "")


def _verdicts(voices: suggestions.stats.HouseYear, late: Number) -> VerdictTile:
    satisfied, returned = voices.satisfied.number, voices.returned.number
    return VerdictTile(
        satisfied=_listed(voices.satisfied, "满意或基本满意"),
        returned=_listed(voices.returned, "已反馈"),
        percent=suggestions.stats.percent(satisfied, returned),
        numbers=[
            _listed(voices.unsatisfied_open, "不满意待重办", "bad"),
            _listed(voices.promises, "承诺待落实", "warn"),
            late,
            _listed(voices.on_time, "按期答复"),
            _listed(voices.late, "逾期答复", "bad"),
        ],
    )


def _account(
    people: deputies.stats.HouseYear, events: activities.stats.HouseYear, voices: suggestions.stats.HouseYear
) -> AccountTile:
    year = people.year
    contacts = {"year": year, "touch": 1}
    # The two formal kinds always, the spoken ones where there are any: 件 and 条 stay apart.
    kinds = [
        (label, figure)
        for kind, (label, figure) in zip(Kind, voices.by_kind, strict=True)
        if kind in FORMAL or figure.number
    ]
    return AccountTile(
        numbers=[
            Number(people.contacts, "次", link("deputies:contacts", **contacts), "联络"),
            Number(people.persons, "人", link("deputies:list", reached="yes", year=year, state="all"), "联络到"),
            Number(people.opinions, "条", link("opinions", year=year), "当面意见"),
            Number(events.events, "场", f"{reverse('activities:list')}?{events.query}", "活动"),
            Number(events.attendances, "人次", link("attendances", year=year), "到场"),
            *(_listed(figure, label) for label, figure in kinds),
        ],
        months=people.months,
        month_urls=[link("deputies:contacts", **contacts, month=month) for month in range(1, 13)],
    )
