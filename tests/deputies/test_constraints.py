"""Each constraint of the database, and somebody who tries to break it."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from deputies.models import (
    Appointment,
    AppointmentRole,
    Area,
    Contact,
    ContactDeputy,
    ContactMethod,
    ContactStaff,
    Deputy,
    FieldOfConcern,
    FollowUp,
    Mandate,
    Opinion,
    Term,
)
from tests.deputies.factories import DAY, logged, person
from tests.factories import TermFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def contact(db: None) -> Contact:
    return logged(by=UserFactory())


def breaks(act) -> bool:
    try:
        with transaction.atomic():
            act()
    except IntegrityError:
        return True
    return False


@pytest.mark.parametrize("model", [Area, FieldOfConcern, ContactMethod, AppointmentRole])
def test_a_row_of_the_office_has_a_name(model: type[models.Model]) -> None:
    assert breaks(lambda: model.objects.create(name=""))


@pytest.mark.parametrize(
    "values",
    [
        {"origin": "rumour"},
        {"note": ""},
        {"withdrawn_at": timezone.now()},
        {"origin": "activity"},
    ],
)
def test_a_contact_refuses_nonsense(contact: Contact, values: dict) -> None:
    assert breaks(lambda: Contact.objects.filter(pk=contact.pk).update(**values))


@pytest.mark.parametrize("name", ["origin_key", "idempotency_key"])
def test_a_contacts_key_is_there_once(contact: Contact, name: str) -> None:
    value = uuid4() if name == "idempotency_key" else "activity:1"
    other = logged(by=UserFactory(), deputies=[person("李敏")])
    Contact.objects.filter(pk=contact.pk).update(**{name: value})
    assert breaks(lambda: Contact.objects.filter(pk=other.pk).update(**{name: value}))


def test_a_contact_meets_a_deputy_once(contact: Contact) -> None:
    assert breaks(lambda: ContactDeputy.objects.create(contact=contact, deputy=contact.deputies.get()))


def test_a_contact_has_a_member_of_staff_once(contact: Contact) -> None:
    assert breaks(lambda: ContactStaff.objects.create(contact=contact, user=contact.recorded_by))


@pytest.mark.parametrize("values", [{"name": ""}, {"sex": "x"}])
def test_a_deputy_refuses_nonsense(values: dict) -> None:
    deputy = person()
    assert breaks(lambda: Deputy.objects.filter(pk=deputy.pk).update(**values))


@pytest.mark.parametrize(
    "values",
    [
        {"body": "army"},
        {"level": "moon"},
        {"body": "cppcc", "level": "town"},
        {"ends_on": date(2000, 1, 1)},
    ],
)
def test_a_term_refuses_nonsense(values: dict) -> None:
    term = TermFactory()
    assert breaks(lambda: Term.objects.filter(pk=term.pk).update(**values))


def test_a_term_is_there_once() -> None:
    term = TermFactory()
    term.pk = None
    assert breaks(lambda: term.save(force_insert=True))


def test_a_seat_is_held_once_per_term_in_a_known_state() -> None:
    deputy = person()
    assert breaks(lambda: Mandate.objects.create(deputy=deputy, term=TermFactory()))
    assert breaks(lambda: Mandate.objects.update(state="lost"))


@pytest.mark.parametrize(
    "values",
    [
        {"state": "ended"},
        {"state": "ended", "state_on": DAY},
        {"state": "suspended", "state_reason": "resigned"},
        {"state": "ended", "state_on": DAY, "state_reason": "judged"},
        {"state": "serving", "state_reason": "resigned"},
    ],
)
def test_a_seat_is_left_on_a_day_for_a_neutral_reason(values: dict) -> None:
    person()
    assert breaks(lambda: Mandate.objects.update(**values))


@pytest.mark.parametrize("values", [{"ended_on": DAY}, {"ended_reason": "工作调整"}])
def test_an_appointment_ends_on_a_day_for_a_reason(values: dict) -> None:
    role = AppointmentRole.objects.first()
    appointment = Appointment.objects.create(deputy=person(), role=role, from_on=DAY, created_by=UserFactory())
    assert breaks(lambda: Appointment.objects.filter(pk=appointment.pk).update(**values))


def test_a_seeded_code_is_there_once_and_new_methods_have_none() -> None:
    ContactMethod.objects.create(name="视频会议")
    ContactMethod.objects.create(name="短信")
    assert breaks(lambda: ContactMethod.objects.create(name="拜访", code="visit"))


@pytest.mark.parametrize("name", ["to_on", "ended_on"])
def test_an_appointment_does_not_end_before_it_begins(name: str) -> None:
    role = AppointmentRole.objects.first()
    facts = {"deputy": person(), "role": role, "from_on": DAY, "created_by": UserFactory(), name: date(2025, 1, 1)}
    assert breaks(lambda: Appointment.objects.create(**facts))


def test_words_and_things_to_do_are_not_blank_and_done_has_a_doer(contact: Contact) -> None:
    by = contact.recorded_by
    deputy = contact.deputies.get()
    assert breaks(lambda: Opinion.objects.create(contact=contact, deputy=deputy, words="", recorded_by=by))
    assert breaks(lambda: FollowUp.objects.create(contact=contact, what="", owner=by, due_on=DAY))
    assert breaks(
        lambda: FollowUp.objects.create(contact=contact, what="x", owner=by, due_on=DAY, done_at=timezone.now())
    )
