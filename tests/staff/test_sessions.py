"""Sessions end when they should, at once and everywhere."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from staff import actions
from staff.models import AuditEvent, Role, User
from tests.factories import PASSWORD, UserFactory

PAGE = "/accounts/two-steps/"
NEW = "Daohua-2026-fengshou"


@pytest.fixture
def zhao(handler: User) -> User:
    return handler


@pytest.fixture
def desk(zhao: User) -> Client:
    client = Client()
    client.force_login(zhao)
    assert client.get(PAGE).status_code == 200
    return client


def is_in(client: Client) -> bool:
    return client.get(PAGE).status_code == 200


def test_half_an_hour_without_a_click_ends_the_session(desk: Client) -> None:
    with time_machine.travel(timezone.now() + timedelta(minutes=31), tick=True):
        answer = desk.get(PAGE)
        assert answer["Location"] == f"/accounts/login/?next={PAGE.replace('/', '%2F')}"
        assert "请重新登录" in desk.get("/accounts/login/").content.decode()


@pytest.mark.parametrize(
    ("headers", "back"),
    [
        ({"HX-Request": "true", "HX-Current-URL": "http://testserver/deputies/?q=wf"}, "%2Fdeputies%2F%3Fq%3Dwf"),
        ({"Referer": "http://testserver/suggestions/new/"}, "%2Fsuggestions%2Fnew%2F"),
        ({"Referer": "https://elsewhere.example//evil.example/"}, "%2Fevil.example%2F"),
        ({}, "%2F"),
    ],
)
def test_after_a_post_too_late_the_log_in_leads_back_to_the_page(
    desk: Client, headers: dict[str, str], back: str
) -> None:
    with time_machine.travel(timezone.now() + timedelta(minutes=31), tick=True):
        answer = desk.post("/contacts/quick/", headers=headers)
    assert (answer.headers.get("HX-Redirect") or answer["Location"]) == f"/accounts/login/?next={back}"


def test_clicking_keeps_the_session_for_ten_hours_and_no_longer(desk: Client) -> None:
    start = timezone.now()
    for minutes in range(25, 600, 25):
        with time_machine.travel(start + timedelta(minutes=minutes), tick=True):
            assert is_in(desk)
    with time_machine.travel(start + timedelta(minutes=602), tick=True):
        assert not is_in(desk)


def test_a_fragment_asked_for_after_the_end_leads_the_whole_page_to_the_log_in(desk: Client) -> None:
    with time_machine.travel(timezone.now() + timedelta(minutes=31), tick=True):
        answer = desk.get(PAGE, headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"][:16]) == (204, "/accounts/login/")


ENDINGS: dict[str, Callable[[User, User], object]] = {
    "deactivation": lambda user, by: actions.deactivate(user=user, by=by),
    "change of role": lambda user, by: actions.change_role(user=user, role=Role.OFFICE, by=by),
    "one-time password": lambda user, by: actions.reset_password(user=user, by=by),
    "own new password": lambda user, by: actions.change_own_password(by=user, password=NEW),
    "end of sessions": lambda user, by: actions.end_sessions(user=user, by=by),
    "lost second factor": lambda user, by: actions.remove_second_factor(user=user, by=by),
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_every_open_session_of_the_person_dies_at_once(ending: str, zhao: User, desk: Client, secadmin: User) -> None:
    ENDINGS[ending](zhao, secadmin)
    assert not is_in(desk)


def test_a_cookie_from_before_the_retirement_stays_dead_after_the_return(
    zhao: User, desk: Client, secadmin: User
) -> None:
    actions.deactivate(user=zhao, by=secadmin)
    actions.admit(user=zhao, role=Role.HANDLER, by=secadmin)
    assert not is_in(desk)


def test_a_cookie_copied_before_the_log_out_is_worth_nothing(zhao: User, desk: Client) -> None:
    thief = Client()
    thief.cookies.load(desk.cookies.output(attrs=[], header=""))
    assert is_in(thief)
    desk.post("/accounts/logout/")
    assert not is_in(thief)


def test_a_link_from_elsewhere_does_not_log_out(desk: Client) -> None:
    assert desk.get("/accounts/logout/").status_code == 405
    assert is_in(desk)


def test_changing_the_own_password_keeps_this_browser_and_ends_the_others(zhao: User, desk: Client) -> None:
    other = Client()
    other.force_login(zhao)
    answer = desk.post("/accounts/password/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    assert answer.status_code == 302
    assert is_in(desk)
    assert not is_in(other)
    assert AuditEvent.objects.filter(action="account.password_changed", actor_name=zhao.name).count() == 1


@pytest.mark.parametrize(
    ("password", "reason"),
    [("Ab-1234", "10"), ("onlylowercase", "三类"), ("Password1!", "常见"), (PASSWORD, "最近 5 次")],
)
def test_a_weak_or_old_password_is_refused_with_the_reason(password: str, reason: str, desk: Client) -> None:
    answer = desk.post("/accounts/password/", {"oldpassword": PASSWORD, "password1": password, "password2": password})
    assert answer.status_code == 200
    assert reason in answer.content.decode()


def test_the_last_five_passwords_do_not_come_back_but_the_sixth_does(zhao: User) -> None:
    used = [f"Daohua-2026-{word}" for word in ["yi", "er", "san", "si", "wu", "liu"]]
    for password in used:
        actions.change_own_password(by=zhao, password=password)
    client = Client()
    client.force_login(zhao)

    def change(to: str) -> int:
        data = {"oldpassword": used[-1], "password1": to, "password2": to}
        return client.post("/accounts/password/", data).status_code

    assert change(used[1]) == 200  # refused, with the reason on the page
    assert change(used[0]) == 302


def test_a_long_sentence_is_a_good_password(desk: Client) -> None:
    sentence = "Jian-" + "稻花香里说丰年" * 12 + "1"
    answer = desk.post("/accounts/password/", {"oldpassword": PASSWORD, "password1": sentence, "password2": sentence})
    assert answer.status_code == 302


def test_a_one_time_password_opens_nothing_but_the_change_of_password(zhao: User, secadmin: User) -> None:
    secret = actions.reset_password(user=zhao, by=secadmin)
    client = Client()
    client.post("/accounts/login/", {"login": zhao.username, "password": secret})
    assert client.get(PAGE)["Location"] == "/accounts/password/"
    client.post("/accounts/password/", {"oldpassword": secret, "password1": NEW, "password2": NEW})
    assert is_in(client)


def test_a_password_grows_old_in_ninety_days(zhao: User, settings) -> None:
    actions.change_own_password(by=zhao, password=NEW)
    with time_machine.travel(timezone.now() + timedelta(days=91), tick=True):
        client = Client()
        client.force_login(zhao)
        assert client.get(PAGE)["Location"] == "/accounts/password/"
        settings.PASSWORD_DAYS = 0
        assert is_in(client)


def test_guessing_the_old_password_in_a_stolen_session_is_slowed(desk: Client) -> None:
    tries = [
        desk.post("/accounts/password/", {"oldpassword": "x", "password1": NEW, "password2": NEW}).status_code
        for _ in range(6)
    ]
    assert tries == [200] * 5 + [429]


def test_two_accounts_cannot_differ_by_case_only(zhao: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        UserFactory(username="Wang")
