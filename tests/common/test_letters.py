"""Measures of an official letter (GB/T 9704-2012), read back from its bytes."""

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt

from common.letters import Cell, Paper
from common.letters.headline import em, headline

DAY = date(2026, 11, 23)


def letter(*, mark: str = "A类", body: str = "正文“引号”") -> Paper:
    paper = Paper(title="关于某事的答复", day=DAY)
    paper.letterhead("知禾区人民检察院", mark=mark)
    paper.number("知检函〔2026〕3号")
    paper.title("关于某事的答复", lines_above=2)
    paper.line("尊敬的张三代表：")
    paper.head("一、办理情况")
    paper.subhead("（一）走访")
    paper.body(body)
    paper.signature("知禾区人民检察院", "2026年11月23日")
    paper.note("联系人：王办")
    paper.copies("抄送：区人大常委会代表工作委员会。")
    return paper


def opened(paper: Paper) -> Document:
    return docx.Document(BytesIO(paper.to_bytes()))


def part(paper: Paper, name: str) -> str:
    return ZipFile(BytesIO(paper.to_bytes())).read(name).decode()


def mm(length: int | None) -> float:
    assert length is not None
    return round(Length(length).mm, 1)


def line_of(document: Document, text: str):
    return next(paragraph for paragraph in document.paragraphs if paragraph.text == text)


def style(document: Document, key: str):
    return next(each for each in document.styles.element if each.get(qn("w:styleId")) == key)


def test_the_page_is_a4_with_the_type_area_of_the_standard() -> None:
    section = opened(letter()).sections[0]
    assert (mm(section.page_width), mm(section.page_height)) == (210, 297)
    assert (mm(section.top_margin), mm(section.left_margin)) == (37, 28)
    assert mm(section.page_width - section.left_margin - section.right_margin) == 156
    assert mm(section.page_height - section.top_margin - section.bottom_margin) == 225


def test_22_lines_of_28_characters_fill_it() -> None:
    document = opened(letter())
    grid = document.sections[0]._sectPr.find(qn("w:docGrid"))
    pitch, closer = int(grid.get(qn("w:linePitch"))), int(grid.get(qn("w:charSpace"))) / 4096
    assert grid.get(qn("w:type")) == "linesAndChars"
    assert 225 - 0.5 < 22 * Pt(pitch / 20).mm <= 225
    assert 156 - 0.1 < 28 * Pt(16 + closer).mm < 156 + 0.1
    normal = style(document, "Normal").find(f".//{qn('w:spacing')}")
    assert (normal.get(qn("w:line")), normal.get(qn("w:lineRule"))) == (str(pitch), "exact")


@pytest.mark.parametrize(
    ("key", "face", "half_points"),
    [("Title", "方正小标宋简体", "44"), ("Heading1", "黑体", None), ("Heading2", "楷体_GB2312", None)],
)
def test_each_level_has_its_face(key: str, face: str, half_points: str | None) -> None:
    found = style(opened(letter()), key)
    assert found.find(f".//{qn('w:rFonts')}").get(qn("w:eastAsia")) == face
    size = found.find(f".//{qn('w:sz')}")
    assert (size.get(qn("w:val")) if size is not None else None) == half_points


def test_the_body_is_in_fangsong_of_size_3_with_two_characters_before_it() -> None:
    document = opened(letter())
    defaults = document.styles.element.find(qn("w:docDefaults"))
    assert defaults.find(f".//{qn('w:rFonts')}").get(qn("w:eastAsia")) == "仿宋_GB2312"
    assert defaults.find(f".//{qn('w:sz')}").get(qn("w:val")) == "32"
    assert style(document, "BodyText").find(f".//{qn('w:ind')}").get(qn("w:firstLineChars")) == "200"


def test_quotation_marks_are_set_in_the_chinese_face() -> None:
    run = line_of(opened(letter()), "正文“引号”").runs[0]
    assert run._r.rPr.rFonts.get(qn("w:hint")) == "eastAsia"


def test_the_font_table_names_what_stands_in_for_a_missing_face() -> None:
    table = part(letter(), "word/fontTable.xml")
    assert '<w:font w:name="方正小标宋简体"><w:altName w:val="方正小标宋_GBK,' in table
    assert '<w:font w:name="仿宋_GB2312"><w:altName w:val="仿宋,' in table


def test_the_head_is_red_with_a_double_rule_170_mm_long_and_the_mark_is_at_the_right() -> None:
    section = opened(letter()).sections[0]
    mark, house, thin = section.first_page_header.paragraphs
    assert (mark.text, str(mark.alignment)) == ("A类", "RIGHT (2)")
    assert (house.text, str(house.runs[0].font.color.rgb)) == ("知禾区人民检察院", "FF0000")
    assert mm(section.header_distance) + mm(mark.paragraph_format.line_spacing) == 30
    for rule in (house, thin):
        form = rule.paragraph_format
        assert mm(156 * Mm(1) - form.left_indent - form.right_indent) == 170
    weights = [int(each._p.find(f".//{qn('w:bottom')}").get(qn("w:sz"))) for each in (house, thin)]
    assert weights[0] > weights[1]
    above, below = section.first_page_footer.paragraphs
    feet = [int(each._p.find(f".//{qn('w:top')}").get(qn("w:sz"))) for each in (above, below)]
    assert feet[0] < feet[1]
    assert mm(section.footer_distance) == 20


