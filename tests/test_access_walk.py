"""Every role × URL × method × own/foreign object, built from the URL resolver.

A URL without a row, a row without a URL and a view without a permission fail: nobody can forget one.
"""

import importlib
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from staff.models import ADMINISTRATORS, Role
from staff.permissions import P
from tests.access import Row
from tests.world import CANARY_NOTE, CANARY_PHONE, World

pytestmark = pytest.mark.django_db
METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]
# Views for people who are not logged in: each one is named here, and nowhere else.
PUBLIC = {"account_login", "account_logout", "mfa_authenticate", "healthz", "calendar-feed"}
PUBLIC |= {"deputies:offline", "deputies:worker"}
# Drawn with DEBUG only.
ONLY_DEBUG = {"gallery", "gallery-dialog", "gallery-pick"}


def all_rows() -> list[Row]:
    folders = sorted(Path(__file__).parent.glob("*/access.py"))
    modules = [importlib.import_module(f"tests.{file.parent.name}.access") for file in folders]
    return [row for module in modules for row in module.ROWS]


def all_urls(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            space = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from all_urls(pattern, space)
        else:
            yield f"{prefix}{pattern.name}", pattern


URLS = {name: pattern for name, pattern in all_urls() if name not in ONLY_DEBUG}
ROWS = all_rows()


class Place(NamedTuple):
    own: str
    foreign: str
    data: dict[str, Any]

    @classmethod
    def of(cls, row: Row, world: World) -> "Place":
        own = reverse(row.url_name, kwargs=row.own(world) if row.own else {})
        foreign = reverse(row.url_name, kwargs=row.foreign(world)) if row.foreign else ""
        return cls(own, foreign, row.data(world) if row.data else {})


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """One world for the whole walk, complete before it starts; each request is undone by itself."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield World()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def places(world: World) -> dict[str, Place]:
    """Where each row leads, found before the first request: what the world makes on demand must outlast a test."""
    return {row.url_name: Place.of(row, world) for row in ROWS}


@pytest.fixture(scope="module")
def visitors(world: World) -> dict[Role | None, Client]:
    """One logged-in browser per role, and one (None) that is not."""
    clients: dict[Role | None, Client] = {None: Client()}
    for role, user in world.people.items():
        clients[role] = Client()
        clients[role].force_login(user)
    return clients


def test_every_url_is_in_the_table_and_every_row_has_its_url() -> None:
    named = [row.url_name for row in ROWS]
    assert sorted(URLS) == sorted(named)


def test_every_view_declares_a_permission_or_is_named_public() -> None:
    undeclared = {name for name, url in URLS.items() if not isinstance(getattr(url.callback, "permission", None), P)}
    assert undeclared == PUBLIC


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.url_name)
def test_access(row: Row, places: dict[str, Place], visitors: dict[Role | None, Client]) -> None:
    wrong = []
    place = places[row.url_name]
    for url, role, method, expected in cases(row, place):
        answer = ask(visitors[role], method, url, place.data)
        if not matches(answer, expected):
            wrong.append(f"{role or 'anonymous'} {method} {url}: {answer.status_code}, not {expected}")
        if expected == "allowed" and not row.reveals:
            wrong += leaks(answer, role)
    assert wrong == []


def cases(row: Row, place: Place) -> Iterator[tuple[str, Role | None, str, str]]:
    """Where, who, by which method, and what must come of it."""
    for role in [None, *Role]:
        for method in METHODS:
            yield place.own, role, method, expectation(row, role, method)
            if place.foreign and row.allows(method, role):
                yield place.foreign, role, method, "404" if role in row.foreign_roles else "allowed"


def expectation(row: Row, role: Role | None, method: str) -> str:
    if row.allows(method, role):
        return "allowed"
    if "anonymous" in row.methods.values() or (row.for_programs and method not in row.methods):
        return "405"
    if role is None and not row.for_programs:
        return "log-in"
    let_in = any(row.allows(other, role) for other in row.methods)
    return "405" if let_in and method not in row.methods else "403"


def matches(answer: HttpResponseBase, expected: str) -> bool:
    if expected == "log-in":
        return answer.status_code == 302 and answer["Location"].startswith("/accounts/login/")
    if expected == "allowed":
        return answer.status_code not in {401, 403, 404, 405} and answer.status_code < 500
    return str(answer.status_code) == expected


def ask(client: Client, method: str, url: str, data: dict[str, Any]) -> HttpResponseBase:
    """One request whose writes are undone; without ``data`` other methods send nothing."""
    cookies = client.cookies.output(attrs=[], header="")
    with transaction.atomic():
        call = getattr(client, method.lower())
        answer: HttpResponseBase = call(url, data) if method == "POST" else call(url)
        answer.body = b"".join(answer) if answer.streaming else answer.content  # type: ignore[attr-defined]
        transaction.set_rollback(True)
    # The session is back in the database; a log-out must not have taken its key away either.
    client.cookies.load(cookies)
    return answer


def leaks(answer: HttpResponseBase, role: Role | None) -> list[str]:
    """No phone reaches a page, and nothing of what a deputy said reaches an administrator."""
    text = readable(answer.body)  # type: ignore[attr-defined]
    found = ["a whole phone number"] if CANARY_PHONE in text else []
    if role in ADMINISTRATORS and CANARY_NOTE in text:
        found.append(f"the note of a contact, to {role}")
    return found


def readable(body: bytes) -> str:
    """Text of a page, or of everything packed in a workbook or an archive."""
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            body = b"\n".join(archive.read(name) for name in archive.namelist())
    return body.decode("utf-8", errors="ignore")
