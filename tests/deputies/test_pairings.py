"""挂钩: a leader, an area or a person, from–to."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from common.denied import Denied
from deputies import actions
from deputies.models import Deputy, Pairing
from staff.models import Role, User
from tests.deputies.factories import person
from tests.factories import AreaFactory, UserFactory

pytestmark = pytest.mark.django_db
SPRING, SUMMER = date(2026, 3, 2), date(2026, 7, 1)


@pytest.fixture
def deputy(office: User) -> Deputy:
    return person(area=AreaFactory())


def test_a_leader_has_the_people_of_the_area_and_the_person_alone(leader: User, office: User, deputy: Deputy) -> None:
    alone, stranger = person(), person()
    actions.pair(leader=leader, with_=deputy.area, from_on=SPRING, by=office)
    actions.pair(leader=leader, with_=alone, from_on=SPRING, by=office)
    mine = Pairing.objects.of(leader).in_force(SUMMER).deputies()
    assert set(mine) == {deputy, alone}
    assert stranger not in mine


def test_a_new_leader_takes_over_on_the_day_after_the_last_of_the_old_one(
    leader: User, office: User, deputy: Deputy
) -> None:
    old = actions.pair(leader=leader, with_=deputy, from_on=SPRING, by=office)
    actions.pair(leader=UserFactory(role=Role.LEADER), with_=deputy, from_on=SUMMER, by=office)
    old.refresh_from_db()
    assert old.to_on == date(2026, 6, 30)
    assert not Pairing.objects.of(leader).in_force(SUMMER).exists()


def test_a_pairing_does_not_start_before_the_one_that_it_follows(leader: User, office: User, deputy: Deputy) -> None:
    actions.pair(leader=leader, with_=deputy, from_on=SUMMER, by=office)
    with pytest.raises(Denied, match="须晚于"):
        actions.pair(leader=leader, with_=deputy, from_on=SPRING, by=office)


@pytest.mark.parametrize("wrong", ["both", "neither", "ends before it starts", "two leaders at a time"])
def test_the_database_refuses_a_pairing_that_makes_no_sense(
    wrong: str, leader: User, office: User, deputy: Deputy
) -> None:
    facts: dict = {"leader": leader, "created_by": office, "from_on": SUMMER, "deputy": deputy}
    if wrong == "two leaders at a time":
        Pairing.objects.create(**facts)
    facts |= {
        "both": {"area": deputy.area},
        "neither": {"deputy": None},
        "ends before it starts": {"to_on": SPRING},
    }.get(wrong, {})
    with pytest.raises(IntegrityError), transaction.atomic():
        Pairing.objects.create(**facts)
