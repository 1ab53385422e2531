"""Guessing passwords: the pair is locked, the address slowed, the owner at his own desk let in."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from staff import actions
from staff.models import AuditEvent, User
from tests.factories import PASSWORD, UserFactory

LOGIN = "/accounts/login/"
STRANGER, DESK = "10.9.9.9", "10.1.1.1"


@pytest.fixture
def wang(db: None) -> User:
    return UserFactory(username="wang", name="王某")


def knock(username: str, password: str = "wrong", *, at: str = STRANGER, **headers: str):
    return Client(REMOTE_ADDR=at, **headers).post(LOGIN, {"login": username, "password": password})


def gets_in(username: str, *, at: str = DESK, **headers: str) -> bool:
    return knock(username, PASSWORD, at=at, **headers).status_code == 302


def test_the_right_password_opens_the_home_page(wang: User) -> None:
    answer = knock("wang", PASSWORD)
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_four_wrong_tries_are_forgiven(wang: User) -> None:
    for _ in range(4):
        knock("wang")
    assert gets_in("wang", at=STRANGER)


def test_the_fifth_wrong_try_locks_the_pair_even_for_the_right_password(wang: User) -> None:
    answers = [knock("wang").status_code for _ in range(5)]
    assert answers == [200] * 4 + [429]
    assert not gets_in("wang", at=STRANGER)


def test_the_lock_out_page_says_when_and_whom(wang: User) -> None:
    for _ in range(5):
        answer = knock("wang")
    page = answer.content.decode()
    assert "15 分钟" in page
    assert "安全管理员" in page
    assert 0 < int(answer["Retry-After"]) <= 15 * 60


def test_a_stranger_does_not_lock_the_owner_out_at_his_own_desk(wang: User) -> None:
    for _ in range(8):
        knock("wang", at=STRANGER)
    assert gets_in("wang", at=DESK)


def test_writing_the_name_differently_gives_no_further_tries(wang: User) -> None:
    for name in ["wang", "WANG", " Wang ", "wAnG", "ｗａｎｇ"]:
        knock(name)
    assert not gets_in("wang", at=STRANGER)


def test_the_lock_opens_by_itself_after_a_quarter_of_an_hour(wang: User) -> None:
    for _ in range(5):
        knock("wang")
    with time_machine.travel(timezone.now() + timedelta(minutes=16), tick=True):
        assert gets_in("wang", at=STRANGER)


def test_trying_while_locked_does_not_prolong_the_lock(wang: User) -> None:
    start = timezone.now()
    for _ in range(5):
        knock("wang")
    with time_machine.travel(start + timedelta(minutes=14), tick=True):
        knock("wang")
    with time_machine.travel(start + timedelta(minutes=16), tick=True):
        assert gets_in("wang", at=STRANGER)


def test_the_security_administrator_lifts_the_lock(wang: User, secadmin: User) -> None:
    for _ in range(5):
        knock("wang")
    actions.unlock(user=wang, by=secadmin)
    assert gets_in("wang", at=STRANGER)


def test_spraying_over_many_accounts_is_refused_before_any_password_is_hashed(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(10):
        UserFactory(username=f"person{n}")
    judged = []
    monkeypatch.setattr(User, "check_password", lambda user, raw: judged.append(user) or False)
    for n in range(10):
        for _ in range(4):
            knock(f"person{n}")
    assert len(judged) == 20  # of 40


def test_without_the_address_limit_the_spraying_would_be_judged_try_by_try(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("staff.lockout.ADDRESS_LIMIT", 10_000)
    for n in range(10):
        UserFactory(username=f"person{n}")
    judged = []
    monkeypatch.setattr(User, "check_password", lambda user, raw: judged.append(user) or False)
    for n in range(10):
        for _ in range(4):
            knock(f"person{n}")
    assert len(judged) == 40


def test_a_slowed_address_has_one_try_a_minute(wang: User) -> None:
    start = timezone.now()
    for n in range(20):
        knock(f"nobody{n}")
    assert not gets_in("wang", at=STRANGER)
    with time_machine.travel(start + timedelta(seconds=75), tick=True):
        assert gets_in("wang", at=STRANGER)


def test_a_slowed_address_does_not_lock_the_accounts_it_tries(wang: User) -> None:
    start = timezone.now()
    for n in range(20):
        knock(f"nobody{n}")
    for _ in range(10):
        knock("wang")
    with time_machine.travel(start + timedelta(seconds=75), tick=True):
        assert gets_in("wang", at=STRANGER)


def test_a_made_up_forwarded_address_gives_no_further_tries(wang: User) -> None:
    for n in range(5):
        knock("wang", HTTP_X_FORWARDED_FOR=f"10.2.2.{n}")
    assert not gets_in("wang", at=STRANGER, HTTP_X_FORWARDED_FOR="10.2.2.99")


def test_behind_our_own_proxy_the_address_that_it_saw_counts(wang: User, settings) -> None:
    settings.TRUSTED_PROXY = ["172.16.0.0/12"]
    for n in range(5):
        # The client wrote the first entry himself, our proxy added the second.
        knock("wang", at="172.16.0.2", HTTP_X_FORWARDED_FOR=f"10.2.2.{n}, {STRANGER}")
    assert not gets_in("wang", at="172.16.0.2", HTTP_X_FORWARDED_FOR=f"10.2.2.99, {STRANGER}")
    assert gets_in("wang", at="172.16.0.2", HTTP_X_FORWARDED_FOR=DESK)


def test_failures_and_lock_outs_are_in_the_audit_trail_once_each(wang: User) -> None:
    for _ in range(9):
        knock("wang")
    actions_seen = list(AuditEvent.objects.order_by("pk").values_list("action", "target_label", "address"))
    assert sorted(actions_seen) == sorted(
        [("session.refused", "王某", STRANGER)] * 5 + [("session.locked", "王某", STRANGER)]
    )


def test_what_was_typed_as_a_name_is_not_kept(db: None) -> None:
    knock("my-secret-password")
    event = AuditEvent.objects.get()
    assert "secret" not in f"{event} {event.reason} {event.changes}"


def test_a_retired_account_looks_like_a_wrong_password(wang: User, sysadmin: User) -> None:
    unknown = knock("nobody", PASSWORD)
    actions.deactivate(user=wang, by=sysadmin)
    retired = knock("wang", PASSWORD)
    assert retired.status_code == unknown.status_code == 200
    assert "用户名或密码不正确" in retired.content.decode()
