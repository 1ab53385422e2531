"""An opinion said at a contact becomes a suggestion, once, and each of the two leads to the other."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from common.denied import Denied
from deputies.actions import record_opinion
from deputies.models import Opinion
from staff.models import User
from suggestions import actions
from suggestions.models import Suggestion
from tests.deputies.factories import logged, person
from tests.suggestions import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def opinion(office: User) -> Opinion:
    deputy = person("张晓北", by=office)
    contact = logged(by=office, deputies=[deputy])
    return record_opinion(contact=contact, deputy=deputy, words="灌溉渠要早清", by=office)


def registered(office: User, opinion: Opinion, title: str = "关于灌溉渠清淤的意见") -> Suggestion:
    return make.registered(office, lead=opinion.deputy, title=title, source=opinion)


def test_the_form_is_filled_from_the_opinion_and_the_two_lead_to_each_other(
    login: Any, office: User, opinion: Opinion
) -> None:
    client, url = login(office), f"/suggestions/new/?opinion={opinion.pk}"
    assert "灌溉渠要早清" in client.get(url).content.decode()
    fragment = f"/suggestions/of-contact/{opinion.contact_id}/"
    assert f"/suggestions/new/?opinion={opinion.pk}" in client.get(fragment).content.decode()
    typed = {
        "kind": "everyday",
        "body": "congress",
        "level": "district",
        "received_on": "2026-03-05",
        "title": "关于灌溉渠清淤的意见",
        "text": "灌溉渠要早清",
        "lead": opinion.deputy_id,
    }
    assert client.post(url, typed).status_code == 302
    made = Suggestion.objects.get()
    assert made.source == opinion
    assert f"/contacts/{opinion.contact_id}/" in client.get(f"/suggestions/{made.pk}/").content.decode()
    told = client.get(fragment).content.decode()
    assert f"/suggestions/{made.pk}/" in told
    assert "?opinion=" not in told


def test_the_same_opinion_is_not_registered_twice(office: User, opinion: Opinion) -> None:
    registered(office, opinion)
    with pytest.raises(Denied, match="这条意见已登记为《关于灌溉渠清淤的意见》"):
        registered(office, opinion, "另一个标题")


def test_after_a_withdrawal_it_may_be_registered_again(office: User, opinion: Opinion) -> None:
    actions.withdraw(suggestion=registered(office, opinion), by=office, reason="提出人书面撤回")
    assert registered(office, opinion, "另一个标题").source == opinion


def test_the_database_refuses_a_second_one(office: User, opinion: Opinion) -> None:
    registered(office, opinion)
    other = make.registered(office, title="另一件")
    with pytest.raises(IntegrityError), transaction.atomic():
        Suggestion.objects.filter(pk=other.pk).update(source=opinion)


def test_a_handler_of_another_department_learns_the_number_not_the_title(
    login: Any, handler: User, office: User
) -> None:
    deputy = person("李禾", by=office)
    contact = logged(by=handler, deputies=[deputy])
    made = registered(office, record_opinion(contact=contact, deputy=deputy, words="渠要早清", by=handler))
    told = login(handler).get(f"/suggestions/of-contact/{contact.pk}/").content.decode()
    assert f"流水号 {made.pk}" in told
    assert made.title not in told
