"""Lists as spreadsheets. Numbers of telephones in one only: an export leaves the building more easily than a page."""

from collections.abc import Iterator

from common.sheets import Value
from deputies.models import Contact, Deputy
from deputies.models.appointment import AppointmentQuerySet
from deputies.models.contact import ContactQuerySet
from deputies.models.deputy import DeputyQuerySet
from deputies.models.pairing import PairingQuerySet
from deputies.stats import Coverage

DEPUTY_HEADINGS = [
    "姓名", "身份", "代表团/界别", "工作单位", "职务", "板块", "关注领域", "上次联络", "当年联络（次）",
]  # fmt: skip
PHONE_HEADINGS = [*DEPUTY_HEADINGS[:5], "联系电话", *DEPUTY_HEADINGS[5:]]
CONTACT_HEADINGS = ["日期", "方式", "代表委员", "地点", "联络内容", "我院人员", "部门", "来源", "登记人"]

APPOINTMENT_HEADINGS = ["姓名", "身份", "单位及职务", "聘任为", "聘书号", "聘期起", "聘期止", "解聘日期", "备注"]
PAIRING_HEADINGS = ["领导", "板块", "代表委员", "单位及职务", "联络员", "起", "止"]


def deputy_rows(deputies: DeputyQuerySet) -> Iterator[list[Value]]:
    """Rows of a queryset with figures (see ``DeputyQuerySet.with_figures``)."""
    for deputy in deputies.prefetch_related("fields_of_concern"):
        yield _deputy_row(deputy)


def phone_rows(deputies: DeputyQuerySet) -> Iterator[list[Value]]:
    """As ``deputy_rows``, with the whole numbers: only for a stated reason."""
    for deputy in deputies.prefetch_related("fields_of_concern"):
        row = _deputy_row(deputy)
        yield [*row[:5], deputy.phone, *row[5:]]


def contact_rows(contacts: ContactQuerySet) -> Iterator[list[Value]]:
    for contact in contacts:
        yield _contact_row(contact)


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


def _deputy_row(deputy: Deputy) -> list[Value]:
    held = [seat for seat in deputy.seats if seat.is_held]
    return [
        deputy.name,
        deputy.seat_names,
        "、".join(dict.fromkeys(seat.group for seat in held if seat.group)),
        deputy.unit,
        deputy.post,
        str(deputy.area or ""),
        "、".join(str(field) for field in deputy.fields_of_concern.all()),
        getattr(deputy, "last_contact_on", None),
        getattr(deputy, "contacts_in_year", 0),
    ]


def _contact_row(contact: Contact) -> list[Value]:
    return [
        contact.happened_on,
        str(contact.method),
        "、".join(deputy.told_apart for deputy in contact.deputies.all()),
        contact.place,
        contact.note,
        "、".join(user.name for user in contact.staff.all()),
        str(contact.department or ""),
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
