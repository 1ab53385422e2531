"""What a refusal looks like: plain Chinese that says what to do."""

from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client, RequestFactory
from django.views.defaults import server_error

from staff.models import User

pytestmark = pytest.mark.django_db


def test_a_forged_or_outworn_form_is_refused_with_a_way_on(office: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(office)

    response = client.post("/contacts/quick/", {"note": "谈灌溉"})

    assert response.status_code == 403
    assert "请返回上一页，刷新后再提交一次" in response.content.decode()


def test_a_broken_request_says_to_reload(office: User, login: Any) -> None:
    response = login(office).get("/opinions/?year=abc")

    assert response.status_code == 400
    assert "链接中的年度有误" in response.content.decode()


def test_a_crash_says_so_without_needing_the_database_or_a_user(rf: RequestFactory) -> None:
    response = server_error(rf.get("/"))

    assert response.status_code == 500
    assert "系统出错" in response.content.decode()


def test_a_locked_database_says_to_try_again(office: User, login: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*_: Any, **__: Any) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr("dashboard.views.screen", locked)
    response = login(office).get("/")

    assert response.status_code == 503
    assert "系统正忙" in response.content.decode()


def test_every_page_warns_what_must_not_be_typed(office: User, login: Any) -> None:
    assert "本系统不得录入国家秘密、工作秘密和案件信息" in login(office).get("/").content.decode()


def test_the_try_out_says_that_it_is_one(office: User, login: Any, settings: Any) -> None:
    assert "单机试用" in login(office).get("/").content.decode()

    settings.EMBEDDED = False
    assert "单机试用" not in login(office).get("/").content.decode()
