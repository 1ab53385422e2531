"""What stands outside the text: the red head of a letter, its double rules, the page numbers; all drawn as paragraphs
with borders and exact heights, because Word, WPS and LibreOffice agree on these."""

from typing import Any

from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shared import Length, Pt, RGBColor
from docx.text.paragraph import Paragraph

from common.letters import faces
from common.letters import measures as m

RED = "FF0000"
_THICK, _THIN = 18, 6  # eighths of a point
_LONGEST_NAME = 36  # points: 小初


def dress(section: Section) -> None:
    """Edges and grid of the page; numbering starts anew."""
    section.page_width, section.page_height = m.PAGE_WIDTH, m.PAGE_HEIGHT
    section.top_margin, section.left_margin = m.TOP, m.LEFT
    section.right_margin, section.bottom_margin = m.RIGHT, m.BOTTOM
    section.header_distance, section.footer_distance = m.HEADER_DISTANCE, m.FOOTER_DISTANCE
    properties = section._sectPr
    for name in ("w:pgNumType", "w:docGrid"):
        for old in properties.findall(qn(name)):
            properties.remove(old)
    closer = round((m.CHAR - m.BODY.pt) * 4096)
    numbering = parse_xml(f'<w:pgNumType {nsdecls("w")} w:start="1"/>')
    properties.find(qn("w:cols")).addprevious(numbering)
    properties.append(
        parse_xml(
            f'<w:docGrid {nsdecls("w")} w:type="linesAndChars" w:linePitch="{m.LINE.twips}" w:charSpace="{closer}"/>'
        )
    )


def page_numbers(section: Section) -> None:
    """— 1 — towards the outer edge: right on odd pages, left on even ones."""
    for footer, side in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        footer.is_linked_to_previous = False
        number = footer.paragraphs[0]
        number.alignment = side
        exactly(number, m.SMALL)
        indent(number, left=m.SMALL, right=m.SMALL)
        number._p.extend(_numbered())
        exactly(footer.add_paragraph(), m.PAGE_NUMBER_LIFT)


def letterhead(section: Section, house: str, mark: str) -> None:
    """First page only: the mark of the result at the top right, the house in red, a double rule above and below."""
    section.different_first_page_header_footer = True
    header, footer = section.first_page_header, section.first_page_footer
    header.is_linked_to_previous = footer.is_linked_to_previous = False
    top = header.paragraphs[0]
    top.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    exactly(top, m.MARK_LINE)
    text(top, mark, face=faces.HEAD_FACE)
    name = header.add_paragraph()
    name.alignment = WD_ALIGN_PARAGRAPH.CENTER
    size = Pt(min(_LONGEST_NAME, int(m.TYPE_WIDTH.pt / max(len(house), 1))))
    exactly(name, Pt(size.pt * 1.2))
    text(name, house, face=faces.TITLE_FACE, size=size, color=RED)
    _rule(name, "bottom", _THICK, gap=11)  # 4 mm
    _rule(exactly(header.add_paragraph(), Pt(3)), "bottom", _THIN)
    _rule(exactly(footer.paragraphs[0], Pt(3)), "top", _THIN)
    _rule(exactly(footer.add_paragraph(), Pt(1)), "top", _THICK)


def bare_first_page(section: Section) -> None:
    section.different_first_page_header_footer = False


SHEET = WD_SECTION.ODD_PAGE  # what goes to the next person begins on a sheet of its own, printed on both sides too


def text(paragraph: Paragraph, words: str, *, face: str = "", size: Length | None = None, color: str = "") -> None:
    """One run; ``face`` and ``size`` only where they differ from the style."""
    run = paragraph.add_run(words)
    properties = run._r.get_or_add_rPr()
    properties.insert(0, parse_xml(faces.fonts(face, nsdecls("w"))))
    if size:
        run.font.size = size
    if color:
        run.font.color.rgb = RGBColor.from_string(color)


def exactly(paragraph: Paragraph, height: Length) -> Paragraph:
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    paragraph.paragraph_format.line_spacing = height
    return paragraph


def indent(paragraph: Paragraph, *, left: Length | None = None, right: Length | None = None) -> None:
    if left is not None:
        paragraph.paragraph_format.left_indent = left
    if right is not None:
        paragraph.paragraph_format.right_indent = right


def _rule(paragraph: Paragraph, side: str, weight: int, *, gap: int = 0) -> None:
    indent(paragraph, left=m.RULE_LEFT, right=m.RULE_RIGHT)
    borders = OxmlElement("w:pBdr")
    borders.append(
        parse_xml(f'<w:{side} {nsdecls("w")} w:val="single" w:sz="{weight}" w:space="{gap}" w:color="{RED}"/>')
    )
    properties = paragraph._p.get_or_add_pPr()
    place = properties.find(qn("w:spacing"))
    place.addprevious(borders)


def _numbered() -> list[Any]:
    """— PAGE —, 4号宋体."""
    run = f'<w:rPr>{faces.fonts(faces.NUMBER_FACE)}<w:sz w:val="28"/></w:rPr>'
    field = '<w:fldChar w:fldCharType="{}"/>'
    parts = [
        '<w:t xml:space="preserve">— </w:t>',
        field.format("begin"),
        '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
        field.format("separate"),
        "<w:t>1</w:t>",
        field.format("end"),
        '<w:t xml:space="preserve"> —</w:t>',
    ]
    return [parse_xml(f"<w:r {nsdecls('w')}>{run}{part}</w:r>") for part in parts]
