"""Activities that have walked the real actions."""

from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from activities import actions
from activities.models import Activity, ActivityKind, Photo
from deputies.models import Deputy
from staff.models import User
from tests.common.pictures import data, picture
from tests.factories import DepartmentFactory, DeputyFactory, UserFactory

PAST = date(2026, 3, 5)


def planned(*, by: User | None = None, deputies: int | list[Deputy] = 0, **fields: Any) -> Activity:
    """Registered, not yet ticked; on 5 March 2026 unless told otherwise."""
    by = by or UserFactory()
    people = DeputyFactory.create_batch(deputies) if isinstance(deputies, int) else deputies
    facts: dict[str, Any] = {"title": "检察开放日", "held_on": PAST, "place": "知禾区检察院"} | fields
    facts.setdefault("kind", ActivityKind.objects.get(name="检察开放日"))
    facts.setdefault("host", by.department or DepartmentFactory())
    return actions.schedule(by=by, deputies=people, **facts)


def closed(*, came: list[Deputy], by: User | None = None, **fields: Any) -> Activity:
    """Everybody in ``came`` was invited, came, and the ledger knows it."""
    by = by or UserFactory()
    activity = planned(by=by, deputies=came, **fields)
    actions.tick(activity=activity, came=[deputy.pk for deputy in came], by=by)
    return actions.close(activity=activity, by=by)


def jpeg(name: str = "IMG_0001.jpg", *, size: tuple[int, int] = (160, 120), **options: Any) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data(picture(size), **options), content_type="image/jpeg")


def photo(activity: Activity, *, by: User | None = None, size: tuple[int, int] = (160, 120), **fields: Any) -> Photo:
    return actions.add_photo(activity=activity, upload=jpeg(size=size), by=by or UserFactory(), **fields)
