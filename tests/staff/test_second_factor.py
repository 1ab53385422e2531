"""The second factor: optional for everybody, required of the three administrators."""

import time
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from staff.models import AuditEvent, User
from tests.factories import PASSWORD

ON, OFF = "/accounts/two-steps/on/", "/accounts/two-steps/off/"


def code(secret: str, *, steps: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def log_in(user: User) -> Client:
    client = Client()
    client.post("/accounts/login/", {"login": user.username, "password": PASSWORD})
    return client


def switch_on(client: Client) -> str:
    client.get("/accounts/two-steps/")  # a browser has drawn a page before
    secret = str(client.get(ON).context["form"].secret)
    answer = client.post(ON, {"code": code(secret)})
    assert answer["Location"] == "/accounts/two-steps/codes/"
    return secret


@pytest.fixture
def required(settings) -> None:
    settings.MFA_REQUIRED_FOR_ADMINISTRATORS = True


@pytest.mark.parametrize("who", ["sysadmin", "secadmin", "auditor"])
def test_an_administrator_without_second_factor_gets_nowhere_else(
    who: str, required: None, request: pytest.FixtureRequest
) -> None:
    client = log_in(request.getfixturevalue(who))
    for url in ["/", "/staff/", "/audit/", "/accounts/two-steps/", "/accounts/password/"]:
        assert client.get(url)["Location"] == ON
    assert client.get(ON).status_code == 200


def test_the_page_has_the_picture_to_scan_and_the_key_to_type(secadmin: User, required: None) -> None:
    page = log_in(secadmin).get(ON)
    assert "data:image/svg+xml;base64," in page.content.decode()
    assert page.context["form"].secret in page.content.decode()


def test_with_the_second_factor_the_administrator_works(secadmin: User, required: None) -> None:
    client = log_in(secadmin)
    switch_on(client)
    assert client.get("/staff/").status_code == 200


def test_other_people_need_none(office: User, required: None) -> None:
    assert log_in(office).get("/accounts/two-steps/").status_code == 200


def test_a_try_out_says_that_it_does_not_insist(secadmin: User) -> None:
    assert "正式运行时，三类管理员必须启用" in log_in(secadmin).get("/accounts/two-steps/").content.decode()


def test_the_password_alone_no_longer_opens_the_account(office: User) -> None:
    switch_on(log_in(office))
    client = log_in(office)
    assert client.get("/accounts/two-steps/")["Location"].startswith("/accounts/login/")


def test_password_and_code_open_it(office: User) -> None:
    secret = switch_on(log_in(office))
    client = log_in(office)
    assert client.post("/accounts/code/", {"code": code(secret, steps=1)})["Location"] == "/"


def test_a_code_works_once(office: User) -> None:
    secret = switch_on(log_in(office))
    used = code(secret, steps=1)
    log_in(office).post("/accounts/code/", {"code": used})
    assert log_in(office).post("/accounts/code/", {"code": used}).status_code == 200


def test_a_recovery_code_stands_in_for_the_phone_once(office: User) -> None:
    client = log_in(office)
    switch_on(client)
    first = client.get("/accounts/two-steps/codes/").context["unused_codes"][0]
    assert log_in(office).post("/accounts/code/", {"code": first})["Location"] == "/"
    assert log_in(office).post("/accounts/code/", {"code": first}).status_code == 200


def test_guessing_codes_is_stopped_after_five(office: User) -> None:
    secret = switch_on(log_in(office))
    client = log_in(office)
    for _ in range(5):
        client.post("/accounts/code/", {"code": "000000"})
    answer = client.post("/accounts/code/", {"code": code(secret, steps=1)})
    assert answer.status_code == 200
    assert "5 分钟后再试" in answer.content.decode()


def test_secrets_do_not_lie_in_the_database_in_clear(office: User) -> None:
    client = log_in(office)
    secret = switch_on(client)
    codes = client.get("/accounts/two-steps/codes/").context["unused_codes"]
    stored = " ".join(str(row.data) for row in Authenticator.objects.all())
    assert not [text for text in [secret, *codes] if text in stored]


def test_switching_on_and_off_is_in_the_audit_trail(
    office: User, django_capture_on_commit_callbacks: Callable
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        client = log_in(office)
        switch_on(client)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(OFF)
    seen = list(AuditEvent.objects.filter(action__startswith="account.").values_list("action", flat=True))
    assert sorted(seen) == ["account.second_factor_off", "account.second_factor_on"]
