"""A year that nobody meant (0026, 9999) is refused wherever a day is typed: it would bend every list and every sum."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.forms import BaseForm, DateField
from django.test import Client

from common.forms import DayField
from staff.models import Role
from tests.test_access_walk import ROWS, Place
from tests.world import World

pytestmark = pytest.mark.django_db
DRAWING = [row for row in ROWS if "POST" in row.methods and row.methods.get("GET", "anonymous") != "anonymous"]


def days_of(context: Any) -> list[DateField]:
    form = context.get("form") if context else None
    return [field for field in form.fields.values() if isinstance(field, DateField)] if form is not None else []


@pytest.mark.parametrize("row", DRAWING, ids=lambda row: row.url_name)
def test_no_form_takes_a_year_that_nobody_meant(row, client: Client) -> None:
    world = World()
    role = next(role for role in [Role.OFFICE, Role.HANDLER, *Role] if row.allows("GET", role))
    client.force_login(world.people[role])
    page = client.get(Place.of(row, world).own)
    for field in days_of(page.context):
        for day in ("0026-11-20", "9999-12-31"):
            with pytest.raises(ValidationError, match="年份"):
                field.clean(day)


@pytest.mark.parametrize("url", ["/contacts/quick/", "/activities/new/", "/suggestions/new/", "/deputies/new/"])
def test_the_walk_finds_days(url: str, client: Client) -> None:
    """Control of the test above: there are days to type."""
    client.force_login(World().office)
    form: BaseForm = client.get(url).context["form"]
    assert days_of({"form": form})


def test_a_day_of_this_century_is_taken() -> None:
    assert DayField().clean("2026-11-20").isoformat() == "2026-11-20"
