"""The bricks of a letter or a record, laid one below the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Length, Mm, Pt
from docx.text.paragraph import Paragraph

from common.letters import faces, pack
from common.letters import furniture as f
from common.letters import measures as m
from common.letters.headline import em, headline
from common.texts import writable

_SEAL = 4  # characters between the date and the right edge: the seal covers both
_HAIR = Pt(1)
TITLE_CHARS = int(m.TYPE_WIDTH.pt / m.TITLE.pt)


@dataclass(frozen=True)
class Cell:
    """``span`` in columns of the grid; a label is centred and in 黑体."""

    text: str
    span: int = 1
    is_label: bool = False


class Paper:
    """One document. ``title`` and ``day`` are all that its properties say; of the author they say nothing."""

    def __init__(self, *, title: str, day: date) -> None:
        self._document = pack.blank(title, day)
        self._section = self._document.sections[0]
        f.dress(self._section)
        f.page_numbers(self._section)
        f.bare_first_page(self._section)

    def letterhead(self, house: str, *, mark: str = "") -> None:
        """The head of a 函 on the first page of each sheet; ``mark`` stands at its top right."""
        f.letterhead(self._section, writable(house), writable(mark))

    def number(self, words: str) -> None:
        """发文字号, at the right below the red rule."""
        line = self._line(words, "Normal")
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        line.paragraph_format.space_before = Pt(m.BODY.pt * 7 / 8)

    def new_sheet(self) -> None:
        """What follows goes to somebody else: same head, pages counted anew."""
        self._section = self._document.add_section(f.SHEET)
        f.exactly(self._document.paragraphs[-1], _HAIR)
        f.dress(self._section)

    def title(self, words: str, *, lines_above: int = 0) -> None:
        self.blank(lines_above)
        self._line("\n".join(headline(words, TITLE_CHARS)), "Title")
        self.blank()

    def line(self, words: str) -> None:
        """From the very edge: the addressee."""
        self._line(words, "Normal")

    def body(self, words: str) -> None:
        self._line(words, "Body Text")

    def head(self, words: str) -> None:
        self._line(words, "heading 1")

    def subhead(self, words: str) -> None:
        self._line(words, "heading 2")

    def blank(self, lines: int = 1) -> None:
        for _ in range(lines):
            self._line("", "Normal").paragraph_format.keep_with_next = True

    def enclosure(self, words: str) -> None:
        """附件说明, a line below the text."""
        self.blank()
        self.body(f"附件：{words}")

    def signature(self, house: str, day: str) -> None:
        """Name above date, each centred on the other, with room for the seal; never alone on a page."""
        self.blank(2)
        for words in (house, day):
            line = self._line(words, "Normal")
            line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            shift = (em(day) - em(words)) / 2 if words is house else 0
            f.indent(line, right=Pt(max(0.0, _SEAL + shift) * m.CHAR))
            if words is house:
                line.paragraph_format.keep_with_next = True

    def note(self, words: str) -> None:
        """附注, in brackets below the date."""
        self._line(f"（{words}）", "Body Text")

    def copies(self, *lines: str) -> None:
        """版记: at the very foot of the type area, wherever the text ends."""
        for words in lines:
            line = self._line(words, "Normal", size=m.SMALL)
            f.indent(line, left=m.SMALL, right=m.SMALL)
            line._p.get_or_add_pPr().insert_element_before(_at_the_foot(), *_AFTER_FRAME)
        self._hairline()

    def table(self, widths: Sequence[int], rows: Sequence[Sequence[Cell]], *, heights: Sequence[int]) -> None:
        """``widths`` of the grid and ``heights`` of the rows in mm; a row may grow with its text."""
        table = self._document.add_table(rows=0, cols=len(widths))
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        table._tbl.tblPr.append(_borders())
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        for cells, height in zip(rows, heights, strict=True):
            row = table.add_row()
            row.height, row.height_rule = Mm(height), WD_ROW_HEIGHT_RULE.AT_LEAST
            row._tr.get_or_add_trPr().append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
            for place, width in zip(row.cells, widths, strict=True):
                place.width = Mm(width)
            at = 0
            for cell in cells:
                place = row.cells[at].merge(row.cells[at + cell.span - 1])
                _fill(place, cell)
                at += cell.span
        self._hairline()

    def to_bytes(self) -> bytes:
        return pack.to_bytes(self._document)

    def _line(self, words: str, style: str, *, size: Length | None = None) -> Paragraph:
        paragraph = self._document.add_paragraph(style=self._style(style))
        if words:
            f.text(paragraph, writable(words), size=size)
        return paragraph

    def _hairline(self) -> None:
        """A frame or a table wants a paragraph after it: one that takes no room."""
        f.exactly(self._line("", "Normal"), _HAIR)

    def _style(self, name: str) -> Any:
        return next(
            style for style in self._document.styles if style.element.find(qn("w:name")).get(qn("w:val")) == name
        )


_AFTER_FRAME = ("w:widowControl", "w:numPr", "w:pBdr", "w:spacing", "w:ind", "w:jc", "w:outlineLvl", "w:rPr")


def _at_the_foot() -> Any:
    return parse_xml(
        f'<w:framePr {nsdecls("w")} w:w="{m.TYPE_WIDTH.twips}" w:wrap="around" w:vAnchor="margin" '
        'w:hAnchor="margin" w:xAlign="left" w:yAlign="bottom"/>'
    )


def _borders() -> Any:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    drawn = "".join(f'<w:{side} w:val="single" w:sz="6" w:space="0" w:color="000000"/>' for side in sides)
    return parse_xml(f"<w:tblBorders {nsdecls('w')}>{drawn}</w:tblBorders>")


def _fill(place: Any, cell: Cell) -> None:
    place.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    for number, words in enumerate(writable(cell.text).split("\n")):
        line = place.paragraphs[0] if number == 0 else place.add_paragraph()
        f.exactly(line, Pt(22))
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER if cell.is_label else WD_ALIGN_PARAGRAPH.LEFT
        f.text(line, words, face=faces.HEAD_FACE if cell.is_label else "", size=m.SMALL)
