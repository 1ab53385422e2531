import pytest

from common.pinyin import INTERPUNCTS, reading, search_key, search_text, search_words

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("name", "full", "initials"),
    [
        ("张晓北", "zhang xiao bei", "zxb"),
        ("单小明", "shan xiao ming", "sxm"),
        ("仇英", "qiu ying", "qy"),
        ("解缙", "xie jin", "xj"),
        ("查良", "zha liang", "zl"),
        ("曾伟", "zeng wei", "zw"),
        ("区明", "ou ming", "om"),
        ("翟天", "zhai tian", "zt"),
        ("覃勇", "qin yong", "qy"),
        ("朴真", "piao zhen", "pz"),
        ("盖明", "ge ming", "gm"),
        ("乐明", "yue ming", "ym"),
        ("缪伟", "miao wei", "mw"),
        ("尉迟恭", "yu chi gong", "ycg"),
        ("单于明", "chan yu ming", "cym"),
        ("万俟雅", "mo qi ya", "mqy"),
        ("吕布", "lv bu", "lb"),
    ],
)
def test_a_surname_is_read_as_a_surname(name: str, full: str, initials: str) -> None:
    assert reading(name) == (full, initials)


def test_without_the_table_the_everyday_reading_would_win(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("common.pinyin.SURNAMES", {})
    assert reading("单小明")[0] == "dan xiao ming"


def test_a_transliterated_name_has_no_han_surname() -> None:
    assert reading("查干·巴特尔")[0].startswith("cha gan")


def test_a_character_without_a_reading_stands_for_itself() -> None:
    assert reading("𪛖伟") == ("𪛖 wei", "𪛖w")


@pytest.mark.parametrize("dot", [*INTERPUNCTS, "･", ""])
def test_a_name_is_found_under_any_dot(dot: str) -> None:
    stored = search_text("阿卜杜拉·艾山")
    assert all(word in stored for word in search_words(f"阿卜杜拉{dot}艾山"))


@pytest.mark.parametrize(
    "query", ["单小", "shanxiaoming", "shanx", "xiaoming", "sxm", "SXM", "ＳＸＭ", "danxiaoming", "电缆"]
)
def test_a_person_is_found_by_name_pinyin_initials_and_unit(query: str) -> None:
    assert all(word in search_text("单小明", "知禾电缆") for word in search_words(query))


@pytest.mark.parametrize("query", ["anxiao", "xm", "iaoming"])
def test_letters_from_the_middle_of_a_reading_find_nobody(query: str) -> None:
    assert not all(word in search_text("单小明", "知禾电缆") for word in search_words(query))


def test_compatibility_forms_are_equal_in_the_key_only() -> None:
    assert search_key("\uf979") == search_key("凉")


@pytest.mark.parametrize("query", ["", "   ", "···", "！！"])
def test_odd_queries_are_no_error(query: str) -> None:
    assert isinstance(search_words(query), list)
