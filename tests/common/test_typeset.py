"""Chinese lines by rule."""

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from common.templatetags.typesetting import block, even, lines, squeeze
from common.typeset import CLOSING, LONELY, OPENING, STICKS, pieces_of, set_lines

pytestmark = pytest.mark.once

TEXT = (
    "您提出的《关于加强“西电东送”特高压线路监管的建议》，我们历时9个月办理，"
    "于2026年6月12日当面答复（知检复〔2026〕3号）。"
)


def em(char: str) -> float:
    return 0.5 if char.isascii() else 1.0


def rows(text: str, measure: float, indent: float = 2.0) -> list[str]:
    return [
        "".join(p.text for p in line.pieces) for line in set_lines(text, measure=measure, advance=em, indent=indent)
    ]


def width(text: str, measure: float, number: int) -> float:
    line = set_lines(text, measure=measure, advance=em)[number]
    return sum(p.room for p in line.pieces) + line.spacing * (sum(len(p.text) for p in line.pieces) - 1)


@given(st.text(alphabet="代表委员建议“”《》（），。；：！？、—…2026年abc ", max_size=200), st.integers(8, 40))
@example("0000代0—…《”0", 10)
@example("0000—0代0《…《", 10)
@example("000000000000000000000————————《 0", 10)
@settings(deadline=None)
def test_no_line_begins_with_closing_or_ends_with_opening_punctuation(text: str, measure: int) -> None:
    set_rows = rows(text, measure)

    assert "".join(set_rows).replace(" ", "") == text.replace(" ", "")
    for before, after in pairwise(set_rows):
        if len(before) > 7 and after.strip("".join(STICKS)):
            assert after[0] not in CLOSING
            assert before[-1] not in OPENING


@pytest.mark.parametrize("measure", [20, 24, 28.4, 36.3])
def test_both_edges_are_flush_but_for_the_last_line(measure: float) -> None:
    text = TEXT * 3
    count = len(rows(text, measure))

    assert width(text, measure, 0) == pytest.approx(measure - 2, abs=0.05)
    assert all(width(text, measure, number) == pytest.approx(measure, abs=0.05) for number in range(1, count - 1))


def test_a_paragraph_does_not_end_in_a_lonely_character() -> None:
    for length in range(40, 70):
        last = rows("禾" * length + "。", 20)[-1]
        assert len(last) >= LONELY


def test_a_year_stays_with_its_number() -> None:
    for measure in range(8, 20):
        assert not any(row.endswith("2026") for row in rows("这一年是2026年，那一年是2025年。", measure))


def test_two_closing_marks_side_by_side_take_the_room_of_one_and_a_half() -> None:
    assert [piece.room for piece in pieces_of("》，", em)] == [0.5, 1.0]


def test_air_stands_between_chinese_and_digits() -> None:
    aired = [(piece.text, piece.before, piece.after) for piece in pieces_of("共3A级", em)]

    assert aired == [("共", 0.0, 0.0), ("3A", 0.12, 0.12), ("级", 0.0, 0.0)]


def test_a_word_longer_than_a_line_is_cut() -> None:
    assert len(rows("a" * 2000, 20)) == 51


def test_markup_in_somebodys_words_is_shown_as_text() -> None:
    evil = '<script>alert(1)</script><img src="file:///etc/passwd">&amp;'
    for setter in (squeeze, lambda text: lines(text, 20), lambda text: block(text, 20)):
        made = setter(evil)
        assert "<script" not in made
        assert "<img" not in made
        assert "&lt;" in made


def test_a_two_character_name_is_set_as_wide_as_three() -> None:
    assert even("张禾") == "张\u3000禾"
    assert even("张晓禾") == "张晓禾"
