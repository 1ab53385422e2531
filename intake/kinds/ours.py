"""Departments and people of the house, as ledgers name them."""

import re

from intake.kinds.base import Reader
from intake.office import Office
from staff.models import Department, User


def department(read: Reader, office: Office, column: str, what: str) -> Department | None:
    return department_and_people(read, office, column, what)[0]


def department_and_people(read: Reader, office: Office, column: str, what: str) -> tuple[Department | None, str]:
    """By name or alias, and who is written behind it (案管办/王办); an unknown department is an error."""
    text = read.text(column, what, 80)
    if not text:
        return None, ""
    if found := office.departments.find(text):
        return found, ""
    head, _, rest = re.sub(r"[/／|\n]| {1,}", "/", text).partition("/")
    if rest and (found := office.departments.find(head)):
        return found, rest
    if office.departments.all_known(text):
        read.refuse("several_departments", "写了几个部门，请只写牵头的一个，其余写入内容。", column)
        return None, ""
    guess = office.departments.guess(text)
    read.refuse("unknown_department", f"没有“{text[:20]}”这个部门。{guess}请改写。", column)
    return None, ""


def members(read: Reader, office: Office, column: str, what: str) -> list[User]:
    """Those of ours who are named; of whom an unknown one is only told."""
    found, unknown = office.members(read.text(column, what, 200))
    if unknown:
        names = "、".join(unknown)
        read.warn("unknown_staff", f"“{names}”不是本院在用账号的唯一姓名，未列入{what}。", column)
    return found
