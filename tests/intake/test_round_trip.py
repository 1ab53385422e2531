"""A new office is set up from five workbooks, throws them away, and gets equal ones back."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.db.models import QuerySet
from django.test import Client

from activities.models import Activity, Attendance
from deputies.models import Contact, Deputy, Mandate, Opinion
from intake import actions
from intake.models import ImportRun
from staff.models import Department, User
from suggestions.models import Evaluation, Reply, Suggestion
from tests.factories import DepartmentFactory
from tests.intake.books import Taken, take

pytestmark = pytest.mark.django_db
DATA = Path(__file__).parents[1] / "data"
FILES = ["代表名册.xlsx", "委员名册.xls", "活动台账.xlsx", "建议提案台账.xlsx", "联络台账.csv"]
LISTS = {
    "代表名册.xlsx": "/deputies/export/?body=congress",
    "委员名册.xlsx": "/deputies/export/?body=cppcc",
    "活动台账.xlsx": "/activities/export/",
    "建议提案台账.xlsx": "/suggestions/export/",
    "联络台账.xlsx": "/contacts/export/",
}
DEPARTMENTS = [
    "办公室",
    "第一检察部（刑事检察）",
    "第二检察部（民事行政检察）",
    "第三检察部（公益诉讼检察）",
    "案件管理办公室",
]
# What another office numbers and dates by itself.
OWN = {"序号", "档案编号", "流水号", "录入时间", "来源"}


@pytest.fixture
def house(office: User) -> User:
    for name in DEPARTMENTS:
        if not Department.objects.filter(name=name).exists():
            DepartmentFactory(name=name)
    return office


def set_up(by: User) -> list[Taken]:
    return [take((DATA / name).read_bytes(), by, name=name) for name in FILES]


def exported(client: Client) -> dict[str, bytes]:
    answers = {name: client.get(url) for name, url in LISTS.items()}
    assert {answer.status_code for answer in answers.values()} == {200}
    return {name: answer.content for name, answer in answers.items()}


def table(data: bytes) -> list[dict[str, Any]]:
    """The rows of an exported list by heading."""
    _, headings, *rows = openpyxl.load_workbook(BytesIO(data)).worksheets[0].iter_rows(values_only=True)
    return [dict(zip(headings, row, strict=True)) for row in rows]


def column(data: bytes, heading: str) -> list[Any]:
    return [row[heading] for row in table(data)]


def everything() -> list[Any]:
    versioned = [Deputy, Mandate, Contact, Activity, Suggestion]
    counted: list[QuerySet[Any]] = [
        model.objects.all() for model in (Opinion, Attendance, Reply, Evaluation, ImportRun)
    ]
    return [
        *(list(model.objects.order_by("pk").values_list("pk", "version")) for model in versioned),
        *(rows.count() for rows in counted),
    ]


def test_five_workbooks_set_up_an_office(house: User) -> None:
    taken = set_up(house)
    assert [each.counts["new"] for each in taken] == [6, 3, 3, 3, 3]
    assert [each.counts["errors"] for each in taken] == [1, 2, 2, 2, 3]
    for each in taken:
        counts = each.counts
        assert counts["rows_with_text"] == counts["imported"] + counts["errors"] + counts["ignored"] == len(each.rows)


def test_the_lists_hold_what_the_workbooks_held(login: Callable[[User], Client], house: User) -> None:
    set_up(house)
    lists = exported(login(house))
    roster = {(row["姓名"], row["工作单位"], row["职务"], row["代表团/界别"]) for row in table(lists["代表名册.xlsx"])}
    assert ("顾青", "知禾电缆有限公司", "董事长", "甘露镇代表团") in roster
    assert ("阿卜杜拉·艾山", "云溪物流有限公司", "总经理", "云溪街道代表团") in roster
    assert len(roster) == 6
    members = {(row["姓名"], row["代表团/界别"], row["届次"]) for row in table(lists["委员名册.xlsx"])}
    assert ("查良工", "工商联界", "知禾区第5届政协") in members
    held = {(row["活动名称"], f"{row['日期']:%Y-%m-%d}", row["到场代表委员"]) for row in table(lists["活动台账.xlsx"])}
    assert ("涉企案件公开听证", "2026-05-20", "顾青（知禾电缆有限公司）、查良工") in held
    voices = {(row["编号"], row["领衔代表/第一提案人"], row["结果类别"]) for row in table(lists["建议提案台账.xlsx"])}
    assert ("058", "纪岚", "B类 正在解决或列入计划") in voices
    met = {(f"{row['日期']:%Y-%m-%d}", row["联络方式"], row["代表意见建议"]) for row in table(lists["联络台账.xlsx"])}
    assert ("2026-03-05", "走访", "希望加强涉企法律服务") in met


def test_every_list_taken_in_again_changes_nothing(login: Callable[[User], Client], house: User) -> None:
    set_up(house)
    lists = exported(login(house))
    before = everything()
    for name, data in lists.items():
        counts = take(data, house, name=name).counts
        assert (counts["new"], counts["updated"], counts["errors"]) == (0, 0, 0), name
        assert counts["same"] == len(table(data)), name
    assert everything() == before


def test_another_office_gets_equal_workbooks_from_them(login: Callable[[User], Client], house: User) -> None:
    """The first office is taken back run by run; what it exported sets up the next one."""
    runs = [each.outcome.run for each in set_up(house)]
    first = exported(login(house))
    for run in reversed(runs):
        assert run
        actions.undo_import(run=run, by=house)
    assert not Deputy.objects.exists()
    assert not Contact.objects.exists()

    for name, data in first.items():
        assert take(data, house, name=name).counts["errors"] == 0, name
    second = exported(login(house))

    for name in LISTS:
        assert without_own(table(second[name])) == without_own(table(first[name])), name


def without_own(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of one day may change places: they are listed as they came in."""
    ours = [{heading: value for heading, value in row.items() if heading not in OWN} for row in rows]
    return sorted(ours, key=repr)


