"""Accounts: the system administrator creates, the security administrator admits; nobody helps himself."""

from collections.abc import Callable

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client

from common.denied import Denied
from staff import actions
from staff.models import AuditEvent, Department, Role, User
from tests.factories import PASSWORD, UserFactory

Login = Callable[[User], Client]


@pytest.fixture
def newcomer(sysadmin: User, department: Department) -> User:
    return actions.create_user(by=sysadmin, username="Zhouxin", name="周新", department=department)


def test_a_new_account_cannot_log_in_until_it_is_admitted(newcomer: User, secadmin: User) -> None:
    assert not newcomer.is_active
    assert not newcomer.has_usable_password()
    secret = actions.admit(user=newcomer, role=Role.HANDLER, by=secadmin)
    answer = Client().post("/accounts/login/", {"login": "zhouxin", "password": secret})
    assert answer.status_code == 302


def test_create_and_admit_in_the_browser(sysadmin: User, secadmin: User, department: Department) -> None:
    first, second = Client(), Client()
    first.force_login(sysadmin)
    second.force_login(secadmin)
    first.post("/staff/new/", {"username": "sunli", "name": "孙丽", "department": department.pk, "title": ""})
    user = User.objects.get(username="sunli")
    page = second.post(f"/staff/{user.pk}/admit/", {"role": "handler"})
    user.refresh_from_db()
    secret = page.content.decode().split('class="one-time">')[1].split("<")[0]
    assert user.check_password(secret)
    assert "no-store" in page["Cache-Control"]


def test_a_wrong_form_is_drawn_again_with_what_was_typed(sysadmin: User, login: Login) -> None:
    answer = login(sysadmin).post("/staff/new/", {"username": "孙 丽", "name": "孙丽"})
    assert answer.status_code == 422
    assert "孙丽" in answer.content.decode()


def test_a_taken_user_name_is_refused_in_words(newcomer: User, sysadmin: User, login: Login) -> None:
    answer = login(sysadmin).post("/staff/new/", {"username": "zhouxin", "name": "周欣"})
    assert "已有人使用" in answer.content.decode()


def test_the_system_administrator_chooses_no_role(newcomer: User, sysadmin: User, login: Login) -> None:
    assert login(sysadmin).post(f"/staff/{newcomer.pk}/role/", {"role": "chief"}).status_code == 403
    login(sysadmin).post(f"/staff/{newcomer.pk}/", {"name": "周新", "role": "chief", "is_active": "on"})
    newcomer.refresh_from_db()
    assert (newcomer.role, newcomer.is_active) == (Role.HANDLER, False)


def test_the_system_administrator_gets_nobody_s_password(handler: User, sysadmin: User, login: Login) -> None:
    assert login(sysadmin).post(f"/staff/{handler.pk}/password/").status_code == 403


def test_the_role_changes_with_an_audit_event(handler: User, secadmin: User, login: Login) -> None:
    login(secadmin).post(f"/staff/{handler.pk}/role/", {"role": "office"})
    handler.refresh_from_db()
    assert handler.role == Role.OFFICE
    assert AuditEvent.objects.get(action="account.role_changed").changes == {"role": ["handler", "office"]}


def test_nobody_changes_the_own_role(secadmin: User, login: Login) -> None:
    answer = login(secadmin).post(f"/staff/{secadmin.pk}/role/", {"role": "chief"})
    assert answer.status_code == 409
    assert "不能修改自己的角色" in answer.content.decode()


def test_nobody_retires_himself(sysadmin: User) -> None:
    UserFactory(role=Role.SYSADMIN)
    with pytest.raises(Denied, match="自己"):
        actions.deactivate(user=sysadmin, by=sysadmin)


@pytest.mark.parametrize("who", ["sysadmin", "secadmin", "auditor"])
def test_the_last_administrator_of_a_kind_stays(who: str, request: pytest.FixtureRequest, chief: User) -> None:
    last = request.getfixturevalue(who)
    with pytest.raises(Denied, match="最后一位"):
        actions.deactivate(user=last, by=chief)
    with pytest.raises(Denied, match="最后一位"):
        actions.change_role(user=last, role=Role.OFFICE, by=chief)


def test_with_a_successor_the_administrator_may_go(auditor: User, secadmin: User) -> None:
    UserFactory(role=Role.AUDITOR)
    actions.deactivate(user=auditor, by=secadmin)
    assert not auditor.is_active


def test_a_retired_successor_does_not_count(auditor: User, secadmin: User) -> None:
    UserFactory(role=Role.AUDITOR, is_active=False)
    with pytest.raises(Denied):
        actions.deactivate(user=auditor, by=secadmin)


def test_a_handler_needs_a_department(secadmin: User) -> None:
    nobody = UserFactory(role=Role.OFFICE, department=None)
    with pytest.raises(Denied, match="部门"):
        actions.change_role(user=nobody, role=Role.HANDLER, by=secadmin)
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=nobody.pk).update(role=Role.HANDLER)


@pytest.mark.parametrize("fields", [{"role": "root"}, {"name": ""}, {"username": ""}, {"username": "UPPER"}])
def test_the_database_refuses_a_nonsense_account(fields: dict[str, str], office: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=office.pk).update(**fields)


def test_the_list_shows_who_is_locked_and_unlocks(handler: User, secadmin: User, login: Login) -> None:
    for _ in range(5):
        Client(REMOTE_ADDR="10.9.9.9").post("/accounts/login/", {"login": handler.username, "password": "x"})
    client = login(secadmin)
    assert "登录已锁定" in client.get("/staff/").content.decode()
    client.post(f"/staff/{handler.pk}/unlock/")
    assert "登录已锁定" not in client.get("/staff/").content.decode()


def test_a_one_time_password_is_in_no_audit_event(handler: User, secadmin: User) -> None:
    secret = actions.reset_password(user=handler, by=secadmin)
    assert not [event for event in AuditEvent.objects.all() if secret in f"{event.changes} {event.reason}"]


def test_a_dissolved_department_can_no_longer_be_chosen(sysadmin: User, department: Department, login: Login) -> None:
    login(sysadmin).post(
        f"/departments/{department.pk}/", {"name": department.name, "order": "0", "closed_on": "2026-03-01"}
    )
    answer = login(sysadmin).post("/staff/new/", {"username": "sunli", "name": "孙丽", "department": department.pk})
    assert answer.status_code == 422


def test_a_new_house_gets_its_three_administrators_once(db: None, capsys: pytest.CaptureFixture) -> None:
    call_command("create_administrators")
    lines = [line for line in capsys.readouterr().out.splitlines() if "一次性密码" in line]
    assert len(lines) == 3
    secret = lines[0].rsplit(" ", 1)[1]
    assert User.objects.get(role=Role.SYSADMIN).check_password(secret)
    with pytest.raises(CommandError):
        call_command("create_administrators")


def test_sign_up_and_reset_by_mail_do_not_exist(client: Client, db: None) -> None:
    for path in ["signup", "password/reset", "email", "password/set", "login/code", "inactive"]:
        assert client.get(f"/accounts/{path}/").status_code in {302, 404}
        assert client.post(f"/accounts/{path}/", {"login": "x", "password1": PASSWORD}).status_code in {302, 404}
    assert not User.objects.exists()
