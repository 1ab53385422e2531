"""A house that starts with nothing: from the first command to the first contact on the chief's screen."""

import re
from collections.abc import Iterator
from io import StringIO

import pytest
import time_machine
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from deputies.models import Area, ContactMethod, Deputy, Term
from staff.models import Department, User
from tests.deputies.factories import logged, person

pytestmark = pytest.mark.django_db
OWN = "Zhihe-Kaishi-2026"


@pytest.fixture(autouse=True)
def june() -> Iterator[None]:
    cache.clear()
    with time_machine.travel("2026-06-15T09:00+08:00", tick=True):
        yield


def enter(username: str, one_time: str) -> Client:
    """Log in with the one-time password and change it, as everybody has to."""
    client = Client()
    client.post("/accounts/login/", {"login": username, "password": one_time})
    assert client.get("/")["Location"] == "/accounts/password/"
    client.post("/accounts/password/", {"oldpassword": one_time, "password1": OWN, "password2": OWN})
    assert client.get("/").status_code == 200
    return client


def hire(sysadmin: Client, secadmin: Client, username: str, role: str) -> Client:
    """An account by one administrator, its role by another."""
    department = Department.objects.get().pk
    sysadmin.post("/staff/new/", {"username": username, "name": username, "department": department})
    pk = User.objects.get(username=username).pk
    page = secadmin.post(f"/staff/{pk}/admit/", {"role": role}).content.decode()
    return enter(username, page.split('class="one-time">')[1].split("<")[0])


def saved(client: Client, url_name: str, facts: dict[str, object], **kwargs: int) -> None:
    response = client.post(reverse(url_name, kwargs=kwargs), facts)
    assert response.status_code == 302, response.content.decode()


def test_from_an_empty_database_to_the_first_contact_on_the_chiefs_screen() -> None:
    told = StringIO()
    call_command("create_administrators", stdout=told)
    passwords = dict(re.findall(r"用户名 (\w+)　一次性密码 (\S+)", told.getvalue()))
    sysadmin, secadmin = (enter(name, passwords[name]) for name in ("sysadmin", "secadmin"))
    saved(sysadmin, "staff:department-new", {"name": "办公室", "order": 1})
    office = hire(sysadmin, secadmin, "wangban", "office")
    chief = hire(sysadmin, secadmin, "chenjian", "chief")

    assert "从这里开始" in office.get("/").content.decode()
    saved(office, "deputies:basics-areas-new", {"name": "禾塘镇", "order": 1})
    term = {"body": "congress", "level": "district", "place": "知禾区", "number": 5, "starts_on": "2022-01-10"}
    saved(office, "deputies:basics-terms-new", term)
    person = {"name": "赵新", "unit": "青禾小学", "area": Area.objects.get().pk, "term": Term.objects.get().pk}
    saved(office, "deputies:new", person)
    contact = {
        "deputies": Deputy.objects.get().pk,
        "method": ContactMethod.objects.get(code="visit").pk,
        "happened_on": "2026-06-15",
        "note": "谈到校园周边安全",
        "idempotency_key": "6f0c1d36-7b1e-4c52-9f0e-2f5f0c8f3a11",
    }
    saved(office, "deputies:quick-log", contact)

    html = chief.get("/").content.decode()
    reached = reverse("deputies:list") + "?reached=yes&amp;year=2026"
    assert f'href="{reached}" data-number="1"' in html
    assert "赵新" in chief.get(reached.replace("&amp;", "&")).content.decode()
    assert "从这里开始" not in office.get("/").content.decode()


def test_the_first_steps_are_ticked_off_one_by_one(office: User, login) -> None:
    client = login(office)
    for page in ("/", "/deputies/"):
        assert client.get(page).content.decode().count("已完成") == 0
    Area.objects.create(name="禾塘镇")
    deputy = person("赵新", by=office)
    assert client.get("/").content.decode().count("已完成") == 2
    logged(by=office, deputies=[deputy])
    assert "从这里开始" not in client.get("/").content.decode()


def test_only_the_office_is_told_what_to_do_first(chief: User, login) -> None:
    client = login(chief)
    for page in ("/", "/deputies/"):
        assert "从这里开始" not in client.get(page).content.decode()


def test_a_search_without_a_result_is_no_first_day(office: User, login) -> None:
    person("赵新", by=office)
    html = login(office).get("/deputies/?q=nobody").content.decode()
    assert "从这里开始" not in html
    assert "没有符合条件的代表委员" in html
