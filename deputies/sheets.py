"""Lists as spreadsheets. No telephone numbers: an export leaves the building more easily than a page."""

from collections.abc import Iterator

from common.sheets import Value
from deputies.models import Contact, Deputy
from deputies.models.contact import ContactQuerySet
from deputies.models.deputy import DeputyQuerySet

DEPUTY_HEADINGS = [
    "姓名", "身份", "代表团/界别", "工作单位", "职务", "板块", "关注领域", "上次联络", "当年联络（次）",
]  # fmt: skip
# With the units: a name alone does not tell who it was, when the sheet is read again.
CONTACT_HEADINGS = [
    "日期", "方式", "代表委员", "单位及职务", "地点", "联络内容", "我院人员", "部门", "来源", "登记人",
]  # fmt: skip


def deputy_rows(deputies: DeputyQuerySet) -> Iterator[list[Value]]:
    """Rows of a queryset with figures (see ``DeputyQuerySet.with_figures``)."""
    for deputy in deputies.prefetch_related("fields_of_concern"):
        yield _deputy_row(deputy)


def contact_rows(contacts: ContactQuerySet) -> Iterator[list[Value]]:
    for contact in contacts:
        yield _contact_row(contact)


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
        "、".join(deputy.name for deputy in contact.deputies.all()),
        "；".join(f"{deputy.unit}{deputy.post}" for deputy in contact.deputies.all()),
        contact.place,
        contact.note,
        "、".join(user.name for user in contact.staff.all()),
        str(contact.department or ""),
        contact.get_origin_display(),
        contact.recorded_by.name,
    ]
