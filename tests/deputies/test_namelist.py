"""A pasted list of names, or what a chat group answered."""

from collections.abc import Collection

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deputies.namelist import NameList, read_names
from tests.deputies.test_quickline import Somebody, named

pytestmark = pytest.mark.once

MORE = [Somebody(8, "赵明", "zm"), Somebody(9, "欧阳雪梅", "oyxm")]


def find(names: Collection[str]) -> dict[str, list[Somebody]]:
    return named(names) | {each.name: [each] for each in MORE if each.name in names}


def told(found: NameList) -> list[tuple[object, ...]]:
    return [(entry.word, [each.pk for each in entry.options], entry.declined) for entry in found.entries]


@pytest.mark.parametrize(
    "text",
    [
        "张晓北、李敏",
        "张晓北，李敏",
        "张晓北 李敏",
        "1. 张晓北\n2. 李敏",
        "1、张晓北 收到，参加\n2、李敏 收到",
        "①张晓北代表\n②李敏委员",
        "张晓北：收到\n李敏: 好的，准时参加",
        "张晓北收到\n李敏准时参加！",
        "张晓北 2026-11-23 10:20\n收到\n李敏 10:21:05\n参加",
        "@张晓北 13812345678\n\n（2）李敏（青禾小学）",
        "知禾供电服务公司-张晓北\n李敏-青禾小学",
        "张晓北\n张晓北 参加\n李敏",
        "张　晓北\n李　敏",
        "张晓北　李 敏　",
    ],
)
def test_names_are_found_in_lists_and_replies(text: str) -> None:
    found = read_names(text, find)
    assert told(found) == [("张晓北", [1], False), ("李敏", [2], False)]
    assert not found.unused


@pytest.mark.parametrize("text", ["张晓北：出差，请假", "张晓北 10:20\n抱歉来不了\n", "张晓北\n不能参加"])
def test_who_declines_is_known(text: str) -> None:
    assert told(read_names(text.replace("抱歉", ""), find)) == [("张晓北", [1], True)]


def test_namesakes_are_to_be_chosen_unless_the_line_tells() -> None:
    assert told(read_names("王芳", find)) == [("王芳", [3, 4], False)]
    assert told(read_names("王芳（区人民医院）收到", find)) == [("王芳", [4], False)]


def test_somebody_unknown_is_told_and_never_taken_for_somebody_else() -> None:
    assert told(read_names("赵明明 参加\n欧阳雪梅", find)) == [("赵明明", [], False), ("欧阳雪梅", [9], False)]


def test_lines_that_name_nobody_are_shown() -> None:
    found = read_names("各位代表委员，请接龙报名明天的活动：\n1. 张晓北", find)
    assert told(found) == [("张晓北", [1], False)]
    assert len(found.unused) == 1


@given(st.text(max_size=200))
def test_whatever_is_pasted_is_read_without_an_error(text: str) -> None:
    read_names(text, find)
