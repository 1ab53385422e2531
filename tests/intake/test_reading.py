"""What is written in cells, as offices write it."""

from datetime import date, time

import pytest

from intake.reading import dates, identity, names, nearest, phones, times
from intake.reading.cells import Cell, Refusal, letters

pytestmark = pytest.mark.once

TODAY = date(2026, 11, 23)


def text(value: str) -> Cell:
    return Cell("s", value)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("张 三", "张三"),
        ("张　三", "张三"),
        (" 张\u200b三 ", "张三"),
        ("欧阳 娜娜", "欧阳娜娜"),
        ("尼玛 次仁", "尼玛次仁"),
        ("阿卜杜拉·艾山", "阿卜杜拉·艾山"),
        ("和平", "和平"),
        ("𬍛翀", "𬍛翀"),
        ("张三（常委）", "张三"),
        ("张三[主任]", "张三"),
    ],
)
def test_a_name_loses_its_blanks_and_brackets(written: str, name: str) -> None:
    assert names.roster_person(written).name == name


def test_what_stands_in_brackets_goes_where_it_belongs() -> None:
    assert names.roster_person("张三（常委）").office == "常委"
    person = names.roster_person("马明（回族，女）")
    assert (person.office, person.ethnic_group, person.sex) == ("", "回族", "female")
    assert names.roster_person("张三（增补）").office == ""


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("张三、李四", "several_people"),
        ("张三\n李四", "several_people"),
        ("张三 李四", "several_people"),
        ("张三和李四", "several_people"),
        ("张三等8人", "and_others"),
        ("张三等八位代表", "and_others"),
        ("张三 等８人", "and_others"),
        ("张三等5名区代表", "and_others"),
        ("张三代表一行", "and_others"),
        ("张三（已辞职）", "left"),
        ("待增补", "vacant"),
        ("空缺", "vacant"),
        ("/", "vacant"),
        ("张3", "not_a_name"),
        ("\ue000三", "private_character"),
    ],
)
def test_a_roster_cell_that_is_not_one_name_is_refused(written: str, code: str) -> None:
    with pytest.raises(Refusal) as refusal:
        names.roster_person(written)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("张三、李四", ["张三", "李四"]),
        ("张 三，李 四；王五", ["张三", "李四", "王五"]),
        ("区人大代表张三、政协委员李四", ["张三", "李四"]),
        ("张三代表 李四委员", ["张三", "李四"]),
        ("张三、李四、张三", ["张三", "李四"]),
        ("区人大代表张三及区政协委员李四", ["张三", "李四"]),
        ("区人大代表李和平、张三", ["李和平", "张三"]),
    ],
)
def test_a_ledger_cell_may_name_several(written: str, expected: list[str]) -> None:
    assert [person.name for person in names.ledger_people(written)] == expected


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (Cell("n", 13800000000.0), "13800000000"),
        (text("１３８００００００００"), "13800000000"),
        (text("138-0000-0000"), "13800000000"),
        (text("+86 138 0000 0000"), "13800000000"),
        (text("13800000000.0"), "13800000000"),
        (text("手机：13800000000"), "13800000000"),
        (text("0510-88880000"), "051088880000"),
        (text("0510-88880000转8001"), "051088880000"),
        (text("88880000(办)"), "88880000"),
    ],
)
def test_a_telephone_number_is_read(cell: Cell, number: str) -> None:
    assert phones.phone(cell) == (number, None)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (text("138"), "phone_wrong"),
        (text("1.38E+10"), "phone_wrong"),
        (text("见通讯录"), "phone_wrong"),
        (Cell("e", "#N/A"), "phone_lost"),
        (Cell("f", ""), "phone_lost"),
    ],
)
def test_a_wrong_telephone_number_is_empty_and_warned_of(cell: Cell, code: str) -> None:
    number, warning = phones.phone(cell)
    assert number == ""
    assert warning is not None
    assert warning.code == code


@pytest.mark.parametrize(
    "cell",
    [
        text("2026-3-5"),
        text("2026/03/05"),
        text("2026.3.5"),
        text("2026．3．5"),
        text("2026年3月5日"),
        text("2026 年 3 月 5 日（星期四）"),
        text("２０２６年３月５日"),
        text("二〇二六年三月五日"),
        text("二零二六年三月五号"),
        text("20260305"),
        text("26.3.5"),
        text("3月5日"),
        text("三月五日"),
        text("3.5"),
        text("3/5"),
        text("2026-03-05 09:30:00"),
        text("2026/3/5 9:30"),
        text("2026年3月5日 上午9:30-11:00"),
        text("'2026-3-5"),
        text("2026年3月5日上午9:30"),
        text("2026，3，5"),
        text("46086"),
        text("46086.5"),
        Cell("n", 46086),
        Cell("n", 46086.75),
        Cell("n", 20260305),
        Cell("d", "2026-03-05"),
        Cell("d", "2026-03-05T09:30"),
    ],
)
def test_every_written_form_of_a_day_is_read(cell: Cell) -> None:
    assert dates.day(cell, today=TODAY, year=2026) == date(2026, 3, 5)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (text("2026-02-30"), "impossible_date"),
        (text("2026年13月1日"), "impossible_date"),
        (text("待定"), "not_a_date"),
        (text("2026年3月上旬"), "not_a_date"),
        (text("2026年3月"), "no_day"),
        (text("202603"), "no_day"),
        (text("2026年"), "no_day"),
        (text("3月5日至6日"), "date_range"),
        (text("2026.3.5-3.7"), "date_range"),
        (text("2028-01-01"), "far_future"),
        (text("1926-03-05"), "too_old"),
        (Cell("n", 3.1), "number_not_date"),
        (Cell("e", "#N/A"), "no_value"),
        (Cell("f", ""), "no_value"),
        (Cell("t", "09:30"), "not_a_date"),
    ],
)
def test_what_is_no_day_is_refused(cell: Cell, code: str) -> None:
    with pytest.raises(Refusal) as refusal:
        dates.day(cell, today=TODAY, year=2026)
    assert refusal.value.code == code


