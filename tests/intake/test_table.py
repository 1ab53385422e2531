"""Headings wherever they stand; rows that are no data are named, never lost."""

import pytest

from deputies.models import Contact, Deputy, Mandate
from staff.models import User
from tests.factories import AreaFactory, TermFactory
from tests.intake.books import LEDGER, ROSTER, book, take

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def term(db: None) -> None:
    TermFactory()


def person(number: int, name: str, phone: str = "", unit: str = "知禾电缆有限公司") -> list[object]:
    return [number, name, "男", unit, "工程师", phone or f"1380000{number:04d}", "区"]


def test_titles_sections_totals_and_repeated_headers_are_skipped_without_an_error(office: User) -> None:
    AreaFactory(name="甘露镇")
    rows = [
        ["知禾区人大代表名册"],
        ["填报单位：知禾区人民检察院"],
        ROSTER,
        ["一、甘露镇代表团（1人）"],
        person(1, "张三"),
        ["小计", 1],
        ["二、工商联界"],
        person(2, "李四"),
        ROSTER,
        person(3, "王五"),
        [],
        ["合计", "", 3],
        ["制表人：王办", "", "审核人：李"],
        [4, None, None],
    ]
    taken = take(book({"名册": rows}, {"名册": ["A4:G4", "A7:G7"]}), office)
    assert taken.codes() == [
        "title", "title", "header", "section", "", "total", "section", "", "repeated_header", "", "total",
        "form_line", "nothing_to_read",
    ]  # fmt: skip
    assert taken.counts == {
        "rows_with_text": 13, "imported": 3, "new": 3, "updated": 0, "same": 0, "errors": 0, "ignored": 10,
    }  # fmt: skip
    groups = dict(Mandate.objects.values_list("deputy__name", "group"))
    assert groups == {"张三": "甘露镇代表团", "李四": "工商联界", "王五": "工商联界"}
    assert Deputy.objects.get(name="张三").area.name == "甘露镇"


def test_a_section_may_name_its_area_in_brackets(office: User) -> None:
    rows = [ROSTER, ["第一代表团（云溪街道）3人"], person(1, "张三")]
    take(book({"名册": rows}), office)
    assert Mandate.objects.get().group == "第一代表团"
    assert Deputy.objects.get().area.name == "云溪街道"


def test_two_header_rows_are_joined(office: User) -> None:
    rows = [
        ["序号", "姓名", "工作单位及职务", None, "联系方式", None, "挂钩领导", None, "代表层级"],
        [None, None, "单位", "职务", "手机", "固话", "姓名", "电话", None],
        [1, "张三", "知禾电缆有限公司", "董事长", 13800000001, "0510-1", "李副检", "10000000000", "区"],
    ]
    merges = {"名册": ["A1:A2", "B1:B2", "C1:D1", "E1:F1", "G1:H1", "I1:I2"]}
    taken = take(book({"名册": rows}, merges), office)
    assert taken.outcomes() == ["ignored", "ignored", "new"]
    deputy = Deputy.objects.get()
    assert (deputy.name, deputy.unit, deputy.post, deputy.phone) == (
        "张三",
        "知禾电缆有限公司",
        "董事长",
        "13800000001",
    )


def test_two_header_rows_of_a_csv_are_joined_without_merged_blocks(office: User) -> None:
    text = "姓名,工作单位及职务,,联系方式,,代表层级\n,单位,职务,手机,固话,\n张三,知禾电缆,董事长,13800000001,,区\n"
    taken = take(text.encode("gbk"), office, name="名册.csv")
    assert taken.outcomes() == ["ignored", "ignored", "new"]
    assert Deputy.objects.get().post == "董事长"


def test_merged_cells_and_same_as_above_fill_down_and_an_empty_cell_stays_empty(office: User) -> None:
    rows = [
        ["姓名", "工作单位", "职务", "联系电话", "代表层级"],
        ["张三", "知禾电缆有限公司", "厂长", 13800000001, "区"],
        ["李四", None, "同上", 13800000002, "〃"],
        ["王五", None, None, 13800000003, "同上"],
        ["赵六", None, None, 13800000004, "区"],
    ]
    take(book({"名册": rows}, {"名册": ["B2:B4"]}), office)
    told = {deputy.name: (deputy.unit, deputy.post) for deputy in Deputy.objects.all()}
    assert told["李四"] == ("知禾电缆有限公司", "厂长")
    assert told["王五"] == ("知禾电缆有限公司", "")
    assert told["赵六"] == ("", "")


def test_hidden_rows_are_an_error_that_staff_may_lift_and_hidden_columns_are_read(office: User) -> None:
    workbook = book({"名册": [ROSTER, person(1, "张三"), person(2, "李四")]})
    workbook["名册"].row_dimensions[3].hidden = True
    workbook["名册"].column_dimensions["F"].hidden = True
    taken = take(workbook, office)
    assert [taken.row(2).outcome, taken.row(3).code] == ["new", "hidden_row"]
    assert Deputy.objects.get().phone == "13800000001"
    assert take(workbook, office, hidden_rows=True).outcomes() == ["ignored", "same", "new"]


def test_hidden_sheets_and_sheets_without_a_known_header_are_listed_never_imported(office: User) -> None:
    workbook = book({"名册": [ROSTER, person(1, "张三")], "旧": [ROSTER, person(2, "李四")], "说明": [["每月报送"]]})
    workbook["旧"].sheet_state = "hidden"
    taken = take(workbook, office)
    assert {sheet.name: sheet.left_out for sheet in taken.outcome.sheets} == {
        "名册": "", "旧": "hidden_sheet", "说明": "no_header",
    }  # fmt: skip
    assert Deputy.objects.count() == 1
    assert taken.counts["rows_with_text"] == 5


def test_a_formula_without_a_value_is_an_error_where_required_and_a_warning_elsewhere(office: User) -> None:
    rows = [ROSTER, [1, "=A9", "男", "厂", "工", "1", "区"], [2, "李四", "男", "=A9", "#N/A", 13800000002, "区"]]
    taken = take({"名册": rows}, office)
    assert (taken.row(2).outcome, taken.row(2).code) == ("error", "no_value")
    assert taken.row(2).column == "B列“姓名”"
    assert (taken.row(3).outcome, [warning.code for warning in taken.row(3).warnings]) == ("new", ["no_value"] * 2)


def test_an_empty_middle_of_a_sheet_costs_nothing_and_rows_keep_their_numbers(office: User) -> None:
    workbook = book({"名册": [ROSTER]})
    for column, value in enumerate(person(1, "张三"), start=1):
        workbook["名册"].cell(5000, column, value)
    assert take(workbook, office).row(5000).outcome == "new"


def test_a_ledger_is_told_from_a_roster_by_its_headings(office: User) -> None:
    line = [1, "2026-3-5", "张三", "区人大代表", "知禾电缆有限公司", "走访", "", "座谈"]
    taken = take({"台账": [LEDGER, line], "名册": [ROSTER, person(1, "张三")]}, office)
    assert [sheet.kind for sheet in taken.outcome.sheets] == ["roster", "contacts"]
    assert Contact.objects.count() == 1
