"""The holidays of a year: a notice is pasted, read, and moves the deadlines that it concerns."""

from datetime import date
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.test import Client

from common.calendar import Arrangement
from staff.models import AuditEvent, Department, User
from suggestions import actions
from suggestions.holidays import NoticeRefused, read_notice, write_notice
from suggestions.models import DeadlineMove, Holiday, Suggestion
from suggestions.workflow import SuggestionState
from tests.suggestions import factories as make

D = date.fromisoformat
NOTICE_2026 = """国务院办公厅关于2026年部分节假日安排的通知
各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
　　经国务院批准，现将2026年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
　　一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
　　二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
　　三、清明节：4月4日（周六）至6日（周一）放假，共3天。
　　四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
　　五、端午节：6月19日（周五）至21日（周日）放假，共3天。
　　六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
　　七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
　　节假日期间，各地区、各部门要妥善安排好值班和安全、保卫等工作。
国务院办公厅
2025年11月4日"""
# Made up: nobody has seen the notice of 2027 yet.
NOTICE_2027 = """一、元旦：2026年12月31日至2027年1月2日放假，共3天。
二、春节：2月5日至12日放假调休，共8天。2月20日（周六）上班。
三、清明节：4月3日至5日放假，共3天。
七、国庆节：10月1日至7日放假调休，共7天。9月26日（周日）、10月9日（周六）上班。"""


@pytest.mark.django_db
def test_the_notice_as_it_was_published_is_what_the_database_is_seeded_with() -> None:
    rows = read_notice(NOTICE_2026, 2026)
    assert rows == [each.arrangement for each in Holiday.objects.filter(year=2026).order_by("first_on")]
    assert rows[1] == Arrangement("春节", D("2026-02-15"), D("2026-02-23"), (D("2026-02-14"), D("2026-02-28")))


def test_what_is_written_is_read_back_as_the_same() -> None:
    for year, text in ((2026, NOTICE_2026), (2027, NOTICE_2027)):
        rows = read_notice(text, year)
        assert read_notice(write_notice(rows), year) == rows


def test_new_year_may_begin_in_the_old_year() -> None:
    first = read_notice(NOTICE_2027, 2027)[0]
    assert (first.first, first.last) == (D("2026-12-31"), D("2027-01-02"))
    assert read_notice("元旦：12月30日至1月1日放假，共3天。", 2023)[0].first == D("2022-12-30")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("今年不放假", "没有读到放假安排"),
        ("元旦：放假一天", "放假日期没有读懂"),
        ("元旦：1月1日至3日放假，共4天。", "写明共4天"),
        ("春节：2月30日放假", "不是一个日期"),
        ("春节：2月15日至23日放假，2月16日上班。", "既放假又上班"),
        ("春节：2月15日至23日放假，2月24日上班。", "不是周末"),
        ("春节：2月23日至15日放假", "请核对"),
        ("春节：1月1日至12月31日放假", "请核对"),
        ("春节：2025年2月1日至3日放假", "不在2026年"),
        ("元旦：1月1日至3日放假\n春节：1月3日至5日放假", "同时属于"),
        ("春节：2月15日至17日放假\n春节：2月20日至23日放假", "写了两行"),
    ],
)
def test_what_cannot_be_right_is_refused_in_words(text: str, said: str) -> None:
    with pytest.raises(NoticeRefused, match=said):
        read_notice(text, 2026)


# --- what moves ---

pages = pytest.mark.django_db
URL = "/basics/holidays/2027/"
TYPED = {"text": NOTICE_2027, "source": "国办发明电〔2026〕8号"}


@pytest.fixture
def open_one(office: User, department: Department) -> Suggestion:
    """Three months after 5 November 2026 is 5 February 2027, the first day of the festival."""
    suggestion = make.registered(office, received_on=D("2026-11-04"))
    return actions.assign(suggestion=suggestion, department=department, assigned_on=D("2026-11-05"), by=office)


@pages
def test_the_preview_names_each_deadline_that_would_move_and_writes_nothing(
    login: Any, office: User, open_one: Suggestion
) -> None:
    assert (open_one.due_on, "预计" in open_one.due_reason) == (D("2027-02-11"), True)
    page = login(office).post(URL, TYPED).content.decode()
    assert "2027-02-11" in page
    assert "2027-02-15" in page
    assert "保存并调整 1 件期限" in page
    open_one.refresh_from_db()
    assert open_one.due_on == D("2027-02-11")
    assert not Holiday.objects.filter(year=2027).exists()


@pages
def test_a_saved_year_moves_open_deadlines_and_keeps_the_old_day(
    login: Any, office: User, open_one: Suggestion
) -> None:
    client = login(office)
    assert client.post(URL, TYPED | {"save": "1"}).status_code == 302
    open_one.refresh_from_db()
    assert (open_one.due_on, "预计" in open_one.due_reason) == (D("2027-02-15"), False)
    moved = DeadlineMove.objects.get()
    assert (moved.old, moved.new, moved.by) == (D("2027-02-11"), D("2027-02-15"), office)
    page = client.get(f"/suggestions/{open_one.pk}/").content.decode()
    assert "由 2027年2月11日 调整为 2027年2月15日" in page
    assert "国办发明电〔2026〕8号" in page
    assert AuditEvent.objects.filter(action="suggestion.due_moved", target_id=str(open_one.pk)).exists()


