import pytest

from common.quotes import quoted, titled

pytestmark = pytest.mark.once


def test_a_title_with_quotation_marks_has_single_ones_inside() -> None:
    assert quoted("“携手关爱”检察开放日") == "“‘携手关爱’检察开放日”"
    assert quoted("检察开放日") == "“检察开放日”"


def test_a_law_named_in_a_title_has_single_brackets() -> None:
    assert titled("关于落实《未成年人保护法》的建议") == "《关于落实〈未成年人保护法〉的建议》"