def test_the_first_page_has_no_number_and_the_others_have_it_at_the_outer_edge() -> None:
    section = opened(letter()).sections[0]
    assert section.different_first_page_header_footer
    assert "PAGE" not in section.first_page_footer._element.xml
    for footer, side in ((section.footer, "RIGHT (2)"), (section.even_page_footer, "LEFT (0)")):
        number = footer.paragraphs[0]
        assert str(number.alignment) == side
        assert (number.text, "PAGE" in number._p.xml) == ("— 1 —", True)
        run = number.runs[0]
        assert (run._r.rPr.rFonts.get(qn("w:ascii")), run.font.size) == ("宋体", Pt(14))
    assert "<w:evenAndOddHeaders/>" in part(letter(), "word/settings.xml")


def test_the_date_leaves_four_characters_for_the_seal_and_the_name_is_centred_on_it() -> None:
    document = opened(letter())
    name, day = line_of(document, "知禾区人民检察院"), line_of(document, "2026年11月23日")
    char = Mm(156).pt / 28
    assert day.paragraph_format.right_indent.pt == pytest.approx(4 * char, abs=0.1)
    middles = [each.paragraph_format.right_indent.pt + em(each.text) * char / 2 for each in (name, day)]
    assert middles[0] == pytest.approx(middles[1], abs=0.2)
    assert name.paragraph_format.keep_with_next


def test_copies_stand_at_the_foot_of_the_type_area() -> None:
    line = line_of(opened(letter()), "抄送：区人大常委会代表工作委员会。")
    frame = line._p.pPr.find(qn("w:framePr"))
    assert (frame.get(qn("w:vAnchor")), frame.get(qn("w:yAlign"))) == ("margin", "bottom")
    assert line.runs[0].font.size == Pt(14)


def test_the_same_content_gives_the_same_bytes_and_nobody_is_named_as_author() -> None:
    first, again = letter().to_bytes(), letter().to_bytes()
    assert first == again
    known = docx.Document(BytesIO(first)).core_properties
    assert (known.author, known.last_modified_by, known.comments) == ("", "", "")
    assert (known.title, known.created.date(), known.modified.date()) == ("关于某事的答复", DAY, DAY)
    names = ZipFile(BytesIO(first)).namelist()
    assert not [name for name in names if "thumbnail" in name or "custom" in name.lower() or "app.xml" in name]


def test_what_xml_cannot_hold_is_left_out() -> None:
    document = opened(letter(body="正\x00文\x0b\ufffe完"))
    assert line_of(document, "正文完")


def test_a_second_sheet_keeps_the_head_and_counts_its_pages_anew() -> None:
    paper = letter()
    paper.new_sheet()
    paper.line("尊敬的李四代表：")
    first, second = opened(paper).sections
    assert second.first_page_header.is_linked_to_previous
    assert second.different_first_page_header_footer
    assert second._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"
    assert str(second.start_type) == "ODD_PAGE (4)"
    assert mm(second.top_margin) == mm(first.top_margin)


def test_a_table_is_as_wide_as_the_type_area_and_its_rows_do_not_break() -> None:
    paper = Paper(title="表", day=DAY)
    rows = [[Cell("标题", is_label=True), Cell("甲\n乙", span=3)], [Cell("一"), Cell("二"), Cell("三"), Cell("四")]]
    paper.table([28, 50, 28, 50], rows, heights=[15, 12])
    (table,) = opened(paper).tables
    assert sum(mm(column.width) for column in table.columns) == 156
    assert table.cell(0, 1).text == "甲\n乙"
    assert table.cell(0, 1)._tc is table.cell(0, 3)._tc
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("关于某事的答复", ["关于某事的答复"]),
        (
            "关于知禾区五届人大四次会议第12号建议的答复",
            ["关于知禾区五届人大四次会议", "第12号建议的答复"],
        ),
    ],
)
def test_a_title_breaks_where_it_is_read(title: str, lines: list[str]) -> None:
    assert headline(title, 20) == lines


def test_no_line_of_a_title_is_too_long_or_begins_with_a_stop() -> None:
    for length in range(1, 90):
        title = ("关于“加强电力设施保护、涉农检察（2026年第1203号）工作”的" * 4)[:length]
        lines = headline(title, 20)
        assert "".join(lines) == title
        assert all(em(line) <= 20 for line in lines)
        assert not any(line[0] in "，、）”的" for line in lines[1:])
