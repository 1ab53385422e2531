"""One line that is understood. Monday, 23 November 2026 is today."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deputies.quickline import Choices, Kind, Reading, Vocabulary, read

pytestmark = pytest.mark.once

TODAY = date(2026, 11, 23)


@dataclass(frozen=True)
class Somebody:
    pk: int
    name: str
    initials: str
    unit: str = ""
    post: str = ""
    area: str = ""


PEOPLE = [
    Somebody(1, "张晓北", "zxb", "知禾供电服务公司"),
    Somebody(2, "李敏", "lm", "青禾小学"),
    Somebody(3, "王芳", "wf", "禾塘镇中心小学", area="禾塘镇"),
    Somebody(4, "王芳", "wf", "区人民医院", "护士长", area="甘露镇"),
    Somebody(5, "阿卜杜拉·艾山", "abdlas"),
    Somebody(6, "周小满", "zxm", "甘露合作社"),
    Somebody(7, "周雪梅", "zxm", "稻香书店"),
]
METHODS = {"走访": 11, "1": 11, "上门": 11, "座谈": 12, "座谈会": 12, "2": 12, "电话": 13, "3": 13}
AREAS = {"甘露": "甘露镇", "甘露镇": "甘露镇", "禾塘": "禾塘镇", "禾塘镇": "禾塘镇"}


def named(names: Collection[str]) -> dict[str, list[Somebody]]:
    return {name: found for name in names if (found := [each for each in PEOPLE if each.name == name])}


def like(word: str) -> list[Somebody]:
    exact = [each for each in PEOPLE if each.initials == word.casefold()]
    return exact or [each for each in PEOPLE if each.initials.startswith(word) or word in each.name + each.unit]


WORDS = Vocabulary(TODAY, METHODS, AREAS, named, like)


def told(line: str, choices: Choices | None = None, words: Vocabulary = WORDS) -> tuple[object, ...]:
    found = read(line, words, choices)
    day = found.value(Kind.WHEN)
    names = [person.pk for person in found.people]
    return names, found.value(Kind.HOW), day and day.isoformat()[5:], found.value(Kind.WHERE), found.note


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("zxb 走访 昨天 甘露 希望加强涉农普法", ([1], 11, "11-22", "甘露镇", "希望加强涉农普法")),
        ("走访 甘露镇 上周五 张晓北 谈电价", ([1], 11, "11-20", "甘露镇", "谈电价")),
        ("zxb，李敏、2 11.20 希望 走访 更多", ([1, 2], 12, "11-20", None, "希望 走访 更多")),
        ("ZXB ３ 谈线路，明天再访", ([1], 13, None, None, "谈线路，明天再访")),
        ("张晓北 电话 明天送材料", ([1], 13, None, None, "明天送材料")),
        ("阿卜杜拉·艾山 座谈 @区政协 谈普法", ([5], 12, None, "区政协", "谈普法")),
        ("zxb 走访 在甘露村委会 谈水渠", ([1], 11, None, "甘露村委会", "谈水渠")),
        ("zxb 在会上希望加强普法", ([1], None, None, None, "在会上希望加强普法")),
        ("昨天走访张晓北 谈电价", ([1], 11, "11-22", None, "谈电价")),
        ("昨天去甘露走访张晓北和李敏 谈电价", ([1, 2], 11, "11-22", "甘露镇", "谈电价")),
        ("张晓北代表 上门 谈电价", ([1], 11, None, None, "谈电价")),
        ("供电 走访 谈电价", ([1], 11, None, None, "谈电价")),
        ("zxb 走访 电话里谈过", ([1], 11, None, None, "电话里谈过")),
        ("zxb 走访 电话 里谈过", ([1], 11, None, None, "电话 里谈过")),
        ("zxb zxb 张晓北 走访 谈", ([1], 11, None, None, "谈")),
        ("希望加强普法 zxb", ([], None, None, None, "希望加强普法 zxb")),
        ("", ([], None, None, None, "")),
        ("  ，、 ", ([], None, None, None, "")),
    ],
)
def test_a_line_is_understood(line: str, expected: tuple) -> None:
    assert told(line) == expected


def open_words(found: Reading) -> dict[str, list[int]]:
    return {piece.word: [person.pk for person in piece.options] for piece in found.open}


def test_namesakes_are_asked_about_and_never_guessed() -> None:
    found = read("王芳 走访 谈体检", WORDS)
    assert found.people == []
    assert open_words(found) == {"王芳": [3, 4]}
    assert found.note == "谈体检"


@pytest.mark.parametrize("line", ["王芳 医院 走访 谈体检", "王芳 护士 走访 谈体检", "王芳 走访 甘露 谈体检"])
def test_unit_post_or_area_tells_namesakes_apart(line: str) -> None:
    found = read(line, WORDS)
    assert [person.pk for person in found.people] == [4]
    assert not found.open


def test_somebody_chosen_once_stays_chosen() -> None:
    found = read("zxm 走访 谈", WORDS, Choices(pick={"zxm": 7}))
    assert [person.pk for person in found.people] == [7]
    assert open_words(read("zxm 走访 谈", WORDS, Choices(pick={"zxm": 1}))) == {"zxm": [6, 7]}


def test_a_word_taken_back_goes_to_the_note_but_initials() -> None:
    assert told("zxb 走访 昨天 谈", Choices(skip=frozenset({"走访"}))) == ([1], None, "11-22", None, "走访 谈")
    assert told("zxb lm 走访 谈", Choices(skip=frozenset({"lm"}))) == ([1], 11, None, None, "谈")
    assert told("昨天走访张晓北 谈", Choices(skip=frozenset({"走访"}))) == ([1], None, "11-22", None, "走访 谈")


def test_with_somebody_given_a_word_of_the_note_is_no_unit() -> None:
    words = replace(WORDS, has_people=True)
    assert told("小学 门口装路灯", words=words) == ([], None, None, None, "小学 门口装路灯")
    assert told("lm 走访 小学 门口装路灯", words=words)[0] == [2]


@given(
    st.text(max_size=80)
    | st.lists(st.sampled_from([*METHODS, *AREAS, "zxb", "王芳", "昨天", "，", "谈", "@"])).map(" ".join)
)
def test_whatever_is_typed_is_read_without_an_error_and_the_note_is_its_end(line: str) -> None:
    found = read(line, WORDS)
    assert line.rstrip().endswith(found.note)
