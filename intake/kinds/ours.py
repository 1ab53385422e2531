"""Departments and people of the house, as ledgers name them."""

from intake.kinds.base import Reader
from intake.office import Office
from staff.models import Department, User


def department(read: Reader, office: Office, column: str, what: str) -> Department | None:
    """By name or alias, also where a person is written behind it (案管办/王办); an unknown one is an error."""
    text = read.text(column, what, 80)
    if not text:
        return None
    found = office.departments.find(text) or office.departments.find(text.replace("／", "/").partition("/")[0])
    if found is None:
        guess = office.departments.guess(text)
        read.refuse("unknown_department", f"没有“{text[:20]}”这个部门。{guess}请改写。", column)
    return found


def members(read: Reader, office: Office, column: str, what: str) -> list[User]:
    """Those of ours who are named; of whom an unknown one is only told."""
    found, unknown = office.members(read.text(column, what, 200))
    if unknown:
        names = "、".join(unknown)
        read.warn("unknown_staff", f"“{names}”不是本院在用账号的唯一姓名，未列入{what}。", column)
    return found
