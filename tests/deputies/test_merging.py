"""Duplicates: why two files may be one person, what goes where, and exactly back."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.test import Client
from django.urls import reverse

from activities import actions as activities
from activities.models import Attendance, Response
from common.denied import Denied
from deputies import actions, duplicates
from deputies.holdings import HOLDINGS
from deputies.models import (
    AppointmentRole,
    Deputy,
    DeputyMerge,
    FieldOfConcern,
    LastContact,
    Mandate,
    Pairing,
    YearContact,
)
from profiles.models import Portrait
from staff.models import AuditEvent, User
from suggestions.models import Proposer, ProposerRole
from tests.activities.factories import planned
from tests.deputies.factories import logged, person
from tests.factories import DepartmentFactory, TermFactory
from tests.profiles.factories import asked
from tests.suggestions import factories as suggestions

pytestmark = pytest.mark.django_db
Login = Callable[[User], Client]
DAY = date(2026, 3, 5)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-23 10:00+08:00", tick=False):
        yield


@pytest.fixture
def two(office: User) -> tuple[Deputy, Deputy]:
    """One person, entered twice: for two terms, with a slip in the name."""
    city = TermFactory(level="city", place="禾城市", number=17)
    kept = person("张晓北", by=office, unit="知禾供电服务公司", phone="13900001111")
    return kept, person("张小北", by=office, term=city, phone="139 0000 1111", post="班长", sex="male")


def deputy_keys() -> list[tuple[type[models.Model], str]]:
    """Every column of the product that names a deputy."""
    return [
        (model, field.name)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if field.remote_field and field.remote_field.model is Deputy
    ]


def every_row() -> dict[str, list[dict[str, Any]]]:
    """All that names a deputy, and the deputies themselves, as it is; versions only grow, last contacts are counted
    anew and only their keys differ."""
    found = {}
    for model in {Deputy, *(model for model, _ in deputy_keys())} - {DeputyMerge}:
        rows = model._base_manager.order_by("pk").values()
        grown = {"version", "id"} if model in (LastContact, YearContact) else {"version"}
        found[model._meta.label] = [{key: value for key, value in row.items() if key not in grown} for row in rows]
    return found


# --- who holds a deputy ---


def test_every_row_that_names_a_deputy_knows_what_becomes_of_it() -> None:
    told = [(holding.model, holding.field) for holding in HOLDINGS]
    assert sorted(map(str, told)) == sorted(map(str, deputy_keys()))


def test_the_walk_finds_keys_of_all_apps() -> None:
    """Control of the test above."""
    assert {model._meta.app_label for model, _ in deputy_keys()} >= {
        "deputies",
        "activities",
        "suggestions",
        "profiles",
    }


# --- candidates ---


def reasons(one: Deputy, other: Deputy) -> tuple[str, ...]:
    known = Deputy.objects.with_seats()
    return duplicates.pair_of(known.get(pk=one.pk), known.get(pk=other.pk)).why


def test_the_same_name_alone_is_no_reason(login: Login, office: User) -> None:
    one, other = person("张敏", by=office, unit="青禾小学"), person("张敏", by=office, unit="甘露卫生院", seated=False)
    assert reasons(one, other) == ()
    assert "没有发现可能重复的档案" in login(office).get("/deputies/duplicates/").content.decode()


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ({"unit": "青禾小学"}, {"unit": "青禾小学"}, "单位相同：青禾小学"),
        ({"phone": "13900001111"}, {"phone": "0510-88881111"}, "电话尾号相同：1111"),
    ],
)
def test_unit_or_end_of_the_number_speak_for_one_person(office: User, one: dict, other: dict, reason: str) -> None:
    pair = person("张敏", by=office, **one), person("张敏", by=office, seated=False, **other)
    assert reasons(*pair) == ("姓名相同", reason)


def test_seats_of_two_terms_of_one_house_speak_for_one_person(office: User) -> None:
    one, other = person("张敏", by=office, seated=False), person("张敏", by=office, seated=False)
    for deputy, number in ((one, 5), (other, 6)):
        actions.give_seat(deputy=deputy, term=TermFactory(number=number), group="甘露镇代表团", by=office)
    assert reasons(one, other) == ("姓名相同", "先后或同届在知禾区人大任职，都在甘露镇代表团")


def test_the_same_number_and_reading_find_a_slip_in_the_name(login: Login, office: User, two) -> None:
    page = login(office).get("/deputies/duplicates/").content.decode()
    assert "姓名读音相同，可能是错别字" in page
    assert "电话尾号相同：1111" in page
    assert "13900001111" not in page


def test_what_speaks_against_is_told_too(office: User) -> None:
    one = person("张敏", by=office, unit="青禾小学", sex="female", phone="1")
    other = person("张敏", by=office, unit="青禾小学", sex="male", phone="2", seated=False)
    assert duplicates.pair_of(one, other).but == ("性别不同", "电话不同")


def test_looking_for_duplicates_takes_a_constant_number_of_queries(office: User, django_assert_num_queries) -> None:
    for number in range(6):
        person("张敏", by=office, unit=f"单位{number // 2}")
    with django_assert_num_queries(3):
        assert len(duplicates.pairs(Deputy.objects.all())) == 3 + 12


# --- the merge ---


@pytest.fixture
def laden(office: User, leader: User, two: tuple[Deputy, Deputy]) -> tuple[Deputy, Deputy]:
    """Both files have something of everything, and some things both have."""
    kept, lost = two
    term = kept.mandates.get().term
    actions.give_seat(deputy=lost, term=term, group="甘露镇代表团", by=office)
    logged(by=office, deputies=[kept, lost])
    contact = logged(by=office, deputies=[lost])
    actions.record_opinion(contact=contact, deputy=lost, words="加强涉农普法", by=office)
    actions.appoint(deputy=lost, role=AppointmentRole.objects.all()[0], from_on=DAY, by=office)
    actions.pair(leader=leader, with_=lost, from_on=DAY, by=office)
    for deputy, names in ((kept, ["涉农"]), (lost, ["涉农", "民生保障"])):
        deputy.fields_of_concern.set(FieldOfConcern.objects.filter(name__in=names))
    activity = planned(by=office, deputies=[kept, lost])
    activities.tick(activity=activity, came=[lost.pk], by=office)
    department = DepartmentFactory()
    suggestions.replied(office, department, lead=lost)
    joint = suggestions.replied(office, department, lead=lost, title="关于两人联名的建议")
    Proposer.objects.create(suggestion=joint, deputy=kept, role=ProposerRole.JOINT)
    for year, people in ((2025, [kept, lost]), (2024, [lost])):
        asked(*people, by=office, year=year)
    return kept, lost


def merged(office: User, pair: tuple[Deputy, Deputy], *take: str) -> DeputyMerge:
    made = actions.merge_deputies(kept=pair[0], lost=pair[1], take=take, by=office)
    for each in pair:
        each.refresh_from_db()
    return made


def test_everything_goes_over_and_nothing_counts_twice(office: User, laden: tuple[Deputy, Deputy]) -> None:
    kept, lost = laden
    merged(office, laden)
    assert kept.contacts.count() == 2
    assert not lost.met.exists()
    assert kept.opinions.count() == 1
    assert {seat.term.level for seat in kept.mandates.all()} == {"city", "district"}
    assert kept.mandates.get(term__level="district").group == "甘露镇代表团"
    assert kept.appointments.count() == 1
    assert Pairing.objects.get().deputy == kept
    assert {str(field) for field in kept.fields_of_concern.all()} == {"涉农", "民生保障"}
    seen = Attendance.objects.get()
    assert (seen.deputy, seen.came, seen.response) == (kept, True, Response.INVITED)
    assert set(Proposer.objects.values_list("deputy", "role")) == {(kept.pk, ProposerRole.LEAD)}
    assert Portrait.objects.filter(deputy=kept).count() == 2
    assert Portrait.objects.get(deputy=lost).year == 2025


def test_fields_are_taken_one_by_one_and_the_name_with_its_reading(office: User, two) -> None:
    kept, _ = two
    merged(office, two, "name", "post")
    assert (kept.name, kept.post, kept.unit) == ("张小北", "班长", "知禾供电服务公司")
    assert list(Deputy.objects.kept().found_by("zhangxiaobei 班长")) == [kept]


def test_undoing_restores_every_row(office: User, laden: tuple[Deputy, Deputy]) -> None:
    before = every_row()
    made = merged(office, laden, "name", "phone", "sex")
    assert every_row() != before
    actions.undo_merge(merge=made, by=office)
    assert every_row() == before
    merged(office, laden)


def test_what_was_written_to_the_kept_file_since_stays_with_it(office: User, two: tuple[Deputy, Deputy]) -> None:
    made = merged(office, two)
    logged(by=office, deputies=[two[0]])
    actions.undo_merge(merge=made, by=office)
    assert two[0].contacts.count() == 1


def test_a_field_that_was_taken_and_changed_since_holds_the_undo(office: User, two: tuple[Deputy, Deputy]) -> None:
    made = merged(office, two, "post")
    actions.edit_deputy(deputy=two[0], expected=two[0].version, by=office, post="所长")
    with pytest.raises(Denied, match="后来又有改动"), transaction.atomic():
        actions.undo_merge(merge=made, by=office)


def test_another_field_edited_since_is_kept_and_found(office: User, two: tuple[Deputy, Deputy]) -> None:
    made = merged(office, two, "post")
    actions.edit_deputy(deputy=two[0], expected=two[0].version, by=office, unit="区中医院")
    actions.undo_merge(merge=made, by=office)
    assert list(Deputy.objects.found_by("张晓北 区中医院")) == [two[0]]
    assert not Deputy.objects.found_by("区中医院班长").exists()


def test_who_was_taken_out_of_a_contact_since_does_not_come_back(office: User, two: tuple[Deputy, Deputy]) -> None:
    contact = logged(by=office, deputies=[two[1], person("单小明", by=office)])
    made = merged(office, two)
    others = [each for each in contact.deputies.all() if each != two[0]]
    actions.edit_contact(contact=contact, expected=contact.version, by=office, deputies=others)
    actions.undo_merge(merge=made, by=office)
    assert list(contact.deputies.all()) == others


def test_two_merges_are_taken_back_from_the_last_to_the_first(office: User, two: tuple[Deputy, Deputy]) -> None:
    third, before = person("张晓北", by=office, seated=False), every_row()
    first = merged(office, two)
    second = merged(office, (third, two[0]))
    with pytest.raises(Denied), transaction.atomic():
        actions.undo_merge(merge=first, by=office)
    actions.undo_merge(merge=second, by=office)
    actions.undo_merge(merge=first, by=office)
    assert every_row() == before


def test_the_old_address_leads_to_the_kept_file_and_no_list_shows_the_other(
    login: Login, office: User, two: tuple[Deputy, Deputy]
) -> None:
    kept, lost = two
    merged(office, two)
    client = login(office)
    answer = client.get(f"/deputies/{lost.pk}/")
    assert (answer.status_code, answer["Location"]) == (302, f"/deputies/{kept.pk}/")
    assert client.get(f"/deputies/{lost.pk}/edit/").status_code == 404
    assert "张小北" not in client.get("/deputies/?state=all").content.decode()
    assert "张小北" not in client.get("/deputies/pick/?q=zxb").content.decode()


def test_a_page_drawn_before_the_merge_writes_nothing_to_the_closed_file(login: Login, office: User, two) -> None:
    merged(office, two)
    facts = {"deputies": [two[1].pk], "method": 1, "happened_on": "2026-11-20", "note": "谈到灌溉渠"}
    answer = login(office).post("/contacts/quick/", facts)
    assert answer.status_code == 422
    assert not two[1].met.exists()


def test_the_preview_says_what_goes_where_and_shows_no_number(login: Login, office: User, laden) -> None:
    kept, lost = laden
    page = login(office).get(f"/deputies/{kept.pk}/merge/{lost.pk}/")
    going = {each.label: (each.moved, each.twins) for each in page.context["going"]}
    assert going == {
        "联络": (1, 1), "意见": (1, 0), "身份": (1, 1), "聘任": (1, 0), "挂钩联系": (1, 0), "关注领域": (1, 1),
        "活动邀请与到场": (0, 1), "提出的建议提案": (1, 1), "送达的答复": (2, 0), "检察印迹": (1, 1),
    }  # fmt: skip
    assert "13900001111" not in page.content.decode()
    assert "139****1111" in page.content.decode()


def test_the_office_merges_through_the_preview_and_takes_it_back(login: Login, office: User, two) -> None:
    kept, lost = two
    client = login(office)
    chosen = client.post(f"/deputies/{kept.pk}/merge/", {"other": lost.pk})
    assert chosen["Location"] == f"/deputies/{kept.pk}/merge/{lost.pk}/"
    sides = dict.fromkeys(["name", "sex", "unit", "post", "phone"], "kept") | {"post": "lost", "sex": "lost"}
    assert client.post(chosen["Location"], sides).status_code == 302
    kept.refresh_from_db()
    assert (kept.name, kept.post, kept.sex) == ("张晓北", "班长", "male")
    made = DeputyMerge.objects.get()
    assert client.post(reverse("deputies:merge-undo", args=[made.pk])).status_code == 302
    kept.refresh_from_db()
    assert kept.post == ""
    assert client.post(reverse("deputies:merge-undo", args=[made.pk])).status_code == 409
    done = AuditEvent.objects.filter(action__startswith="deputy.merge").values_list("action", flat=True)
    assert sorted(done) == ["deputy.merge_undone", "deputy.merged"]


def test_every_difference_has_to_be_settled(login: Login, office: User, two: tuple[Deputy, Deputy]) -> None:
    answer = login(office).post(f"/deputies/{two[0].pk}/merge/{two[1].pk}/", {"name": "kept"})
    assert answer.status_code == 422
    assert not DeputyMerge.objects.exists()


def test_a_file_is_not_merged_with_itself_or_into_a_closed_one(login: Login, office: User, two) -> None:
    kept, _ = two
    client = login(office)
    assert client.post(f"/deputies/{kept.pk}/merge/", {"other": kept.pk}).status_code == 409
    seat = Mandate.objects.get(deputy=kept)
    actions.move_seat(seat=seat, state="ended", on=DAY, reason="resigned", expected=1, by=office)
    actions.retire_deputy(deputy=kept, today=DAY, by=office)
    kept.refresh_from_db()
    with pytest.raises(Denied, match="已停用"):
        merged(office, two)


@pytest.mark.parametrize("wrong", ["into itself", "not closed", "twice"])
def test_the_database_refuses_a_merge_that_makes_no_sense(office: User, two, wrong: str) -> None:
    kept, lost = two

    def twice() -> None:
        for _ in range(2):
            DeputyMerge.objects.create(kept=kept, lost=lost, done_by=office)

    tries = {
        "into itself": lambda: DeputyMerge.objects.create(kept=kept, lost=kept, done_by=office),
        "not closed": lambda: Deputy.objects.filter(pk=lost.pk).update(merged_into=kept),
        "twice": twice,
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        tries[wrong]()
