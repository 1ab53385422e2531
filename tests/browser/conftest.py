"""Chromium as the offices have it: Chinese, Beijing time, and any console error or CSP violation fails the test."""

import os
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client
from playwright.sync_api import BrowserContext, Page, Playwright, expect

from common.jobs import leases, runner
from staff.models import User

# Playwright's sync API runs an event loop in this thread; Django would refuse the ORM beside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# A loaded machine is slow, and a test that waits says nothing about speed: make bench does.
expect.set_options(timeout=15_000)
LONGEST = 20_000
DESK, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}


@pytest.fixture(scope="session")
def connection_of_the_tests(django_db_setup: None) -> BaseDatabaseWrapper:
    return connections[DEFAULT_DB_ALIAS]


@pytest.fixture(scope="session")
def playwright(connection_of_the_tests: BaseDatabaseWrapper, playwright: Playwright) -> Playwright:
    """Beside a running loop Django would open a second connection, that knows no seeds and outlives the database."""
    connections[DEFAULT_DB_ALIAS] = connection_of_the_tests
    return playwright


@pytest.fixture(scope="session")
def base_url(live_server: Any) -> str:
    """``page.goto("/deputies/")`` is enough."""
    return live_server.url


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    return browser_type_launch_args | {
        "executable_path": os.environ.get("CHROMIUM", "/usr/bin/chromium"),
        "args": ["--no-sandbox", *quiet],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return browser_context_args | {"locale": "zh-CN", "timezone_id": "Asia/Shanghai", "viewport": DESK}


@pytest.fixture
def complaints() -> list[str]:
    """What the browser complained of. A test that provokes an error empties the list."""
    return []


@pytest.fixture
def page(page: Page, complaints: list[str]) -> Iterator[Page]:
    page.set_default_timeout(LONGEST)
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    assert not complaints


@pytest.fixture
def enter(context: BrowserContext, live_server: Any) -> Callable[[User], None]:
    """Let a member of the cast in without the log-in page: ``enter(office)``."""

    def _enter(user: User) -> None:
        client = Client()
        client.force_login(user)
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])

    return _enter


@pytest.fixture
def accessible() -> Callable[[Page], None]:
    """WCAG 2 A and AA by axe; the message names the rule and the element."""

    def _check(page: Page) -> None:
        rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
        found = Axe().run(page, options=rules).response["violations"]
        assert not [(each["id"], [node["html"] for node in each["nodes"]][:3]) for each in found]

    return _check


@pytest.fixture
def worker() -> Iterator[None]:
    """A thread that does what waits, until the test ends. (The product's worker is a process of its own.)

    For tests marked ``postgres``: the tests' SQLite lives in memory, where a table that a page reads refuses a second
    thread at once. The product's SQLite is a file, where one waits for the other (tests/house/test_demo.py).
    """
    over = threading.Event()

    def serve() -> None:
        while not over.wait(0.2):
            if job := leases.claim_next():
                runner.run(job)
        connections.close_all()

    thread = threading.Thread(target=serve)
    thread.start()
    yield
    over.set()
    thread.join()
