"""The cast. Factories of people are dumb; everything with a history walks the real actions."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from deputies.models import Area, Body, Deputy, Level, Mandate, Term
from staff.models import Department, Role, User

PASSWORD = "Jianxin-2026-zhihe"


class DepartmentFactory(DjangoModelFactory):
    class Meta:
        model = Department

    name = factory.Sequence(lambda n: f"第{n + 1}检察部")


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"user{n}")
    name = factory.Sequence(lambda n: f"工作人员{n}")
    role = Role.OFFICE
    department = factory.SubFactory(DepartmentFactory)
    password = factory.django.Password(PASSWORD)


class AreaFactory(DjangoModelFactory):
    class Meta:
        model = Area

    name = factory.Sequence(lambda n: f"板块{n}")


class TermFactory(DjangoModelFactory):
    class Meta:
        model = Term
        django_get_or_create = ("body", "level", "place", "number")

    body = Body.CONGRESS
    level = Level.DISTRICT
    place = "知禾区"
    number = 5
    starts_on = date(2022, 1, 10)


class DeputyFactory(DjangoModelFactory):
    class Meta:
        model = Deputy

    name = factory.Sequence(lambda n: f"代表{n}")
    unit = "知禾电缆有限公司"
    post = "工程师"


class MandateFactory(DjangoModelFactory):
    class Meta:
        model = Mandate

    deputy = factory.SubFactory(DeputyFactory)
    term = factory.SubFactory(TermFactory)
