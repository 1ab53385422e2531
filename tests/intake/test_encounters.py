"""An encounter that two ledgers tell of counts once, in whichever order they are taken in."""

from collections.abc import Sequence
from typing import Any

import pytest

from deputies.models import Contact, LastContact
from intake import actions
from staff.models import User
from tests.factories import DepartmentFactory
from tests.intake.books import LEDGER, ROSTER, Taken, take

pytestmark = pytest.mark.django_db
PEOPLE = ["顾青", "秦晓禾", "单立新"]
ACTIVITIES = ["活动名称", "类型", "日期", "承办部门", "身份", "邀请代表委员", "到场代表委员"]
HEARING = ["涉企公开听证", "公开听证", "2026-05-20", "办公室", "区人大代表"]
VOICES = ["类别", "标题（案由）", "领衔代表", "交办日期", "承办部门", "答复日期", "面复", "答复要点", "结果类别"]
ANSWERED = ["建议", "关于普法的建议", "顾青", "2026-02-02", "办公室", "2026-04-15", "是", "已落实", "A"]


@pytest.fixture
def house(office: User) -> User:
    DepartmentFactory(name="办公室")
    rows = [[n, name, "男", f"云溪{n}公司", "", f"1380000000{n}", "区人大代表"] for n, name in enumerate(PEOPLE, 1)]
    take({"人大代表（区第五届）": [ROSTER, *rows]}, office)
    return office


def contacts(house: User, *rows: Sequence[Any], words: str = "") -> Taken:
    lines = [[*row[:3], "区人大代表", "", row[3], "办公室", row[4], words] for row in rows]
    return take({"联络台账": [[*LEDGER, "代表意见建议"], *lines]}, house)


def activities(house: User, came: str) -> Taken:
    return take({"活动台账": [ACTIVITIES, [*HEARING, came, came]]}, house)


def standing() -> int:
    return Contact.objects.standing().count()


ATTENDED = (1, "2026-05-20", "顾青、秦晓禾", "参加活动", "参加公开听证")


def test_what_an_activity_wrote_is_not_taken_in_from_the_ledger_of_contacts(house: User) -> None:
    activities(house, "顾青、秦晓禾、单立新")
    taken = contacts(house, ATTENDED)
    assert (taken.codes()[-1], taken.outcomes()[-1]) == ("derived", "ignored")
    assert "不重复计数" in taken.rows[-1].sentence
    assert standing() == 1


def test_an_activity_takes_over_what_the_ledger_of_contacts_told(house: User) -> None:
    contacts(house, ATTENDED)
    taken = activities(house, "顾青、秦晓禾、单立新")
    assert "1 条是同一次联络" in taken.rows[-1].changes["联络"][1]
    assert standing() == 1
    assert contacts(house, ATTENDED).outcomes()[-1] == "same"
    assert activities(house, "顾青、秦晓禾、单立新").outcomes()[-1] == "same"
    assert standing() == 1


def test_undoing_the_activities_gives_the_contacts_back(house: User) -> None:
    contacts(house, ATTENDED)
    before = [*LastContact.objects.order_by("deputy").values_list("deputy", "method", "last_on")]
    actions.undo_import(run=activities(house, "顾青、秦晓禾、单立新").outcome.run, by=house)
    assert Contact.objects.get().withdrawn_at is None
    assert [*LastContact.objects.order_by("deputy").values_list("deputy", "method", "last_on")] == before


def test_the_two_runs_are_undone_in_any_order(house: User) -> None:
    first = contacts(house, ATTENDED).outcome.run
    second = activities(house, "顾青、秦晓禾").outcome.run
    actions.undo_import(run=first, by=house)
    actions.undo_import(run=second, by=house)
    assert not Contact.objects.exists()


def test_words_of_a_deputy_are_never_taken_away_with_a_double(house: User) -> None:
    contacts(house, (1, "2026-05-20", "顾青", "参加活动", "参加公开听证"), words="希望多办听证")
    taken = activities(house, "顾青、秦晓禾")
    assert taken.codes()[-1] == "counted_twice"
    assert standing() == 2


def test_words_beside_what_an_activity_wrote_are_taken_in_and_told(house: User) -> None:
    activities(house, "顾青、秦晓禾")
    row = (1, "2026-05-20", "顾青", "参加活动", "参加公开听证")
    assert contacts(house, row, words="希望多办听证").codes()[-1] == "counted_twice"
    assert contacts(house, row, words="希望多办听证").outcomes()[-1] == "same"


def test_of_several_people_only_those_are_taken_in_who_are_not_told_of(house: User) -> None:
    activities(house, "顾青")
    taken = contacts(house, ATTENDED)
    assert (taken.outcomes()[-1], taken.codes()[-1]) == ("new", "derived")
    assert [met.deputy.name for met in Contact.objects.get(origin="import").met.all()] == ["秦晓禾"]
    assert contacts(house, ATTENDED).outcomes()[-1] == "same"


def test_a_contact_with_somebody_who_did_not_come_stays(house: User) -> None:
    contacts(house, ATTENDED)
    activities(house, "顾青")
    assert standing() == 2


def test_another_day_or_another_way_is_another_encounter(house: User) -> None:
    activities(house, "顾青、秦晓禾")
    taken = contacts(
        house, (1, "2026-05-21", "顾青", "参加活动", "另一场"), (2, "2026-05-20", "顾青", "走访", "会后走访")
    )
    assert taken.counts["new"] == 2


def test_both_ledgers_in_one_workbook_count_once(house: User) -> None:
    row = [*ATTENDED[:3], "区人大代表", "", "参加活动", "办公室", "参加公开听证"]
    book = {"联络台账": [LEDGER, row], "活动台账": [ACTIVITIES, [*HEARING, "顾青、秦晓禾", "顾青、秦晓禾"]]}
    assert take(book, house).counts["new"] == 1
    assert standing() == 1


def test_an_answer_in_person_counts_once_in_either_order(house: User) -> None:
    row = (1, "2026-04-15", "顾青", "面复", "当面答复建议")
    answers = {"区人大代表建议": [VOICES, ANSWERED]}
    contacts(house, row)
    run = take(answers, house).outcome.run
    assert standing() == 1
    actions.undo_import(run=run, by=house)
    assert Contact.objects.get().withdrawn_at is None
    take(answers, house)
    Contact.objects.filter(origin="import").delete()
    assert contacts(house, row).codes()[-1] == "derived"
