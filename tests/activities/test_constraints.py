"""The database refuses nonsense, whoever writes."""

from datetime import time

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from activities.models import Activity, ActivityKind, Attendance, Photo
from staff.models import User
from tests.activities.factories import photo, planned

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("activity_state_known", {"state": "nonsense"}),
        ("activity_congress_state_known", {"congress_state": "nonsense"}),
        ("activity_title_not_blank", {"title": ""}),
        ("activity_ends_at_not_before_starts_at", {"starts_at": time(10), "ends_at": time(9)}),
        ("activity_closed_has_a_time", {"state": "closed"}),
        ("activity_closed_at_with_closed_by", {"state": "closed", "closed_at": timezone.now()}),
    ],
)
def test_an_activity_that_cannot_be_is_refused(office: User, constraint: str, fields: dict) -> None:
    planned(by=office)
    with pytest.raises(IntegrityError, match=constraint):
        Activity.objects.update(**fields)


def test_a_planned_activity_has_no_closing_time(office: User) -> None:
    planned(by=office)
    with pytest.raises(IntegrityError, match="activity_closed_has_a_time"):
        Activity.objects.update(closed_at=timezone.now(), closed_by=office)


def test_nobody_is_invited_twice_to_one_activity(office: User) -> None:
    activity = planned(by=office, deputies=1)
    with pytest.raises(IntegrityError):
        Attendance.objects.create(activity=activity, deputy=activity.attendances.get().deputy)


def test_an_answer_is_one_of_three(office: User) -> None:
    planned(by=office, deputies=1)
    with pytest.raises(IntegrityError, match="attendance_response_known"):
        Attendance.objects.update(response="maybe")


def test_a_kind_has_a_name() -> None:
    with pytest.raises(IntegrityError, match="activity_kind_name_not_blank"):
        ActivityKind.objects.create(name="")


def test_a_photo_has_a_file_and_stands_once_in_its_activity(office: User) -> None:
    kept = photo(planned(by=office), by=office)
    with pytest.raises(IntegrityError, match="photo_print_file_not_blank"), transaction.atomic():
        Photo.objects.update(print_file="")
    with pytest.raises(IntegrityError):
        Photo.objects.create(
            activity=kept.activity,
            print_file="x",
            thumb_file="x",
            sha256=kept.sha256,
            width=1,
            height=1,
            uploaded_by=office,
        )
