"""The last contacts always say what the ledger says, whichever action wrote it."""

from datetime import date, timedelta
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Max, Min

from deputies import actions
from deputies.models import Contact, ContactDeputy, Deputy, LastContact, Origin, YearContact
from deputies.models.last_contact import touches
from staff.models import User
from tests.deputies.factories import DAY, logged, method, person

pytestmark = pytest.mark.django_db
METHODS = ["visit", "talk", "phone", "mail"]


def told() -> set[tuple]:
    return set(LastContact.objects.values_list("deputy", "method", "last_on"))


def told_by_year() -> set[tuple]:
    return set(YearContact.objects.values_list("deputy", "method", "year", "first_on", "last_on"))


def counted_afresh() -> set[tuple]:
    standing = ContactDeputy.objects.filter(contact__withdrawn_at=None)
    return set(standing.values_list("deputy", "contact__method").annotate(Max("contact__happened_on")))


def counted_afresh_by_year() -> set[tuple]:
    standing, day = ContactDeputy.objects.filter(contact__withdrawn_at=None), "contact__happened_on"
    return set(standing.values_list("deputy", "contact__method", f"{day}__year").annotate(Min(day), Max(day)))


def imported(by: User, people: list[Deputy], **fields: Any) -> Contact:
    row = actions.ImportedContact(
        **({"happened_on": DAY, "method": method(), "note": "旧台账"} | fields), deputies=people
    )
    return Contact.objects.get(pk=actions.log_imported(rows=[row], by=by)[0].contact)


def random_act(random: Random, office: User, people: list[Deputy]) -> None:
    some, day = random.sample(people, random.randint(1, 3)), DAY - timedelta(days=random.randint(0, 400))
    way = method(random.choice(METHODS))
    contact = Contact.objects.filter(origin=Origin.HAND).order_by("?").first()
    match random.randint(0, 8):
        case 0 | 1 | 2:
            logged(by=office, deputies=some, happened_on=day, method=way)
        case 3 if contact and not contact.withdrawn_at:
            changes = {"deputies": some, "happened_on": day, "method": way}
            actions.edit_contact(contact=contact, expected=contact.version, by=office, **changes)
        case 4 if contact:
            verb = actions.restore_contact if contact.withdrawn_at else actions.withdraw_contact
            verb(contact=contact, by=office)
        case 5:
            key = f"activity:{random.randint(1, 3)}"
            facts = {"happened_on": day, "method": way, "note": "参加活动"}
            actions.write_derived_contact(origin=Origin.ACTIVITY, origin_key=key, by=office, deputies=some, **facts)
        case 6:
            imported(office, some, happened_on=day, method=way)
        case 7:
            actions.remove_imported(Contact.objects.filter(origin=Origin.IMPORT))
        case 8:
            actions.withdraw_derived_contact(origin_key=f"activity:{random.randint(1, 3)}", by=office)


@pytest.mark.parametrize("seed", range(4))
def test_after_any_sequence_of_actions_they_are_what_a_recount_gives(seed: int, office: User) -> None:
    random, people = Random(seed), [person(name, by=office) for name in ["张晓北", "李敏", "王芳", "赵远", "孙禾"]]
    for _ in range(40):
        random_act(random, office, people)
        assert told() == counted_afresh()
        assert told_by_year() == counted_afresh_by_year()


def test_moving_a_contact_to_somebody_else_leaves_the_first_one_unmet(office: User) -> None:
    wrong, right = person(by=office), person("李敏", by=office)
    contact = logged(by=office, deputies=[wrong])
    actions.edit_contact(contact=contact, expected=contact.version, by=office, deputies=[right])
    assert told() == {(right.pk, method().pk, DAY)}


def test_the_database_keeps_one_last_contact_for_each_person_and_way(office: User) -> None:
    deputy = logged(by=office).deputies.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        LastContact.objects.create(deputy=deputy, method=method(), last_on=date(2026, 1, 5))
    with pytest.raises(IntegrityError), transaction.atomic():
        YearContact.objects.create(deputy=deputy, method=method(), year=2026, first_on=DAY, last_on=DAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        YearContact.objects.create(
            deputy=deputy, method=method(), year=2025, first_on=DAY, last_on=DAY - timedelta(days=1)
        )


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2025, 1, 1), date(2025, 12, 31)),  # a year that is over
        (date(2024, 6, 1), date(2025, 6, 30)),  # a term that is over
        (date(2022, 1, 10), date(2025, 2, 1)),
        (date(2025, 3, 1), date(2025, 9, 30)),  # within one year
        (date(2025, 6, 1), date(2026, 12, 31)),  # until today
    ],
    ids=str,
)
def test_a_period_that_is_over_is_answered_as_the_ledger_would(first: date, last: date, office: User) -> None:
    random, people = Random(7), [person(name, by=office) for name in ["张晓北", "李敏", "王芳"]]
    for _ in range(60):
        day = date(2023, 1, 1) + timedelta(days=random.randint(0, 1150))
        way = method(random.choice([*METHODS, "reception", "wechat"]))
        logged(by=office, deputies=random.sample(people, random.randint(1, 2)), happened_on=day, method=way)
    met = ContactDeputy.objects.filter(contact__in=Contact.objects.touching().between(first, last))
    asked = touches(first, last, user=office, today=date(2026, 3, 5)).values_list("deputy", "by")
    assert set(asked) == set(met.values_list("deputy", "contact__method")) != set()


def test_the_migration_fills_them_from_a_ledger_that_was_there_before(office: User) -> None:
    from importlib import import_module

    logged(by=office)
    logged(by=office, happened_on=date(2026, 1, 9), method=method("phone"))
    actions.withdraw_contact(contact=logged(by=office), by=office)
    LastContact.objects.all().delete()
    YearContact.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(import_module("deputies.migrations.0004_last_contact").FILL)
    import_module("deputies.migrations.0009_year_contact").fill(None, SimpleNamespace(connection=connection))
    assert told() == counted_afresh() != set()
    assert told_by_year() == counted_afresh_by_year() != set()
