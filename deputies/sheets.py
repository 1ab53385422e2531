"""Lists as spreadsheets, in the headings that offices use, so that a sheet can be read in again.

Numbers of telephones in one only: an export leaves the building more easily than a page.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from django.utils import timezone

from common.sheets import Value
from deputies.models import Contact, Deputy, Mandate, Opinion
from deputies.models.appointment import AppointmentQuerySet
from deputies.models.contact import ContactQuerySet, FollowUpQuerySet
from deputies.models.deputy import DeputyQuerySet
from deputies.models.pairing import PairingQuerySet
from deputies.stats import Coverage

DEPUTY_HEADINGS = [
    "序号", "档案编号", "姓名", "性别", "民族", "出生年月", "政治面貌", "第二党派", "学历", "工作单位", "职务",
    "身份", "届次", "代表团/界别", "代表证号/委员编号", "常委会/专委会职务", "专业背景", "关注领域", "所属板块",
    "上次联络", "当年联络（次）",
]  # fmt: skip
PHONE_HEADINGS = [*DEPUTY_HEADINGS[:11], "联系电话", *DEPUTY_HEADINGS[11:]]
# With identity and unit: a name alone does not tell who it was, when the sheet is read again.
CONTACT_HEADINGS = [
    "序号", "日期", "联络对象", "身份（层级）", "单位及职务", "联络方式", "地点", "参加人员", "承办部门", "联络内容",
    "代表意见建议", "办理情况", "来源", "登记人",
]  # fmt: skip
NOTHING = "无"  # holds the place of a seat without a group among several seats

APPOINTMENT_HEADINGS = ["姓名", "身份", "单位及职务", "聘任为", "聘书号", "聘期起", "聘期止", "解聘日期", "备注"]
FOLLOW_UP_HEADINGS = [
    "序号", "后续事项", "代表委员", "单位及职务", "责任人", "完成期限", "状态", "完成日期", "完成人", "联络日期",
    "联络方式",
]  # fmt: skip
PAIRING_HEADINGS = ["领导", "板块", "代表委员", "单位及职务", "联络员", "起", "止"]


def deputy_rows(deputies: DeputyQuerySet) -> Iterator[list[Value]]:
    """Rows of a queryset with figures (see ``DeputyQuerySet.with_figures``)."""
    for number, deputy in enumerate(deputies.prefetch_related("fields_of_concern"), start=1):
        yield _deputy_row(number, deputy)


def phone_rows(deputies: DeputyQuerySet) -> Iterator[list[Value]]:
    """As ``deputy_rows``, with the whole numbers: only for a stated reason."""
    for number, deputy in enumerate(deputies.prefetch_related("fields_of_concern"), start=1):
        row = _deputy_row(number, deputy)
        yield [*row[:11], deputy.phone, *row[11:]]


def contact_rows(contacts: ContactQuerySet) -> Iterator[list[Value]]:
    full = contacts.prefetch_related("deputies__mandates__term", "opinions__deputy")
    for number, contact in enumerate(full, start=1):
        yield [number, *_contact_row(contact)]


def appointment_rows(appointments: AppointmentQuerySet) -> Iterator[list[Value]]:
    """聘任人员名册."""
    for each in appointments:
        deputy = each.deputy
        remarks = [f"{each.renewal.from_on:%Y-%m-%d}起续聘" if each.renewal else "", each.conflict_note]
        yield [
            deputy.told_apart,
            deputy.seat_names,
            f"{deputy.unit}{deputy.post}",
            str(each.role),
            each.number,
            each.from_on,
            each.to_on,
            each.ended_on,
            "；".join(part for part in remarks if part),
        ]


def follow_up_rows(follow_ups: FollowUpQuerySet, today: date) -> Iterator[list[Value]]:
    """后续事项台账: what was promised, whether it was kept, and at which contact."""
    for number, each in enumerate(follow_ups, start=1):
        deputies = list(each.contact.deputies.all())
        yield [
            number,
            each.what,
            names_of(deputies),
            units_of(deputies),
            each.owner.name,
            each.due_on,
            each.state_on(today),
            timezone.localdate(each.done_at) if each.done_at else None,
            each.done_by.name if each.done_by else "",
            each.contact.happened_on,
            str(each.contact.method),
        ]


def pairing_rows(pairings: PairingQuerySet) -> Iterator[list[Value]]:
    """挂钩联系安排表; a person comes with the unit, which also tells namesakes apart."""
    for pairing in pairings:
        deputy = pairing.deputy
        yield [
            pairing.leader.name,
            str(pairing.area or ""),
            deputy.name if deputy else "",
            f"{deputy.unit}{deputy.post}" if deputy else "",
            pairing.liaison.name if pairing.liaison else "",
            pairing.from_on,
            pairing.to_on,
        ]


def _deputy_row(number: int, deputy: Deputy) -> list[Value]:
    return [number, deputy.pk, *_person(deputy), *_seats(deputy), *_about(deputy)]


def names_of(deputies: Iterable[Deputy]) -> str:
    return "、".join(deputy.told_apart for deputy in deputies)


def seats_of(deputies: Iterable[Deputy]) -> str:
    """区人大代表、市政协委员: the seats of all of them, held or past, each once."""
    names = [seat.term.seat_name for deputy in deputies for seat in deputy.seats]
    return "、".join(dict.fromkeys(names))


def units_of(deputies: Iterable[Deputy]) -> str:
    return "；".join(filter(None, (f"{deputy.unit}{deputy.post}" for deputy in deputies)))


def _person(deputy: Deputy) -> list[Value]:
    return [
        deputy.name,
        deputy.get_sex_display(),
        deputy.ethnic_group,
        f"{deputy.born_on:%Y-%m}" if deputy.born_on else "",
        deputy.party,
        deputy.second_party,
        deputy.education,
        deputy.unit,
        deputy.post,
    ]


def _seats(deputy: Deputy) -> list[Value]:
    held = [seat for seat in deputy.seats if seat.is_held]
    return [
        deputy.seat_names,
        "、".join(str(seat.term) for seat in held),
        _of_each(held, "group"),
        _of_each(held, "certificate_no"),
        _of_each(held, "committee_post"),
    ]


def _of_each(seats: list[Mandate], field: str) -> str:
    """One part for each seat, so that each is known by its place; nothing at all where no seat has any."""
    values = [getattr(seat, field) for seat in seats]
    return "、".join(value or NOTHING for value in values) if any(values) else ""


def _about(deputy: Deputy) -> list[Value]:
    return [
        deputy.profession,
        "、".join(str(field) for field in deputy.fields_of_concern.all()),
        str(deputy.area or ""),
        getattr(deputy, "last_contact_on", None),
        getattr(deputy, "contacts_in_year", 0),
    ]


def _contact_row(contact: Contact) -> list[Value]:
    deputies, opinions = list(contact.deputies.all()), list(contact.opinions.all())
    return [
        contact.happened_on,
        names_of(deputies),
        seats_of(deputies),
        units_of(deputies),
        str(contact.method),
        contact.place,
        "、".join(user.name for user in contact.staff.all()),
        str(contact.department or ""),
        contact.note,
        _said(opinions, "words", alone=len(deputies) == 1),
        _said(opinions, "outcome", alone=len(deputies) == 1),
        contact.get_origin_display(),
        contact.recorded_by.name,
    ]


def coverage_headings(table: Coverage) -> list[str]:
    return ["分组", "人数", "尚未联络", "已联络", *table.ways, "届满时约余"]


def coverage_rows(table: Coverage) -> list[list[Value]]:
    """The lines as the page shows them, the total last: it counts each person once."""
    lines = [*table.lines, *([table.total] if table.total else [])]
    return [
        [
            line.label,
            line.people.value,
            line.unreached.value,
            line.reached.value,
            *(way.value for way in line.ways),
            line.unreached_at_end,
        ]
        for line in lines
    ]


def _said(opinions: list[Opinion], field: str, *, alone: bool) -> str:
    """Of several deputies each is named."""
    told = [(opinion.deputy.name, getattr(opinion, field)) for opinion in opinions]
    return "\n".join(text if alone else f"{name}：{text}" for name, text in told if text)
