"""Charts as pure functions: what they say in words, where they lead, and that they pass CSP and print."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from common import charts

pytestmark = pytest.mark.once

EACH = [
    charts.month_strip([1, 0, 3]),
    charts.bars([("走访", 4), ("座谈", 0)]),
    charts.ring(3, 4),
]


def words(svg: str) -> str:
    title = ElementTree.fromstring(svg).find("{http://www.w3.org/2000/svg}title")
    assert title is not None
    return title.text or ""


@pytest.mark.parametrize("svg", EACH)
def test_a_chart_carries_no_style_and_no_script(svg: str) -> None:
    assert "style" not in svg
    assert "script" not in svg
    assert 'font-family="Noto Sans CJK SC' in svg


def test_the_month_strip_says_each_month_that_had_something() -> None:
    assert words(charts.month_strip([2, 0, 5])) == "每月联络：1月2次，3月5次"


def test_an_empty_month_prints_no_zero() -> None:
    assert ">0<" not in charts.month_strip([0] * 12)


def test_the_fullest_month_is_the_deepest() -> None:
    tones = re.findall(r"tone-(\d)", charts.month_strip([0, 1, 5, 10]))

    assert tones == ["0", "1", "2", "4"]


def test_each_part_of_a_linked_strip_leads_somewhere() -> None:
    svg = charts.month_strip([1] * 12, links=[f"/contacts/?year=2026&month={month}" for month in range(1, 13)])

    assert svg.count("<a href=") == 12
    assert "/contacts/?year=2026&amp;month=12" in svg
    assert 'role="group"' in svg


def test_bars_print_each_value_with_its_unit() -> None:
    assert words(charts.bars([("走访", 4), ("座谈", 0)], unit="人次", title="方式")) == "方式：走访4人次，座谈0人次"


def test_an_empty_ring_says_so_and_never_zero_percent() -> None:
    svg = charts.ring(0, 0, title="联络覆盖")

    assert words(svg) == "联络覆盖：暂无"
    assert "0人" not in svg


def test_a_ring_never_turns_more_than_once() -> None:
    around, whole = re.findall(r'stroke-dasharray="([\d.]+) ([\d.]+)"', charts.ring(9, 4))[0]

    assert around == whole


def test_nothing_to_show_is_still_a_picture() -> None:
    for svg in [charts.month_strip([]), charts.bars([])]:
        assert "没有记录" in words(svg)


def test_a_label_is_text_and_never_markup() -> None:
    svg = charts.bars([("<b>&王", 1)])

    assert "<b>" not in svg
    assert "<b>&王1次" in words(svg)


counts = st.lists(st.integers(0, 10_000), max_size=14)
labels = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)


@settings(max_examples=60, deadline=None)
@given(counts, st.lists(st.tuples(labels, st.integers(0, 10_000)), max_size=6))
def test_any_numbers_make_a_well_formed_picture(numbers: list[int], rows: list[tuple[str, int]]) -> None:
    for svg in [charts.month_strip(numbers), charts.bars(rows)]:
        ElementTree.fromstring(svg)
