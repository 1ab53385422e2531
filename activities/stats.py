"""What activities count for. 场, 人次 and 人 are apart; only closed activities count as held with somebody."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from activities.models import Activity, Attendance, Photo
from deputies.models import Deputy
from deputies.stats import PrintablePhoto, printable_photos


@dataclass(frozen=True)
class AttendedActivity:
    ref: str  # "activity:12"
    date: date
    kind: str
    title: str
    place: str
    summary: str
    photos: tuple[PrintablePhoto, ...]


@dataclass(frozen=True)
class ActivityYear:
    """What one deputy came to in one year, oldest first."""

    attended: tuple[AttendedActivity, ...]


@dataclass(frozen=True)
class HouseYear:
    """The house's own year. ``query`` opens the list with exactly the ``events`` counted here."""

    events: int  # 场
    attendances: int  # 人次
    persons: int  # 人
    by_kind: tuple[tuple[str, int], ...]  # 场 each, most first
    coming: int  # 场, from today on, in any year
    to_close: int  # 场, held but not closed, in any year
    query: str


def of_deputy(deputy: Deputy, year: int) -> ActivityYear:
    activities = list(
        Activity.objects.attended_by(deputy.pk).in_year(year).select_related("kind").order_by("held_on", "id")
    )
    photos = printable_photos(deputy, Photo.objects.filter(activity__in=activities), of="activity")
    return ActivityYear(
        tuple(
            AttendedActivity(
                ref=f"activity:{activity.pk}",
                date=activity.held_on,
                kind=activity.kind.name,
                title=activity.title,
                place=activity.place,
                summary=activity.summary,
                photos=tuple(photos[activity.pk]),
            )
            for activity in activities
        )
    )


def house_year(year: int, today: date) -> HouseYear:
    closed = Activity.objects.closed().in_year(year)
    came = Attendance.objects.came().filter(activity__in=closed)
    totals = came.aggregate(attendances=Count("pk"), persons=Count("deputy", distinct=True))
    by_kind = closed.values_list("kind__name").annotate(events=Count("pk")).order_by("-events", "kind__name")
    return HouseYear(
        events=closed.count(),
        by_kind=tuple(by_kind),
        coming=Activity.objects.coming(today).count(),
        to_close=Activity.objects.to_close(today).count(),
        query=f"year={year}&state=closed",
        **totals,
    )
