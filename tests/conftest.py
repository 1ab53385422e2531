"""The cast that every test may ask for by name."""

import pytest
from django.test import Client

from staff.models import Department, Role, User
from tests.factories import DepartmentFactory, UserFactory


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