@pages
def test_saving_the_same_year_again_moves_nothing(login: Any, office: User, open_one: Suggestion) -> None:
    for _ in range(2):
        login(office).post(URL, TYPED | {"save": "1"})
    assert DeadlineMove.objects.count() == 1
    assert Holiday.objects.filter(year=2027).count() == 4


@pages
def test_a_deadline_that_the_assigner_fixed_or_that_is_met_does_not_move(
    login: Any, office: User, department: Department
) -> None:
    fixed = make.registered(office, received_on=D("2026-11-04"))
    due = {"due_on": D("2027-02-11"), "due_source": "交办通知"}
    actions.assign(suggestion=fixed, department=department, assigned_on=D("2026-11-05"), by=office, **due)
    met = make.registered(office, received_on=D("2026-11-04"), title="另一件")
    actions.assign(suggestion=met, department=department, assigned_on=D("2026-11-05"), by=office)
    reply = make.answer(met, office, replied_on=D("2026-11-20"))
    login(office).post(URL, TYPED | {"save": "1"})
    fixed.refresh_from_db()
    reply.refresh_from_db()
    assert (fixed.due_on, reply.due_on) == (D("2027-02-11"), D("2027-02-11"))
    assert reply.suggestion.state == SuggestionState.REPLIED
    assert not DeadlineMove.objects.exists()


@pages
def test_after_dissatisfaction_the_deadline_moves_from_the_day_of_the_evaluation(
    login: Any, office: User, department: Department
) -> None:
    suggestion = make.registered(office, received_on=D("2026-10-09"))
    actions.assign(suggestion=suggestion, department=department, assigned_on=D("2026-10-09"), by=office)
    reply = make.answer(suggestion, office, replied_on=D("2026-11-20"))
    make.verdict(reply, office, result="unsatisfied", reason="没有答到点上", received_on=D("2026-11-23"))
    suggestion.refresh_from_db()
    assert (suggestion.due_on, suggestion.due_start) == (D("2026-12-23"), D("2026-11-23"))


@pages
def test_a_text_that_cannot_be_read_keeps_what_was_typed(login: Any, office: User) -> None:
    answer = login(office).post(URL, {"text": "元旦放假", "source": "通知"})
    assert answer.status_code == 422
    assert "没有读到放假安排" in answer.content.decode()
    assert "元旦放假" in answer.content.decode()


@pages
@pytest.mark.parametrize("year", [1999, 2029, 9999])
def test_a_year_far_away_is_404(login: Any, office: User, year: int) -> None:
    assert login(office).get(f"/basics/holidays/{year}/").status_code == 404


@pages
def test_from_november_on_the_missing_year_is_told_until_it_is_typed(login: Any, office: User) -> None:
    client: Client = login(office)
    assert "2027年放假安排还没有录入" in client.get("/basics/holidays/").content.decode()
    assert "2027年放假安排还没有录入" in client.get("/").content.decode()
    client.post(URL, TYPED | {"save": "1"})
    assert "还没有录入" not in client.get("/basics/holidays/").content.decode()
    assert "2027年放假安排还没有录入" not in client.get("/").content.decode()


@pages
def test_an_open_year_is_edited_as_the_text_that_made_it(login: Any, office: User) -> None:
    page = login(office).get("/basics/holidays/2026/").content.decode()
    assert "春节：2026年2月15日至2026年2月23日放假，2026年2月14日、2026年2月28日上班。" in page
    assert "国办发明电〔2025〕7号" in page


@pages
@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"source": ""}, {"last_on": D("2026-02-01")}, {"name": "元旦"}], ids=str
)
def test_the_database_refuses_a_holiday_that_cannot_be(wrong: dict[str, Any]) -> None:
    festival = Holiday.objects.get(year=2026, name="春节")
    with pytest.raises(IntegrityError), transaction.atomic():
        Holiday.objects.filter(pk=festival.pk).update(**wrong)


@pages
def test_the_database_refuses_a_move_to_the_same_day(office: User, open_one: Suggestion) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        DeadlineMove.objects.create(
            suggestion=open_one, old=D("2027-02-11"), new=D("2027-02-11"), old_reason="x", why="y", by=office
        )


@pages
def test_deadlines_from_before_the_rules_learn_what_they_were_computed_from(
    office: User, department: Department, open_one: Suggestion
) -> None:
    again = make.handling(office, department, title="重办的一件")
    reply = make.answer(again, office)
    make.verdict(reply, office, result="unsatisfied", reason="没有答到点上", received_on=D("2026-11-20"))
    before = {each.pk: (each.due_start, each.due_rule_id) for each in Suggestion.objects.all()}
    Suggestion.objects.update(due_start=None, due_rule=None)
    import_module("suggestions.migrations.0004_deadline_seed").remember_starts(apps, None)
    assert {each.pk: (each.due_start, each.due_rule_id) for each in Suggestion.objects.all()} == before
    assert before[again.pk][0] == D("2026-11-20")
