"""A pasted list of names, matched with the roster."""

from collections.abc import Callable

import pytest
from django.test import Client

from deputies import actions
from staff.models import User
from tests.deputies.factories import DAY, person

pytestmark = pytest.mark.django_db
Login = Callable[[User], Client]
MATCH = "/deputies/pick/names/"


def test_matches_questions_and_strangers_are_told_apart(login: Login, handler: User, office: User) -> None:
    deputy = person("张晓北", by=office)
    for unit in ("区人民医院", "禾塘小学"):
        person("王芳", by=office, unit=unit)
    text = "各位代表委员请接龙：\n1. 张晓北 收到\n2. 王芳\n3. 赵明明 参加"
    html = login(handler).post(MATCH, {"names": text}).content.decode()
    assert f'data-add="{deputy.pk}" data-label="张晓北" checked' in html
    assert "“王芳”有 2 位" in html
    assert 'data-label="王芳（禾塘小学）"' in html
    assert "“赵明明”不在名册中" in html
    assert "没有用到的 1 行" in html


def test_who_declines_is_not_ticked(login: Login, handler: User, office: User) -> None:
    person("张晓北", by=office)
    html = login(handler).post(MATCH, {"names": "张晓北：出差，请假"}).content.decode()
    assert "checked" not in html
    assert "请假" in html


def test_a_closed_file_is_nobody(login: Login, handler: User, office: User) -> None:
    actions.retire_deputy(deputy=person("张晓北", by=office, seated=False), today=DAY, by=office)
    assert "不在名册中" in login(handler).post(MATCH, {"names": "张晓北"}).content.decode()


@pytest.mark.parametrize("text", ["", "  \n", "收到\n收到", "\x00", "😀"])
def test_without_a_name_it_says_how_to_write_them(login: Login, handler: User, text: str) -> None:
    response = login(handler).post(MATCH, {"names": text})
    assert response.status_code == 200
    assert "没有认出姓名" in response.content.decode()


def test_a_text_too_long_is_refused_in_words(login: Login, handler: User) -> None:
    response = login(handler).post(MATCH, {"names": "张" * 10_001})
    assert response.status_code == 422
    assert "分几次" in response.content.decode()
