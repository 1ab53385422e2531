"""Several do the same thing at the same moment: one succeeds, the others are told why not."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection

from common.denied import Denied
from deputies import actions
from deputies.models import AppointmentRole
from staff.models import User
from tests.deputies.factories import person
from tests.factories import AreaFactory, TermFactory

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
DAY = date(2026, 3, 5)
Act = Callable[[], object]


@pytest.fixture(autouse=True)
def _needs_a_server(db: None) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite of the tests is in memory")


def all_at_once(act: Act, times: int = 4) -> list[str]:
    """How each ended: 「」 for success, or the sentence of the refusal."""
    start = Barrier(times)

    def one(_: int) -> str:
        try:
            start.wait()
            act()
        except Denied as refusal:
            return str(refusal)
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(times) as pool:
        return sorted(pool.map(one, range(times)))


def paired(office: User, leader: User) -> Act:
    area = AreaFactory()
    return lambda: actions.pair(leader=leader, with_=area, from_on=DAY, by=office)


def appointed(office: User, leader: User) -> Act:
    deputy, role = person(by=office), AppointmentRole.objects.all()[0]
    return lambda: actions.appoint(deputy=deputy, role=role, from_on=DAY, by=office)


def seated(office: User, leader: User) -> Act:
    deputy, term = person(by=office, seated=False), TermFactory()
    return lambda: actions.give_seat(deputy=deputy, term=term, by=office)


def term_changed(office: User, leader: User) -> Act:
    old = TermFactory()
    person(by=office, term=old)
    return lambda: actions.change_term(old=old, number=6, on=DAY, members=[actions.Member("赵新")], by=office)


def merged(office: User, leader: User) -> Act:
    kept, lost = person(by=office), person(by=office)
    return lambda: actions.merge_deputies(kept=kept, lost=lost, take=[], by=office)


def merged_and_back(office: User, leader: User) -> Act:
    merge = actions.merge_deputies(kept=person(by=office), lost=person(by=office), take=[], by=office)
    return lambda: actions.undo_merge(merge=merge, by=office)


def told_apart(office: User, leader: User) -> Act:
    one, other = person(by=office), person(by=office)
    return lambda: actions.tell_apart(one=one, other=other, by=office)


@pytest.mark.parametrize("act", [paired, appointed, seated, term_changed, merged, merged_and_back, told_apart])
def test_one_of_four_succeeds_and_the_others_are_told(
    office: User, leader: User, act: Callable[[User, User], Act]
) -> None:
    first, *others = all_at_once(act(office, leader))
    assert first == ""
    assert all(others), others
