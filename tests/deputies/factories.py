"""Contacts and people, made by the actions of the product."""

from datetime import date
from typing import Any

from deputies import actions
from deputies.models import Contact, ContactMethod, ContactPhoto, Deputy
from staff.models import User
from tests.common.pictures import data, upload
from tests.factories import TermFactory, UserFactory

DAY = date(2026, 3, 5)


def method(code: str = "visit") -> ContactMethod:
    return ContactMethod.objects.get(code=code)


def person(name: str = "张晓北", *, by: User | None = None, seated: bool = True, **fields: Any) -> Deputy:
    seats = [(fields.pop("term", None) or TermFactory(),)] if seated else []
    return actions.register_deputy(by=by or UserFactory(), name=name, seats=seats, **fields)


def logged(*, by: User, deputies: list[Deputy] | None = None, **fields: Any) -> Contact:
    facts = {"happened_on": DAY, "method": method(), "note": "谈到灌溉渠清淤"}
    return actions.log_contact(by=by, deputies=deputies or [person(by=by)], **(facts | fields))


def contact_photo(contact: Contact, *, by: User, **fields: Any) -> ContactPhoto:
    return actions.add_contact_photo(contact=contact, upload=upload(data()), by=by, **fields)
