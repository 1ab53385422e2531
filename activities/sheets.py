"""活动台账 as a spreadsheet (the headings that offices ask each other for)."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from activities.models import Activity, Attendance
from activities.models.activity import ActivityQuerySet
from common.sheets import Value
from deputies.models import Deputy, Mandate, MandateState
from deputies.models.deputy import told_apart
from deputies.sheets import names_of, seats_of, units_of

HEADINGS = [
    "序号", "活动名称", "类型", "日期", "开始时间", "结束时间", "地点", "承办部门", "出席领导", "邀请代表委员",
    "邀请（人）", "到场代表委员", "实到（人次）", "实到构成",
    "代表委员身份", "代表委员单位及职务", "主题内容", "照片（张）", "人大统筹情况", "状态",
    "录入人", "录入时间",
]  # fmt: skip


def rows(activities: ActivityQuerySet) -> Iterator[list[Value]]:
    full = activities.select_related("kind", "host", "created_by").prefetch_related(
        "leaders", told_apart("attendances__deputy"), "attendances__deputy__mandates__term", "photos"
    )
    for number, activity in enumerate(full, start=1):
        yield _row(number, activity, list(activity.attendances.all()))


def _row(number: int, activity: Activity, attendances: list[Attendance]) -> list[Value]:
    invited = [attendance.deputy for attendance in attendances]
    came = [attendance.deputy for attendance in attendances if attendance.came]
    return [
        number,
        activity.title,
        activity.kind.name,
        activity.held_on,
        f"{activity.starts_at:%H:%M}" if activity.starts_at else "",
        f"{activity.ends_at:%H:%M}" if activity.ends_at else "",
        activity.place,
        activity.host.name,
        "、".join(user.name for user in activity.leaders.all()),
        names_of(invited),
        len(invited),
        names_of(came),
        len(came),
        _seats(came, activity),
        seats_of(invited),
        units_of(invited),
        activity.summary,
        sum(1 for photo in activity.photos.all() if not photo.removed_at),
        activity.get_congress_state_display(),
        activity.get_state_display(),
        activity.created_by.name,
        activity.created_at,
    ]


def _seats(came: list[Deputy], activity: Activity) -> str:
    """How many of each seat came: 市人大代表2人、区政协委员1人. One person with two seats is counted under both."""
    held = Counter(
        mandate.term.seat_name
        for deputy in came
        for mandate in deputy.mandates.all()
        if _held(mandate, activity.held_on)
    )
    return "、".join(f"{seat}{number}人" for seat, number in sorted(held.items()))


def _held(mandate: Mandate, day: date) -> bool:
    """Was the seat held on that day? A seat that ended later still counts for then."""
    if mandate.term.starts_on > day or (mandate.term.ends_on and mandate.term.ends_on < day):
        return False
    return mandate.state == MandateState.SERVING or bool(mandate.state_on and mandate.state_on > day)
