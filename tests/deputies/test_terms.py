"""换届: one list closes a term and opens the next, with preview, in one go, and back on the same day."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from common.denied import Denied
from deputies import actions, rollover
from deputies.models import Deputy, Mandate, MandateState, NeutralReason, Term, TermChange
from staff.models import AuditEvent, User
from tests.deputies.factories import logged, person
from tests.factories import TermFactory

pytestmark = pytest.mark.django_db
Login = Callable[[User], Client]
DAY = date(2026, 11, 20)
FACTS = {"number": "6", "on": "2026-11-20"}


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-23 10:00+08:00", tick=False):
        yield


@pytest.fixture
def old() -> Term:
    return TermFactory()


@pytest.fixture
def members(office: User, old: Term) -> dict[str, Deputy]:
    """Four of the old term, two of them of one name, and one who is on file without a seat."""
    return {
        "张晓北": person("张晓北", by=office, term=old, unit="知禾供电服务公司"),
        "单小明": person("单小明", by=office, term=old, unit="知禾电缆"),
        "张敏甲": person("张敏", by=office, term=old, unit="青禾小学"),
        "张敏乙": person("张敏", by=office, term=old, unit="甘露镇卫生院"),
        "王芳": person("王芳", by=office, seated=False, unit="区中医院"),
    }


def url(old: Term) -> str:
    return reverse("deputies:term-change", args=[old.pk])


def rows_of(model: type) -> list[dict[str, Any]]:
    """All rows as they are, but for the version, which only grows."""
    found = model.objects.order_by("pk").values()
    return [{name: value for name, value in row.items() if name != "version"} for row in found]


# --- reading the list ---


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("张晓北", [("张晓北", "", "")]),
        ("1. 张晓北\t知禾供电\t甘露镇代表团", [("张晓北", "知禾供电", "甘露镇代表团")]),
        ("张 敏  青禾小学", [("张敏", "青禾小学", "")]),
        ("张　敏", [("张敏", "", "")]),
        ("张晓北、单小明、阿依努尔·艾山", [("张晓北", "", ""), ("单小明", "", ""), ("阿依努尔·艾山", "", "")]),
        ("张敏（青禾小学）\n\n张敏，甘露镇卫生院", [("张敏", "青禾小学", ""), ("张敏", "甘露镇卫生院", "")]),
        ("3 单小明 知禾电缆", [("单小明", "知禾电缆", "")]),
    ],
)
def test_a_list_is_read_as_it_was_copied(text: str, read: list[tuple[str, str, str]]) -> None:
    entries, wrong = rollover.read(text)
    assert [(each.name, each.unit, each.group) for each in entries] == read
    assert wrong == []


def test_an_office_in_brackets_is_no_unit() -> None:
    assert rollover.read("张晓北（常委）")[0] == [rollover.Entry("张晓北", post="常委")]


@pytest.mark.parametrize("text", ["张三等8人", "待增补", "合计 120", "张" * 61])
def test_what_is_no_name_is_told_by_its_line(text: str) -> None:
    assert "第2行" in rollover.read(f"单小明\n{text}")[1][0]


# --- who is meant ---


def chosen(old: Term, text: str) -> list[str]:
    return [line.outcome for line in rollover.plan(old, rollover.read(text)[0]).lines]


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("张晓北", "连任"),
        ("张敏", "待确认"),
        ("张敏\t青禾小学", "连任"),
        ("张敏\t区法律援助中心", "待确认"),
        ("王芳", "待确认"),
        ("王芳\t区中医院", "新任"),
        ("赵新", "新任"),
        ("张晓北\t另一家公司", "待确认"),
    ],
)
def test_a_name_alone_decides_only_where_nobody_else_is_meant(members, old: Term, text: str, outcome: str) -> None:
    assert chosen(old, text) == [outcome]


def test_the_preview_asks_and_writes_nothing(login: Login, office: User, old: Term, members) -> None:
    client, before = login(office), rows_of(Mandate)
    page = client.post(url(old), FACTS | {"names": "张晓北\n张敏\n赵新"}).content.decode()
    assert "连任：张敏（青禾小学，区人大代表）" in page
    assert [
        line.outcome for line, _ in client.post(url(old), FACTS | {"names": "张敏\n张晓北"}).context["who"].rows()
    ] == [
        "待确认",
        "连任",
    ]
    assert rows_of(Mandate) == before
    assert Term.objects.count() == 1


def test_confirming_with_an_open_question_is_refused(login: Login, office: User, old: Term, members) -> None:
    answer = login(office).post(url(old), FACTS | {"names": "张敏", "who-张敏-0": "", "confirm": "1"})
    assert answer.status_code == 422
    assert "请选择“张敏”是哪一位" in answer.content.decode()
    assert not TermChange.objects.exists()


def test_two_lines_never_mean_one_person(login: Login, office: User, old: Term, members) -> None:
    pk = members["张敏甲"].pk
    data = FACTS | {"names": "张敏\n张敏", "who-张敏-0": pk, "who-张敏-1": pk, "confirm": "1"}
    answer = login(office).post(url(old), data)
    assert answer.status_code == 422
    assert "张敏在名单中出现两次" in answer.content.decode()


def test_mending_the_list_keeps_what_was_decided(login: Login, office: User, old: Term, members) -> None:
    client, stay = login(office), members["单小明"].pk
    said = {"who-张敏-0": members["张敏乙"].pk, "stay": stay}
    page = client.post(url(old), FACTS | said | {"names": "张敏\n张晓北", "again": "1"}).content.decode()
    hidden = re.findall(r'<input type="hidden" name="(who-[^"]+|stay)" value="(\d+)">', page)
    assert dict(hidden) == {name: str(value) for name, value in said.items()}
    plan = client.post(url(old), FACTS | dict(hidden) | {"names": "赵新\n张晓北\n张敏"}).context["plan"]
    assert plan.stay == {stay}
    assert [line.chosen for line in plan.lines if line.entry.name == "张敏"] == [str(members["张敏乙"].pk)]


# --- the deed ---


@pytest.fixture
def changed(login: Login, office: User, old: Term, members: dict[str, Deputy]) -> Client:
    """张晓北 stays, 张敏 of the hospital stays, 王芳 comes from the files, 赵新 is new; two leave."""
    client = login(office)
    data = {
        "names": "张晓北\n张敏\n王芳\n赵新\t禾润家庭农场\t甘露镇代表团",
        "who-张晓北-0": members["张晓北"].pk,
        "who-张敏-0": members["张敏乙"].pk,
        "who-王芳-0": members["王芳"].pk,
        "confirm": "1",
    }
    answer = client.post(url(old), FACTS | data)
    assert answer.status_code == 302
    return client


def test_seats_of_the_old_term_expire_and_the_new_term_sits(changed: Client, old: Term, members) -> None:
    old.refresh_from_db()
    new = Term.objects.get(number=6)
    assert (old.ends_on, new.starts_on) == (DAY, DAY)
    ended = old.mandates.values_list("state", "state_reason", "state_on").distinct()
    assert list(ended) == [(MandateState.ENDED, NeutralReason.EXPIRED, DAY)]
    assert set(new.mandates.values_list("deputy__name", "deputy__unit")) == {
        ("张晓北", "知禾供电服务公司"),
        ("张敏", "甘露镇卫生院"),
        ("王芳", "区中医院"),
        ("赵新", "禾润家庭农场"),
    }
    assert new.mandates.get(deputy__name="赵新").group == "甘露镇代表团"


def test_the_page_of_the_change_says_who_stays_comes_and_leaves(changed: Client, members) -> None:
    change = TermChange.objects.get()
    lists = changed.get(reverse("deputies:term-changed", args=[change.pk])).context["lists"]
    told = {word: {(seat.deputy.name, seat.deputy.unit[:2]) for seat in seats} for word, seats in lists}
    assert told == {
        "连任": {("张晓北", "知禾"), ("张敏", "甘露")},
        "新任": {("王芳", "区中"), ("赵新", "禾润")},
        "离任": {("单小明", "知禾"), ("张敏", "青禾")},
    }


def test_who_left_keeps_file_and_history_and_is_found_among_the_former(changed: Client, office: User, members) -> None:
    left = members["单小明"]
    logged(by=office, deputies=[left])
    assert changed.get(f"/deputies/{left.pk}/").status_code == 200
    former = changed.get("/deputies/?state=former").content.decode()
    serving = changed.get("/deputies/").content.decode()
    assert ("单小明" in former, "单小明" in serving) == (True, False)
    assert "单小明" in changed.get("/deputies/pick/?q=sxm").content.decode()


def test_somebody_forgotten_on_the_list_stays_by_a_tick(login: Login, office: User, old: Term, members) -> None:
    data = FACTS | {
        "names": "张晓北",
        "who-张晓北-0": members["张晓北"].pk,
        "stay": members["单小明"].pk,
        "confirm": "1",
    }
    login(office).post(url(old), data)
    assert set(Term.objects.get(number=6).mandates.values_list("deputy__name", flat=True)) == {"张晓北", "单小明"}


def test_people_can_be_picked_instead_of_pasted(login: Login, office: User, old: Term, members) -> None:
    pk = members["张晓北"].pk
    data = FACTS | {"names": "", "people": [pk], f"who-file-{pk}": pk, "confirm": "1"}
    assert login(office).post(url(old), data).status_code == 302
    assert Term.objects.get(number=6).mandates.get().deputy == members["张晓北"]


def test_who_had_left_before_leaves_for_the_reason_of_that_time(office: User, old: Term, members) -> None:
    seat = members["单小明"].mandates.get()
    early = {"state": MandateState.ENDED, "on": date(2025, 5, 1), "reason": NeutralReason.TRANSFERRED}
    actions.move_seat(seat=seat, expected=1, by=office, **early)
    actions.change_term(old=old, number=6, on=DAY, members=[], by=office)
    seat.refresh_from_db()
    assert (seat.state_reason, seat.state_on) == (NeutralReason.TRANSFERRED, date(2025, 5, 1))


def test_a_closed_file_opens_again_for_who_comes_back(office: User, old: Term) -> None:
    back = person("钱一", by=office, seated=False)
    actions.retire_deputy(deputy=back, today=DAY, by=office)
    actions.change_term(old=old, number=6, on=DAY, members=[actions.Member("钱一", back)], by=office)
    back.refresh_from_db()
    assert back.retired_at is None


def test_undoing_on_the_same_day_restores_everything(
    login: Login, office: User, old: Term, members: dict[str, Deputy]
) -> None:
    models = [Term, Mandate, Deputy]
    before = [rows_of(model) for model in models]
    listed = [actions.Member("张晓北", members["张晓北"]), actions.Member("赵新", unit="禾润家庭农场")]
    change = actions.change_term(old=old, number=6, on=DAY, members=listed, by=office)
    assert [rows_of(model) for model in models] != before
    answer = login(office).post(reverse("deputies:term-change-undo", args=[change.pk]))
    assert answer.status_code == 302
    assert [rows_of(model) for model in models] == before
    assert AuditEvent.objects.filter(action="term.change_undone").count() == 1
    actions.change_term(old=old, number=6, on=DAY, members=listed, by=office)


def test_what_is_drawn_before_the_undo_cannot_be_saved_after_it(office: User, old: Term, members) -> None:
    change = actions.change_term(old=old, number=6, on=DAY, members=[], by=office)
    seat = members["单小明"].mandates.get()
    actions.undo_term_change(change=change, by=office)
    with pytest.raises(Denied, match="已被他人修改"):
        actions.edit_seat(seat=seat, expected=seat.version, by=office, group="第二代表团")


def test_the_day_after_it_stays(login: Login, office: User, old: Term) -> None:
    change = actions.change_term(old=old, number=6, on=DAY, members=[], by=office)
    with time_machine.travel("2026-11-24 09:00+08:00", tick=False):
        answer = login(office).post(reverse("deputies:term-change-undo", args=[change.pk]))
        page = login(office).get(reverse("deputies:term-changed", args=[change.pk])).content.decode()
    assert answer.status_code == 409
    assert "只能在办理当天整体撤销" in page


def test_somebody_new_whom_we_have_met_since_holds_the_change(office: User, old: Term) -> None:
    change = actions.change_term(old=old, number=6, on=DAY, members=[actions.Member("赵新")], by=office)
    logged(by=office, deputies=[Deputy.objects.get(name="赵新")])
    with pytest.raises(Denied, match="“赵新”后来已有新的记录"), transaction.atomic():
        actions.undo_term_change(change=change, by=office)
    assert Term.objects.filter(number=6).exists()


@pytest.mark.parametrize("what", ["the file", "the seat"])
def test_what_was_written_of_somebody_new_since_is_not_lost(office: User, old: Term, what: str) -> None:
    change = actions.change_term(old=old, number=6, on=DAY, members=[actions.Member("赵新")], by=office)
    new = Deputy.objects.get(name="赵新")
    if what == "the file":
        actions.edit_deputy(deputy=new, expected=new.version, by=office, phone="13900001111")
    else:
        seat = new.mandates.get()
        actions.edit_seat(seat=seat, expected=seat.version, by=office, certificate_no="0042")
    with pytest.raises(Denied, match="后来又有改动"), transaction.atomic():
        actions.undo_term_change(change=change, by=office)
    assert Deputy.objects.filter(name="赵新").exists()


def test_who_has_a_seat_in_the_new_term_already_keeps_it(office: User, old: Term, members) -> None:
    new = TermFactory(number=6, starts_on=DAY)
    actions.give_seat(deputy=members["单小明"], term=new, by=office, certificate_no="0042")
    both = [actions.Member("单小明", members["单小明"]), actions.Member("张晓北", members["张晓北"])]
    change = actions.change_term(old=old, number=6, on=DAY, members=both, by=office)
    assert change.carried().count() == 2
    actions.undo_term_change(change=change, by=office)
    assert new.mandates.get().certificate_no == "0042"


def test_the_second_of_two_who_confirm_is_told(login: Login, office: User, old: Term, members) -> None:
    """Both have looked at the same preview."""
    sent = FACTS | {"names": "张晓北", "who-张晓北-0": members["张晓北"].pk, "confirm": "1"}
    client = login(office)
    assert client.post(url(old), sent).status_code == 302
    answer = client.post(url(old), sent)
    assert answer.status_code == 409
    assert "不能再次换届" in answer.content.decode()
    assert TermChange.objects.count() == 1


def test_a_seat_moved_since_holds_the_change(office: User, old: Term, members) -> None:
    change = actions.change_term(old=old, number=6, on=DAY, members=[], by=office)
    seat = members["单小明"].mandates.get()
    actions.move_seat(seat=seat, state=MandateState.SERVING, on=DAY, expected=seat.version, by=office)
    with pytest.raises(Denied, match="后来又有改动"), transaction.atomic():
        actions.undo_term_change(change=change, by=office)


def test_a_term_changes_once(login: Login, office: User, old: Term) -> None:
    actions.change_term(old=old, number=6, on=DAY, members=[], by=office)
    assert login(office).get(url(old)).status_code == 409
    with pytest.raises(IntegrityError), transaction.atomic():
        TermChange.objects.create(old=old, new=old, on=DAY, done_by=office)


@pytest.mark.parametrize(
    "wrong",
    [{"number": "5"}, {"on": "2022-01-10"}, {"on": "2026-11-24"}, {"names": ""}, {"names": "320503199001011234"}],
)
def test_a_change_needs_a_later_term_a_possible_day_and_people(
    login: Login, office: User, old: Term, wrong: dict[str, str]
) -> None:
    answer = login(office).post(url(old), FACTS | {"names": "赵新", "confirm": "1"} | wrong)
    assert answer.status_code == 422
    assert not TermChange.objects.exists()


def test_the_list_of_terms_leads_to_the_change_and_to_what_was_done(login: Login, office: User, old: Term) -> None:
    page = login(office).get(reverse("deputies:basics-terms")).content.decode()
    assert url(old) in page
    change = actions.change_term(old=old, number=6, on=DAY, members=[], by=office)
    page = login(office).get(reverse("deputies:basics-terms")).content.decode()
    assert re.search(rf'href="/terms/changes/{change.pk}/">换届情况', page)


def test_a_preview_of_four_hundred_asks_the_database_a_constant_number_of_times(
    office: User, old: Term, django_assert_num_queries
) -> None:
    for number in range(40):
        person(f"代表{'甲乙丙丁戊己庚辛壬癸'[number % 10]}{number // 10}", by=office, term=old)
    entries = [rollover.Entry(deputy.name) for deputy in Deputy.objects.all()]
    with django_assert_num_queries(4):
        rollover.plan(old, entries)
