"""Names, years and days as the portrait writes them."""

import pytest

from profiles.templatetags.portrait import cn_year, name_size, when

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("name", "size"),
    [("张禾", ""), ("欧阳禾清", ""), ("阿依努尔·艾山", "long"), ("禾" * 12, "longer"), ("禾" * 30, "longest")],
)
def test_a_long_name_is_set_smaller(name: str, size: str) -> None:
    assert name_size(name) == size


def test_dates_are_written_the_chinese_way() -> None:
    assert cn_year(2026) == "二〇二六年"
    assert when("2026-03-05", 2026) == "3月5日"
    assert when("2025-09-04", 2026) == "2025.9.4"
