"""What counts, and what may be printed."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from activities import actions, stats
from activities.models import Activity, ActivityKind
from deputies.models import Deputy
from staff.models import User
from tests.activities.factories import closed, photo, planned
from tests.factories import DeputyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def wang() -> Deputy:
    return DeputyFactory(name="王芳", photo_consent=True)


def printed(deputy: Deputy) -> set[str]:
    return {photo.ref for item in stats.of_deputy(deputy, 2026).attended for photo in item.photos}


def test_a_portrait_tells_what_the_person_came_to_in_that_year(office: User, wang: Deputy) -> None:
    later = closed(came=[wang], by=office, held_on=date(2026, 6, 1), title="公益诉讼现场会")
    earlier = closed(came=[wang], by=office, held_on=date(2026, 1, 1))
    closed(came=[wang], by=office, held_on=date(2025, 12, 31))
    closed(came=[DeputyFactory()], by=office)
    planned(by=office, deputies=[wang])
    attended = stats.of_deputy(wang, 2026).attended
    assert [item.ref for item in attended] == [f"activity:{earlier.pk}", f"activity:{later.pk}"]
    assert (attended[1].title, attended[1].kind, attended[1].place) == ("公益诉讼现场会", "检察开放日", "知禾区检察院")


def test_who_was_invited_but_did_not_come_is_nowhere(office: User, wang: Deputy) -> None:
    activity = planned(by=office, deputies=[wang, DeputyFactory()])
    other = activity.attendances.exclude(deputy=wang).get()
    actions.tick(activity=activity, came=[other.deputy_id], by=office)
    actions.close(activity=activity, by=office)
    assert stats.of_deputy(wang, 2026).attended == ()


def test_photos_of_oneself_and_of_nobody_in_particular_are_printed(office: User, wang: Deputy) -> None:
    other = DeputyFactory(photo_consent=True)
    activity = closed(came=[wang, other], by=office)
    own = photo(activity, by=office, deputies=[wang], size=(100, 80))
    crowd = photo(activity, by=office, size=(101, 80))
    photo(activity, by=office, deputies=[other], size=(102, 80))
    assert printed(wang) == {f"photo:{own.pk}", f"photo:{crowd.pk}"}


def test_without_consent_no_photo_is_printed(office: User) -> None:
    shy = DeputyFactory(photo_consent=False)
    photo(closed(came=[shy], by=office), by=office, deputies=[shy])
    assert printed(shy) == set()


def test_a_photo_with_somebody_who_did_not_consent_is_printed_for_nobody(office: User, wang: Deputy) -> None:
    shy = DeputyFactory(photo_consent=False)
    photo(closed(came=[wang, shy], by=office), by=office, deputies=[wang, shy])
    assert printed(wang) == set()


def test_photos_marked_not_printable_or_removed_are_not_printed(office: User, wang: Deputy) -> None:
    activity = closed(came=[wang], by=office)
    child = photo(activity, by=office, size=(100, 80))
    actions.edit_photo(photo=child, expected=1, by=office, printable=False)
    actions.remove_photo(photo=photo(activity, by=office, size=(101, 80)), by=office)
    assert printed(wang) == set()


def test_photos_cost_one_query_however_many_activities(office: User, wang: Deputy, django_assert_num_queries) -> None:
    for day in range(1, 6):
        closed(came=[wang], by=office, held_on=date(2026, 2, day))
    with django_assert_num_queries(2):
        stats.of_deputy(wang, 2026)


def test_events_attendances_and_persons_are_counted_apart(office: User, wang: Deputy) -> None:
    other = DeputyFactory()
    hearing = ActivityKind.objects.get(name="公开听证")
    closed(came=[wang, other], by=office)
    closed(came=[wang], by=office)
    closed(came=[wang], by=office, kind=hearing)
    closed(came=[wang], by=office, held_on=date(2025, 3, 1))
    year = stats.house_year(2026, date(2026, 7, 1))
    assert (year.events, year.attendances, year.persons) == (3, 4, 2)
    assert year.by_kind == (("检察开放日", 2), ("公开听证", 1))


def test_the_numbers_open_lists_of_exactly_as_many_rows(login, office: User, wang: Deputy, time_machine) -> None:
    today = date(2026, 7, 1)
    time_machine.move_to(today)
    closed(came=[wang], by=office)
    for day in (today - timedelta(days=1), today, today + timedelta(days=9)):
        planned(by=office, held_on=day)
    actions.cancel(activity=planned(by=office, held_on=today), by=office)
    year, client = stats.house_year(2026, today), login(office)

    def rows(query: str) -> int:
        return client.get(f"{reverse('activities:list')}?{query}").context["count"]

    assert year.events == rows(year.query) == 1
    assert year.coming == rows("when=coming") == 2
    assert year.to_close == rows("when=to_close") == 1
    assert rows("when=past") == 3
    assert rows(f"came={wang.pk}") == len(stats.of_deputy(wang, 2026).attended)
    assert rows("") == Activity.objects.count() == 5
