from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from common.sheets import xlsx, xlsx_response

pytestmark = pytest.mark.once

HOSTILE = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "＝1+1",
    '=HYPERLINK("http://x","点")',
    "=cmd|' /C calc'!A0",
    "\x07=1",
    "{=1+1}",
    "\ud800坏",
    "a" * 40_000,
]


def opened(data: bytes):
    return load_workbook(BytesIO(data)).worksheets[0]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_becomes_a_formula(text: str) -> None:
    sheet = opened(xlsx("名册", ["内容"], [[text]]))
    assert sheet["A2"].data_type == "s"


def test_plain_openpyxl_would_have_written_a_formula() -> None:
    from openpyxl import Workbook

    sheet = Workbook().worksheets[0]
    sheet["A1"] = "=1+1"
    assert sheet["A1"].data_type == "f"


def test_the_headings_and_the_note_are_no_formula_either() -> None:
    sheet = opened(xlsx("=名册", ["=头"], [], note="=筛选"))
    assert {sheet["A1"].data_type, sheet["A2"].data_type} == {"s"}


def test_control_characters_are_gone_and_the_rest_stays() -> None:
    assert opened(xlsx("名册", ["内容"], [["走\x07访\x00\ufffe𬍛"]]))["A2"].value == "走访𬍛"


def test_days_and_numbers_stay_what_they_are() -> None:
    sheet = opened(xlsx("台账", ["日期", "次"], [[date(2026, 3, 5), 7]], note="筛选：无　共 1 次"))
    assert sheet["A1"].value == "筛选：无　共 1 次"
    assert sheet["A3"].value.date() == date(2026, 3, 5)
    assert sheet["B3"].value == 7


def test_the_heading_row_stays_in_view() -> None:
    assert opened(xlsx("台账", ["日期"], [["x"]], note="n")).freeze_panes == "A3"


def test_a_title_with_forbidden_signs_is_no_error() -> None:
    assert opened(xlsx("a/b:c[d]*?" + "长" * 40, ["x"], [])).title.startswith("a b c d")


def test_the_download_is_named_in_chinese_and_not_kept() -> None:
    response = xlsx_response("联络台账", ["日期"], [])
    assert "filename*=UTF-8''%E8%81%94" in response["Content-Disposition"]
    assert response["Cache-Control"] == "no-store"
