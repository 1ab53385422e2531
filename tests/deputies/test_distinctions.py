"""不是同一人: two files that look alike are two persons, for good, unless somebody takes that back."""

from collections.abc import Callable

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client

from common.denied import Denied
from deputies import actions, duplicates
from deputies.models import Deputy, Distinction
from staff.models import AuditEvent, User
from tests.deputies.factories import person

pytestmark = pytest.mark.django_db
Login = Callable[[User], Client]
LIST = "/deputies/duplicates/"


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-23 10:00+08:00", tick=False):
        yield


@pytest.fixture
def two(office: User) -> tuple[Deputy, Deputy]:
    """A mother and a daughter of one name at one school, say."""
    return person("张敏", by=office, unit="青禾小学"), person("张敏", by=office, unit="青禾小学", seated=False)


def proposed() -> list[set[int]]:
    return [{pair.one.pk, pair.other.pk} for pair in duplicates.pairs(Deputy.objects.kept())]


def test_a_pair_told_apart_is_not_proposed_again_and_the_list_says_who_did_it(login: Login, office: User, two) -> None:
    one, other = two
    client = login(office)
    assert f"/deputies/{one.pk}/apart/{other.pk}/" in client.get(LIST).content.decode()
    assert client.post(f"/deputies/{one.pk}/apart/{other.pk}/")["Location"] == LIST
    page = client.get(LIST).content.decode()
    assert proposed() == []
    assert "没有发现可能重复的档案" in page
    assert f"{office} 2026-11-23" in page


def test_the_toast_takes_it_back_and_the_list_follows(login: Login, office: User, two) -> None:
    client = login(office)
    told = client.post(f"/deputies/{two[0].pk}/apart/{two[1].pk}/", headers={"HX-Request": "true"})
    made = Distinction.objects.get()
    assert f'hx-post="/deputies/distinctions/{made.pk}/lift/"' in told.content.decode()
    assert "duplicatesChanged" in told["HX-Trigger"]
    client.post(f"/deputies/distinctions/{made.pk}/lift/", headers={"HX-Request": "true"})
    assert proposed() == [{two[0].pk, two[1].pk}]
    made.refresh_from_db()
    assert (made.lifted_by, made.made_by) == (office, office)
    kept = AuditEvent.objects.filter(action__in=["deputy.told_apart", "deputy.distinction_lifted"])
    assert kept.count() == 2


def test_others_of_the_name_are_still_proposed(office: User, two) -> None:
    third = person("张敏", by=office, unit="青禾小学", seated=False)
    actions.tell_apart(one=two[1], other=two[0], by=office)
    assert sorted(map(sorted, proposed())) == [[two[0].pk, third.pk], [two[1].pk, third.pk]]


def test_who_is_told_apart_is_not_merged_until_that_is_lifted(login: Login, office: User, two) -> None:
    made = actions.tell_apart(one=two[1], other=two[0], by=office)
    preview = f"/deputies/{two[0].pk}/merge/{two[1].pk}/"
    client = login(office)
    assert f"{office}已于2026-11-23确认不是同一人" in client.get(preview).content.decode()
    assert client.post(preview).status_code == 409
    actions.lift_distinction(distinction=made, by=office)
    assert client.post(preview).status_code == 302


def test_the_preview_of_a_merge_offers_it_too(login: Login, office: User, two) -> None:
    page = login(office).get(f"/deputies/{two[0].pk}/merge/{two[1].pk}/").content.decode()
    assert f'formaction="/deputies/{two[0].pk}/apart/{two[1].pk}/"' in page


def test_who_is_not_the_merged_one_is_not_the_kept_one_either(office: User, two) -> None:
    third = person("张敏", by=office, unit="青禾小学", seated=False)
    actions.tell_apart(one=third, other=two[1], by=office)
    merge = actions.merge_deputies(kept=two[0], lost=two[1], take=[], by=office)
    assert proposed() == []
    assert Distinction.objects.standing().between(two[0], third).exists()
    actions.undo_merge(merge=merge, by=office)
    assert Distinction.objects.standing().between(two[1], third).exists()
    assert not Distinction.objects.between(two[0], third).exists()


def test_two_that_are_both_told_apart_from_a_third_can_be_merged(office: User, two) -> None:
    third = person("张敏", by=office, unit="青禾小学", seated=False)
    for each in two:
        actions.tell_apart(one=each, other=third, by=office)
    merge = actions.merge_deputies(kept=two[0], lost=two[1], take=[], by=office)
    assert Distinction.objects.standing().count() == 1
    actions.undo_merge(merge=merge, by=office)
    assert Distinction.objects.standing().count() == 2


def test_a_distinction_that_was_lifted_before_does_not_hold_the_merge(office: User, two) -> None:
    made = actions.tell_apart(one=two[0], other=two[1], by=office)
    actions.lift_distinction(distinction=made, by=office)
    actions.merge_deputies(kept=two[0], lost=two[1], take=[], by=office)
    made.refresh_from_db()
    assert {made.one, made.other} == set(two)


@pytest.mark.parametrize("wrong", ["itself", "twice", "merged", "lifted twice"])
def test_what_makes_no_sense_is_refused_in_words(login: Login, office: User, two, wrong: str) -> None:
    one, other = two
    apart, lift = f"/deputies/{one.pk}/apart/{other.pk}/", ""
    if wrong == "itself":
        apart = f"/deputies/{one.pk}/apart/{one.pk}/"
    elif wrong == "merged":
        actions.merge_deputies(kept=one, lost=other, take=[], by=office)
    else:
        made = actions.tell_apart(one=other, other=one, by=office)
        if wrong == "lifted twice":
            actions.lift_distinction(distinction=made, by=office)
            lift = f"/deputies/distinctions/{made.pk}/lift/"
    assert login(office).post(lift or apart).status_code == (404 if wrong == "merged" else 409)


def test_the_action_refuses_a_file_that_is_gone_too(office: User, two) -> None:
    actions.merge_deputies(kept=two[0], lost=two[1], take=[], by=office)
    with pytest.raises(Denied, match="已并入"):
        actions.tell_apart(one=two[0], other=two[1], by=office)


@pytest.mark.parametrize("wrong", ["one file", "twice", "the other way round", "half lifted"])
def test_the_database_refuses_what_makes_no_sense(office: User, two, wrong: str) -> None:
    one, other = two
    first = Distinction.objects.create(one=one, other=other, made_by=office)
    tries = {
        "one file": lambda: Distinction.objects.create(one=one, other=one, made_by=office),
        "twice": lambda: Distinction.objects.create(one=one, other=other, made_by=office),
        "the other way round": lambda: Distinction.objects.create(one=other, other=one, made_by=office),
        "half lifted": lambda: Distinction.objects.filter(pk=first.pk).update(lifted_by=office),
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        tries[wrong]()
