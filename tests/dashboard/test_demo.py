"""The demo district: believable, the same every time, and never poured over real data."""

from collections.abc import Iterator
from datetime import date
from random import Random

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from activities.models import Activity, Photo
from dashboard.demo.people import invent
from dashboard.management.commands.demo import fill, is_demo
from deputies.models import Appointment, Area, Contact, Deputy, Mandate, Origin
from staff.models import Role, User
from suggestions.models import Evaluation, FirstTask, FirstVisit, Hearing, Kind, Reply, Share, Suggestion, Verdict
from suggestions.workflow import SuggestionState
from tests.factories import DeputyFactory

TODAY = date(2026, 11, 20)


@pytest.fixture(scope="class")
def district(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """Filled once for the tests of one class, and rolled back after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        fill(TODAY, seed=2026)
        yield
        transaction.set_rollback(True)


@pytest.mark.django_db  # also the sign by which these come before the tests that flush the database
@pytest.mark.usefixtures("district")
class TestDistrict:
    def test_it_has_eight_areas_and_some_320_people_on_four_levels(self) -> None:
        assert Area.objects.count() == 8
        assert 310 <= Deputy.objects.count() <= 330
        assert Mandate.objects.values("term__level").distinct().count() == 4

    def test_every_role_can_log_in(self) -> None:
        assert set(User.objects.active().values_list("role", flat=True)) == set(Role.values)

    def test_the_ledger_holds_two_years(self) -> None:
        assert {day.year for day in Contact.objects.dates("happened_on", "year")} == {2025, 2026}

    def test_closed_activities_have_written_their_contacts(self) -> None:
        assert Contact.objects.filter(origin=Origin.ACTIVITY).count() == Activity.objects.closed().count() > 15

    def test_something_lies_ahead_and_something_waits_to_be_closed(self) -> None:
        assert Activity.objects.coming(TODAY).count() >= 3
        assert Activity.objects.to_close(TODAY).exists()

    def test_the_chief_answered_on_the_first_working_day_after_spring_festival(self) -> None:
        in_person = Reply.objects.filter(suggestion__kind=Kind.DELIBERATION, in_person=True)
        days = in_person.values_list("replied_on", flat=True)

        assert set(days) == {date(2025, 2, 5), date(2026, 2, 24)}
        assert len(days) == 9

    def test_two_years_of_the_first_task_stand_side_by_side(self) -> None:
        met = FirstVisit.objects.met().values_list("task__year", "visited_on")

        assert sorted(set(met)) == [(2025, date(2025, 2, 5)), (2026, date(2026, 2, 24))]
        assert len(met) == 9
        assert {task.confirmed_by.role for task in FirstTask.objects.all()} == {Role.CHIEF}

    def test_what_was_heard_in_session_is_answered_and_what_was_heard_lately_waits(self) -> None:
        session, lately = Hearing.objects.order_by("held_on")
        assert not session.utterances.open().exists()
        answered = Suggestion.objects.filter(share__point__voices__utterance__hearing=session)
        assert {each.state for each in answered} == {SuggestionState.CLOSED}
        assert lately.utterances.open().count() == 3
        assert Share.objects.waiting().count() == 1

    def test_the_power_line_suggestion_was_worked_for_nine_months_and_answered_in_person(self) -> None:
        story = Suggestion.objects.get(title__contains="输电线路")
        reply = story.replies.get()

        assert story.state == SuggestionState.CLOSED
        assert (reply.replied_on - story.assigned_on).days > 270
        assert reply.in_person
        assert Contact.objects.filter(origin=Origin.REPLY, happened_on=reply.replied_on).exists()

    def test_one_suggestion_is_overdue_and_one_was_not_satisfying(self) -> None:
        assert Suggestion.objects.overdue(TODAY).exists()
        assert Evaluation.objects.filter(result=Verdict.UNSATISFIED).exists()

    def test_there_are_appointments_and_painted_photos(self) -> None:
        assert Appointment.objects.count() == 24
        assert Photo.objects.count() > 15

    def test_a_second_run_adds_nothing(self) -> None:
        before = Deputy.objects.count()

        call_command("demo")

        assert Deputy.objects.count() == before


@pytest.mark.django_db
def test_a_database_with_real_data_is_refused() -> None:
    DeputyFactory()

    with pytest.raises(CommandError, match="真实数据"):
        call_command("demo")

    assert Deputy.objects.count() == 1
    assert not is_demo()


def test_the_same_seed_invents_the_same_people() -> None:
    assert invent(Random(5), 60) == invent(Random(5), 60)
    assert invent(Random(5), 60) != invent(Random(6), 60)