def test_each_list_says_its_filter_and_its_count_and_holds_no_formula(
    login: Callable[[User], Client], house: User
) -> None:
    set_up(house)
    counts = {"代表名册.xlsx": "6 人", "委员名册.xlsx": "3 人", "活动台账.xlsx": "3 场", "建议提案台账.xlsx": "3件"}
    lists = exported(login(house))
    for name, count in counts.items():
        sheet = openpyxl.load_workbook(BytesIO(lists[name])).worksheets[0]
        assert f"共 {count}".replace(" ", "") in str(sheet["A1"].value).replace(" ", ""), name
        assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)


def test_a_person_with_two_seats_comes_back_with_both(login: Callable[[User], Client], house: User) -> None:
    rows = [
        ["姓名", "单位", "身份", "届次", "代表团/界别", "代表证号"],
        ["张三", "厂", "区人大代表、市政协委员", "知禾区第5届人大、禾城市第15届政协", "无、工会", "7、C-8"],
    ]
    run = take({"名册": rows}, house).outcome.run
    seats = {(str(seat.term), seat.group, seat.certificate_no) for seat in Mandate.objects.select_related("term")}
    assert seats == {("知禾区第5届人大", "", "7"), ("禾城市第15届政协", "工会", "C-8")}
    data = login(house).get("/deputies/export/").content
    assert take(data, house).counts["same"] == 1
    actions.undo_import(run=run, by=house)
    take(data, house)
    assert seats == {
        (str(seat.term), seat.group, seat.certificate_no) for seat in Mandate.objects.select_related("term")
    }


def test_a_person_of_whom_nothing_but_the_name_is_known_is_known_again_by_the_number_of_the_file(
    login: Callable[[User], Client], house: User
) -> None:
    take({"知禾区第五届人大代表": [["姓名", "性别"], ["张三", "男"]]}, house)
    data = login(house).get("/deputies/export/").content
    assert take(data, house).counts["same"] == 1
    person = Deputy.objects.get()
    sheet = {"知禾区第五届人大代表": [["档案编号", "姓名", "单位"], [str(person.pk), "张三", "厂"]]}
    assert take(sheet, house).counts["updated"] == 1
    sheet["知禾区第五届人大代表"][1][2] = "别的厂"
    assert take(sheet, house).counts["new"] == 1


def test_words_of_several_people_do_not_make_the_row_another_one(login: Callable[[User], Client], house: User) -> None:
    from deputies.actions import log_contact, record_opinion
    from deputies.models import ContactMethod

    set_up(house)
    people = list(Deputy.objects.filter(name__in=["秦晓禾", "单立新"]))
    contact = log_contact(
        by=house,
        deputies=people,
        happened_on=date(2026, 6, 1),
        method=ContactMethod.objects.get(code="talk"),
        note="座谈",
    )
    record_opinion(contact=contact, deputy=people[0], words="多来走走", by=house)
    data = login(house).get("/contacts/export/").content
    assert "多来走走" in str(column(data, "代表意见建议"))
    assert take(data, house).counts["new"] == 0


def test_a_contact_that_an_activity_wrote_is_not_taken_in_beside_it(
    login: Callable[[User], Client], house: User
) -> None:
    runs = [each.outcome.run for each in set_up(house)]
    contacts = login(house).get("/contacts/export/").content
    for run in reversed(runs):
        assert run
        actions.undo_import(run=run, by=house)
    for name in FILES[:2]:
        take((DATA / name).read_bytes(), house, name=name)
    taken = take(contacts, house)
    assert [row.code for row in taken.rows].count("derived") == 3
    assert Contact.objects.count() == 3
