"""The cast that every test may ask for by name."""

import os
from collections.abc import Iterator

import pytest
from django.test import Client
from hypothesis import settings
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from staff.models import Department, Role, User
from tests import emptying
from tests.factories import DepartmentFactory, UserFactory

# The gate tries the same odd input every time. To look for more: HYPOTHESIS_PROFILE=search.
settings.register_profile("gate", derandomize=True, deadline=None)
settings.register_profile("search", max_examples=5000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "gate"))


@pytest.fixture(scope="session", autouse=True)
def tables_are_emptied_quickly() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        emptying.quick(patch)
        yield


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that commits flushes the database afterwards, seeds and all: it asks for the seeds back, and it comes
    after all that roll back. (pytest-django sorts so too, but then pytest gathers all tests of one browser.)
    Before all others come the long ones, that no process is left alone with one of them at the end."""
    items.sort(key=lambda item: (_commits(item), item.get_closest_marker("long") is None))
    for item in items:
        _runs_once_with_reason(item)


def _commits(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    options = marker.kwargs if marker else {}
    if options.get("transaction") and not options.keys() & {"serialized_rollback", "available_apps"}:
        raise pytest.UsageError(f"{item.nodeid}: add serialized_rollback=True to django_db(transaction=True)")
    return bool(options.get("transaction"))


def _runs_once_with_reason(item: pytest.Item) -> None:
    """What asks the database must prove itself on both; pytest-django keeps all others away from it."""
    asks = item.get_closest_marker("django_db") or {"db", "transactional_db"} & set(getattr(item, "fixturenames", ()))
    if asks and item.get_closest_marker("once"):
        raise pytest.UsageError(f"{item.nodeid}: marked once, but asks the database")


class InOrder(LoadScopeScheduling):
    """Each test process keeps the order of the collection: what flushes the database comes last. Tests that share
    something dear, or something that exists once for all processes, stay in one of them.
    (xdist 3.8 has marks for that, ``xdist_group``, which pytest 9 quietly ignores.)
    """

    TOGETHER = ("tests/house/test_production.py", "tests/dashboard/test_demo.py::TestDistrict")

    def _split_scope(self, nodeid: str) -> str:
        return next((start for start in self.TOGETHER if nodeid.startswith(start)), nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> InOrder:
    return InOrder(config, log)


@pytest.fixture
def department(db: None) -> Department:
    return DepartmentFactory(name="第一检察部")


@pytest.fixture
def other_department(db: None) -> Department:
    return DepartmentFactory(name="第二检察部")


@pytest.fixture
def chief(db: None) -> User:
    return UserFactory(role=Role.CHIEF, name="陈检")


@pytest.fixture
def leader(db: None) -> User:
    return UserFactory(role=Role.LEADER, name="李副检")


@pytest.fixture
def office(db: None) -> User:
    return UserFactory(role=Role.OFFICE, name="王办")


@pytest.fixture
def handler(department: Department) -> User:
    return UserFactory(role=Role.HANDLER, name="赵联络", department=department)


@pytest.fixture
def other_handler(other_department: Department) -> User:
    return UserFactory(role=Role.HANDLER, name="钱联络", department=other_department)


@pytest.fixture
def sysadmin(db: None) -> User:
    return UserFactory(role=Role.SYSADMIN, name="系统员")


@pytest.fixture
def secadmin(db: None) -> User:
    return UserFactory(role=Role.SECADMIN, name="安全员")


@pytest.fixture
def auditor(db: None) -> User:
    return UserFactory(role=Role.AUDITOR, name="审计员")


@pytest.fixture
def login(client: Client):
    """Log a member of the cast in: ``login(office).get(url)``."""

    def _login(user: User) -> Client:
        client.force_login(user)
        return client

    return _login
