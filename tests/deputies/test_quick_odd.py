"""The quick log against what should not come, and does."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from deputies import actions
from deputies.models import Contact, Deputy
from staff.models import User
from tests.deputies.factories import logged, method, person

pytestmark = pytest.mark.django_db
Login = Callable[[User], Client]
QUICK = "/contacts/quick/"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def deputy(office: User) -> Deputy:
    return person("张晓北", by=office, seated=False)


def typed(deputy: Deputy, **facts: object) -> dict[str, object]:
    today = timezone.localdate()
    usual = {"deputies": [deputy.pk], "method": method().pk, "happened_on": today, "note": "谈电价"}
    return {**usual, "idempotency_key": str(uuid4()), **facts}


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"happened_on": timezone.localdate() + timedelta(days=1)}, "日期"),
        ({"happened_on": "1899-12-31"}, "年份有误"),
        ({"happened_on": "0026-03-05"}, "年份有误"),
        ({"note": "字" * 5000}, "2000"),
        ({"note": "  \n "}, "请填写联络内容"),
        ({"deputies": []}, "请选择代表委员"),
        ({"deputies": [99999]}, "所选代表委员不存在"),
        ({"method": ""}, "请选择联络方式"),
        ({"what": "送材料"}, "请填写后续事项的完成期限"),
        ({"idempotency_key": "x"}, ""),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_kept(
    login: Login, handler: User, deputy: Deputy, facts: dict, said: str
) -> None:
    response = login(handler).post(QUICK, typed(deputy, **facts), headers=HTMX)
    html = response.content.decode()
    assert response.status_code == 422
    assert said in html
    assert str(facts.get("note", "谈电价")).strip() in html
    assert not Contact.objects.exists()


def test_a_method_that_the_office_gave_up_meanwhile_is_refused(
    login: Login, office: User, handler: User, deputy: Deputy
) -> None:
    data = typed(deputy, method=method("talk").pk)
    actions.retire_choice(row=method("talk"), on=timezone.localdate(), by=office)
    response = login(handler).post(QUICK, data, headers=HTMX)
    assert response.status_code == 422
    html = login(handler).post(f"{QUICK}line/", {"line": "张晓北 座谈 谈电价"}).content.decode()
    assert 'data-kind="how"' not in html


def test_somebody_whose_file_was_closed_is_not_offered_but_a_contact_of_before_can_be_sent(
    login: Login, office: User, handler: User, deputy: Deputy
) -> None:
    """It waited for the network meanwhile."""
    data = typed(deputy)
    actions.retire_deputy(deputy=deputy, today=timezone.localdate(), by=office)
    client = login(handler)
    assert "没有找到“张晓北”" in client.post(f"{QUICK}line/", {"line": "张晓北 走访 谈电价"}).content.decode()
    assert client.post(QUICK, data, headers=HTMX).status_code == 200


def test_two_hundred_people_at_once(login: Login, office: User, handler: User) -> None:
    people = [person(f"代表甲{number:03}", by=office, seated=False) for number in range(200)]
    names = "\n".join(f"{number}. {each.name} 收到，参加" for number, each in enumerate(people, start=1))
    client = login(handler)
    html = client.post("/deputies/pick/names/", {"names": names}, headers=HTMX).content.decode()
    assert html.count("data-add=") == 200
    data = typed(people[0], deputies=[each.pk for each in people])
    assert client.post(QUICK, data, headers=HTMX).status_code == 200
    assert Contact.objects.get().deputies.count() == 200


def test_sent_twice_it_is_there_once_with_its_words_and_its_promise(
    login: Login, handler: User, deputy: Deputy
) -> None:
    data = typed(deputy, words="渠要早清", what="送方案", due_on="2099-01-05")
    for _ in range(2):
        assert login(handler).post(QUICK, data, headers=HTMX).status_code == 200
    contact = Contact.objects.get()
    assert (contact.opinions.count(), contact.follow_ups.count()) == (1, 1)


def test_undone_twice_is_undone_once_and_can_be_brought_back(login: Login, handler: User, deputy: Deputy) -> None:
    contact = logged(by=handler, deputies=[deputy])
    client = login(handler)
    for _ in range(2):
        assert client.post(f"/contacts/{contact.pk}/withdraw/", headers=HTMX).status_code == 200
    client.post(f"/contacts/{contact.pk}/restore/", headers=HTMX)
    assert Contact.objects.standing().get() == contact


def test_an_undo_takes_back_nothing_that_somebody_edited_meanwhile(
    login: Login, office: User, handler: User, deputy: Deputy
) -> None:
    client = login(handler)
    saved = client.post(QUICK, typed(deputy), headers=HTMX).content.decode()
    contact = Contact.objects.get()
    seen = {"version": contact.version}
    assert f"hx-vals='{{\"version\": {contact.version}}}'" in saved
    actions.edit_contact(contact=contact, expected=contact.version, by=office, note="谈电价和线路")
    refused = client.post(f"/contacts/{contact.pk}/withdraw/", seen, headers=HTMX)
    assert refused.status_code == 409
    assert "核对后再撤回" in refused.content.decode()
    assert Contact.objects.standing().get().note == "谈电价和线路"
    now = client.post(f"/contacts/{contact.pk}/withdraw/", {"version": contact.version}, headers=HTMX)
    assert now.status_code == 200


@pytest.mark.parametrize("version", ["x", "", "-1", "9" * 5000, "²"])
def test_a_broken_version_is_no_version(login: Login, handler: User, deputy: Deputy, version: str) -> None:
    contact = logged(by=handler, deputies=[deputy])
    response = login(handler).post(f"/contacts/{contact.pk}/withdraw/", {"version": version}, headers=HTMX)
    assert response.status_code == 200
