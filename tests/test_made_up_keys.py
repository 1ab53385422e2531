"""A key that no row can have, typed into a link or a form by hand, is refused in words and never breaks the page."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.forms import BaseForm, ModelChoiceField
from django.test import Client

from staff.models import Role
from tests.test_access_walk import ROWS, Place
from tests.world import World

pytestmark = pytest.mark.django_db
MADE_UP = "9" * 30
ASKING = [row for row in ROWS if "GET" in row.methods and row.methods["GET"] != "anonymous"]


def choices_of(form: BaseForm | None) -> list[str]:
    """The fields in which rows are chosen."""
    fields = form.fields if form is not None else {}
    return [name for name, field in fields.items() if isinstance(field, ModelChoiceField)]


def drawn(context: Any, name: str) -> Any:
    return context.get(name) if context else None


def tries(client: Client, url: str) -> Iterator[tuple[str, Any]]:
    """Ask with each filter, and send the form, each with a made-up key."""
    page = client.get(url)
    if page.streaming:  # a picture, a PDF: read to its end it closes itself, and leaves the test its connection
        page.getvalue()
    context = page.context
    chosen = drawn(context, "filter") or drawn(context, "filters")
    for name in choices_of(getattr(chosen, "form", None)):
        yield name, client.get(url, {name: MADE_UP})
    form = drawn(context, "form")
    if names := choices_of(form):
        yield "+".join(names), client.post(url, {form.add_prefix(name): [MADE_UP] for name in names})


@pytest.mark.parametrize("row", ASKING, ids=lambda row: row.url_name)
def test_a_made_up_key_breaks_no_page(row, client: Client) -> None:
    world, client.raise_request_exception = World(), False
    role = next(role for role in [Role.OFFICE, Role.HANDLER, *Role] if row.allows("GET", role))
    client.force_login(world.people[role])
    for name, response in tries(client, Place.of(row, world).own):
        assert response.status_code < 500, name


@pytest.mark.parametrize(
    "url", ["/contacts/", "/contacts/quick/", "/activities/", "/activities/new/", "/suggestions/new/"]
)
def test_the_walk_finds_filters_and_forms(url: str, client: Client) -> None:
    """Control of the test above: there are keys to make up."""
    client.force_login(World().office)
    assert list(tries(client, url))