def test_a_day_without_a_year_needs_a_title_that_tells_it() -> None:
    with pytest.raises(Refusal) as refusal:
        dates.day(text("3月5日"), today=TODAY)
    assert refusal.value.code == "no_year"


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("2026年联络台账", 2026),
        ("台账（2025）", 2025),
        ("二〇二六年度", 2026),
        ("2021—2026年", None),
        ("Sheet1", None),
    ],
)
def test_the_year_of_a_title(title: str, year: int | None) -> None:
    assert dates.year_of(title) == year


@pytest.mark.parametrize(
    "cell",
    [
        text("1985.10"),
        text("1985年10月"),
        Cell("n", 198510),
        Cell("d", "1985-10-05"),
        text("85.10"),
        text("1985-10-3"),
    ],
)
def test_a_month_of_birth_is_read(cell: Cell) -> None:
    assert dates.month(cell, today=TODAY) == date(1985, 10, 1)


def test_a_month_that_may_have_lost_its_zero_is_refused() -> None:
    with pytest.raises(Refusal) as refusal:
        dates.month(Cell("n", 1985.1), today=TODAY)
    assert refusal.value.code == "ambiguous_month"


@pytest.mark.parametrize(
    ("written", "body", "level"),
    [
        ("区人大", "congress", "district"),
        ("区代表", "congress", "district"),
        ("人大代表(区)", "congress", "district"),
        ("人大代表（市）", "congress", "city"),
        ("全国人大代表", "congress", "national"),
        ("省级人大代表", "congress", "province"),
        ("自治区人大代表", "congress", "province"),
        ("禾城市知禾区人大代表", "congress", "district"),
        ("县级市人大代表", "congress", "district"),
        ("设区的市人大代表", "congress", "city"),
        ("甘露镇人大代表", "congress", "town"),
        ("市政协委员", "cppcc", "city"),
        ("政协知禾区第五届委员会委员", "cppcc", "district"),
        ("中国人民政治协商会议江南省委员会委员", "cppcc", "province"),
        ("人大常委会委员（区）", "congress", "district"),
        ("区", "", "district"),
        ("人大代表联络台账", "congress", ""),
        ("代表委员名册", "", ""),
    ],
)
def test_level_and_body_by_their_aliases(written: str, body: str, level: str) -> None:
    found = identity.identity(written)
    assert (found.body, found.level) == (body, level)


def test_the_number_and_place_of_a_term() -> None:
    found = identity.identity("知禾区第十五届人民代表大会代表名册")
    assert (found.place, found.number) == ("知禾区", 15)


def test_the_place_of_a_committee_is_not_its_number() -> None:
    found = identity.identity("政协第五届知禾区委员会委员名册")
    assert (found.place, found.number) == ("知禾区", 5)


def test_two_identities_in_one_cell_are_two_seats() -> None:
    found = identity.identities("省人大代表、区政协委员")
    assert [(each.body, each.level) for each in found] == [("congress", "province"), ("cppcc", "district")]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("一部", "第一检察部（刑事检察）"),
        ("第1检察部", "第一检察部（刑事检察）"),
        ("检察一部", "第一检察部（刑事检察）"),
        ("案管办", "案件管理办公室"),
        ("公益诉讼部", "第三检察部（公益诉讼检察）"),
        ("第三检察部(公益诉讼检察)", "第三检察部（公益诉讼检察）"),
        ("院办", "办公室"),
        ("办公室", "办公室"),
    ],
)
def test_departments_by_their_aliases(written: str, name: str) -> None:
    all_names = ["办公室", "第一检察部（刑事检察）", "第三检察部（公益诉讼检察）", "案件管理办公室"]
    words = nearest.Words((each, each, nearest.department_aliases(each)) for each in all_names)
    assert words.find(written) == name


def test_an_unknown_department_gets_the_nearest_guess() -> None:
    words = nearest.Words((each, each, nearest.department_aliases(each)) for each in ["办公室", "第一检察部"])
    assert words.find("第一检查部") is None
    assert words.nearest("第一检查部") == "第一检察部"


def test_a_word_like_no_other_is_told_what_there_is() -> None:
    words = nearest.Words((each, each, [each]) for each in ["走访", "电话"])
    assert words.guess("网络会议") == "已有的是：走访、电话。"
    assert words.all_known("走访、电话")
    assert not words.all_known("走访、网络会议")


@pytest.mark.parametrize(
    ("written", "start"),
    [("9:30", (9, 30)), ("2026/3/5 9:30", (9, 30)), ("上午9:30-11:00", (9, 30)), ("3月5日下午2点半", (14, 30))],
)
def test_a_time_of_day_is_read_alone_or_behind_a_day(written: str, start: tuple[int, int]) -> None:
    assert times.clock(text(written)) == time(*start)


def test_columns_are_named_as_excel_names_them() -> None:
    assert [letters(number) for number in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
