from datetime import date

import pytest
from django.test import Client

from deputies import actions, stats
from deputies.models import AppointmentRole, Body, Level
from staff.models import User
from tests.deputies.factories import logged, method, person
from tests.factories import TermFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def test_a_deputys_year_has_sources_and_leaves_out_what_does_not_count(office: User) -> None:
    deputy, other = person(by=office), person("李敏", by=office)
    contact = logged(by=office, deputies=[deputy, other], place="村委会")
    opinion = actions.record_opinion(contact=contact, deputy=deputy, words="渠要早清", by=office, outcome="已清")
    actions.record_opinion(contact=contact, deputy=other, words="他人的话", by=office)
    logged(by=office, deputies=[deputy], method=method("mail"))
    logged(by=office, deputies=[deputy], happened_on=date(2025, 12, 31))
    gone = logged(by=office, deputies=[deputy])
    actions.withdraw_contact(contact=gone, by=office)
    role = AppointmentRole.objects.get(name="听证员")
    appointment = actions.appoint(deputy=deputy, role=role, from_on=date(2025, 1, 1), by=office)

    year = stats.of_deputy(deputy, 2026)

    assert [fact.ref for fact in year.contacts] == [f"contact:{contact.pk}"]
    assert (year.contacts[0].method, year.contacts[0].place, year.contacts[0].staff) == ("走访", "村委会", ("王办",))
    assert [(fact.ref, fact.words, fact.outcome) for fact in year.words] == [
        (f"opinion:{opinion.pk}", "渠要早清", "已清")
    ]
    assert [fact.ref for fact in year.appointments] == [f"appointment:{appointment.pk}"]
    assert year.months == (0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0)


def test_a_year_without_contacts_is_empty(office: User) -> None:
    assert stats.of_deputy(person(by=office), 2026) == stats.DeputyYear((), (), (), (0,) * 12)


def test_the_houses_year_counts_contacts_meetings_and_persons_apart(office: User) -> None:
    two = [person(name, by=office) for name in ("张晓北", "李敏")]
    person("王芳", by=office, term=TermFactory(body=Body.CPPCC, level=Level.CITY, place="江南市"))
    logged(by=office, deputies=two)
    logged(by=office, deputies=two[:1])
    year = stats.house_year(2026, TODAY)
    assert (year.contacts, year.meetings, year.persons) == (2, 3, 2)
    assert year.months[2] == 2
    assert (year.reach.serving, year.reach.reached, year.reach.unreached) == (3, 2, 1)
    assert [(level.label, level.reached, level.serving) for level in year.levels] == [
        ("区人大代表", 2, 2),
        ("市政协委员", 0, 1),
    ]


def test_every_number_of_reach_leads_to_exactly_its_rows(client: Client, office: User) -> None:
    term = TermFactory(body=Body.CPPCC, level=Level.CITY, place="江南市")
    logged(by=office, deputies=[person(by=office, term=term)])
    person("李敏", by=office, term=term)
    person("王芳", by=office)
    client.force_login(office)
    for reach in [stats.reach(TODAY.year), *stats.reach_by_level(TODAY.year)]:
        html = client.get(f"/deputies/?{reach.url_query}").content.decode()
        assert f'data-count="{reach.unreached}"' in html
        html = client.get(f"/deputies/?{reach.reached_query}").content.decode()
        assert f'data-count="{reach.reached}"' in html
