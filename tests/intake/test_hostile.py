"""Broken, encrypted, giant and hostile files are refused with a sentence; nothing is half imported."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from intake.reading.cells import letters
from intake.workbook import WorkbookRefused, look_into, opened
from staff.models import User
from tests.intake.books import ROSTER, book, file_of, take
from tests.intake.mutations import mutated_books

DATA = Path(__file__).parents[1] / "data"


def refusal(data: bytes, name: str = "x.xlsx") -> str:
    with pytest.raises(WorkbookRefused) as refused, opened(BytesIO(data), name):
        pass
    return str(refused.value)


def good() -> bytes:
    return file_of(book({"名册": [ROSTER, [1, "张三", "男", "厂", "工", 13800000001, "区"]]})).getvalue()


def changed(**parts: bytes | None) -> bytes:
    """The good workbook with parts replaced, added or (None) left out. Keys: __ for / and ___ for a dot."""
    names = {key.replace("___", ".").replace("__", "/"): value for key, value in parts.items()}
    data = BytesIO()
    with zipfile.ZipFile(BytesIO(good())) as old, zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in names:
                new.writestr(name, old.read(name))
        for name, value in names.items():
            if value is not None:
                new.writestr(name, value)
    return data.getvalue()


SHEET = "xl__worksheets__sheet1___xml"


def test_entities_that_blow_up_or_fetch_files_are_refused() -> None:
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><worksheet><sheetData/></worksheet>'
    outside = (
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet><sheetData>&a;</sheetData></worksheet>'
    )
    assert "已损坏" in refusal(changed(**{SHEET: laughs}))
    assert "已损坏" in refusal(changed(**{SHEET: outside}))


def test_a_sheet_that_inflates_to_hundreds_of_megabytes_is_refused() -> None:
    bomb = b"<worksheet><sheetData>" + b" " * 40_000_000 + b"</sheetData></worksheet>"
    assert "太大" in refusal(changed(**{SHEET: bomb}))


def test_too_many_parts_too_many_rows_and_far_columns_are_refused() -> None:
    parts = {f"xl__media__image{number}___png": b"x" for number in range(1100)}
    assert "太大" in refusal(changed(**parts))
    far = b'<worksheet><sheetData><row r="1"><c r="XFD1"><v>1</v></c></row></sheetData></worksheet>'
    assert "多余的列" in refusal(changed(**{SHEET: far}))


def sheet_of(rows: str, merges: str = "") -> bytes:
    return f"<worksheet><sheetData>{rows}</sheetData><mergeCells>{merges}</mergeCells></worksheet>".encode()


@pytest.mark.parametrize("numbers", [(-5,), (0,), (1_048_577,), (99_999_999_999_999,), (2, 1), (1, 1)])
def test_rows_that_no_sheet_has_are_refused(numbers: tuple[int, ...]) -> None:
    rows = "".join(f'<row r="{number}"><c><v>1</v></c></row>' for number in numbers)
    assert "已损坏" in refusal(changed(**{SHEET: sheet_of(rows)}))


def test_a_block_over_the_whole_sheet_costs_nothing_and_a_pile_of_blocks_is_refused() -> None:
    row = '<row r="1"><c><v>1</v></c></row>'
    with opened(BytesIO(changed(**{SHEET: sheet_of(row, '<mergeCell ref="A1:XFD1048576"/>')})), "x.xlsx") as workbook:
        assert workbook.sheets[0].merges[0].last_column == 256
    pile = "".join(f'<mergeCell ref="A1:{letters(number)}{number}"/>' for number in range(1, 400))
    assert "已损坏" in refusal(changed(**{SHEET: sheet_of(row, pile)}))


def test_what_nobody_sees_is_not_part_of_a_text() -> None:
    data = "姓名,单位\n\u202d张\x01三\u202c,知禾\x07厂\n\x02,\u200f\n".encode()
    with opened(BytesIO(data), "区人大.csv") as workbook:
        rows = list(workbook.sheets[0].rows())
    assert [cell.text for row in rows for cell in row.own.values()] == ["姓名", "单位", "张三", "知禾厂"]


def test_macros_binary_word_and_password_are_refused() -> None:
    assert "宏" in refusal(changed(xl__vbaProject___bin=b"x"))
    assert "xlsb" in refusal(changed(xl__workbook___bin=b"x"))
    assert "Word" in refusal(changed(word__document___xml=b"x"))
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    assert "加密" in refusal(ole + "EncryptedPackage".encode("utf-16-le"))
    assert "宏" in refusal(ole + "_VBA_PROJECT_CUR".encode("utf-16-le"))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "空的"),
        (b"%PDF-1.4 ...", "PDF"),
        (b"\x89PNG....", "图片"),
        (b"<html><table><tr><td>a</td></tr></table></html>", "网页"),
        (b"\xff\xfe\x00", "编码"),
        (b"a\x00b,c", "不是文本表格"),
        (b"\x81\x30\x81", "编码"),
        (good()[: len(good()) // 2], "已损坏"),
    ],
)
def test_what_is_no_workbook_is_named(data: bytes, words: str) -> None:
    assert words in refusal(data)


def test_a_file_over_the_limit_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("intake.workbook.MAX_BYTES", 1000)
    assert "超过" in refusal(good())


def test_a_reader_that_hangs_is_stopped(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    sleeper = tmp_path / "sleeper.py"
    sleeper.write_text("import time; time.sleep(60)")
    monkeypatch.setattr("intake.workbook.DECODER", sleeper)
    monkeypatch.setattr("intake.workbook.SECONDS", {"whole": 0.5, "look": 0.1})
    assert "超时" in refusal(good())
    look_into(BytesIO(good()))  # somebody waits: left to the whole reading


def test_the_reader_gets_nothing_of_our_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    teller = tmp_path / "teller.py"
    teller.write_text("import json, os; print(json.dumps({'refused': ','.join(sorted(os.environ))}))")
    monkeypatch.setenv("SECRET_KEY", "x")
    monkeypatch.setattr("intake.workbook.DECODER", teller)
    assert "SECRET_KEY" not in refusal(good())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_a_csv_is_read_in_every_encoding_that_excel_and_wps_write(encoding: str) -> None:
    data = "姓名,单位\r\n张三,“知禾”厂\r\n".encode(encoding)
    with opened(BytesIO(data), "区人大.csv") as workbook:
        (sheet,) = workbook.sheets
        assert sheet.name == "区人大"
        assert [row.cell(1).text for row in sheet.rows()] == ["单位", "“知禾”厂"]


def test_an_xls_tells_hidden_rows_sheets_merged_blocks_and_dates() -> None:
    with opened(BytesIO((DATA / "委员名册.xls").read_bytes()), "委员名册.xls") as workbook:
        first, second = workbook.sheets
        rows = {row.number: row for row in first.rows()}
    assert (first.hidden, second.hidden) == (False, True)
    assert rows[6].hidden
    assert rows[4].cell(3) == ("d", "1978-05-01")
    assert rows[8].cell(6).text == "工商联界"


@pytest.mark.django_db
def test_mutated_workbooks_give_a_sentence_or_a_complete_import(office: User) -> None:
    """Through the reader's own process. Whatever is not refused is accounted for row by row."""
    sentences: list[str] = []
    imported = 0
    for name, data in mutated_books(DATA, 40):
        try:
            taken = take(data, office, name=name)
        except WorkbookRefused as refusal:
            sentences.append(str(refusal))
        else:
            counts = taken.counts
            assert counts["rows_with_text"] == counts["imported"] + counts["errors"] + counts["ignored"]
            assert len(taken.rows) == counts["rows_with_text"]
            imported += 1
    assert len(sentences) > 5
    assert all(sentence.endswith("。") for sentence in sentences)
    assert imported > 5
