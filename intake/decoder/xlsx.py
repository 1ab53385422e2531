""".xlsx by expat: streaming, so 100,000 rows cost little, and every byte is counted while it is inflated.

openpyxl tells hidden rows, merged blocks and formulas without a value only to those who hold the whole workbook in
memory. What is read here: values, number formats (is it a date?), hidden rows, columns and sheets, merged blocks.
"""

import posixpath
import zipfile
from collections.abc import Callable, Iterator
from typing import IO, Any
from xml.parsers import expat

from intake.decoder.limits import (
    AS_XLSX,
    BROKEN,
    MAX_ENTRIES,
    MAX_INFLATED,
    MAX_RATIO,
    MAX_SHEETS,
    RATIO_COUNTS_FROM,
    TOO_LARGE,
    Refused,
    RowOut,
    SheetOut,
)
from intake.decoder.sheetxml import SheetXml
from intake.decoder.styles import date_styles

PIECE = 64 * 1024
OFFICE_DOCUMENT = "/officeDocument"


class Package:
    """The zip: parts are inflated piece by piece into expat; a lying header or a bomb is caught on the way."""

    def __init__(self, source: IO[bytes], size: int) -> None:
        self.size = size
        self.inflated = 0
        self.zip = zipfile.ZipFile(source)
        infos = self.zip.infolist()
        self.names = {info.filename for info in infos}
        if len(infos) > MAX_ENTRIES or len(self.names) != len(infos):
            raise Refused(TOO_LARGE if len(infos) > MAX_ENTRIES else BROKEN)
        if any(info.flag_bits & 1 for info in infos):
            raise Refused("文件已加密。请取消密码后另存，再导入。")

    def parse(self, name: str, parser: Any) -> None:
        for _ in self.feed(name, parser):
            pass

    def feed(self, name: str, parser: Any) -> Iterator[None]:
        """Give the part to ``parser`` and pause after each piece, so that rows can be passed on."""
        parser.StartDoctypeDeclHandler = _no_doctype
        with self.zip.open(name) as part:
            while piece := part.read(PIECE):
                self._count(len(piece))
                parser.Parse(piece, False)
                yield
        parser.Parse(b"", True)

    def _count(self, size: int) -> None:
        self.inflated += size
        bomb = self.inflated > RATIO_COUNTS_FROM and self.inflated > MAX_RATIO * self.size
        if bomb or self.inflated > MAX_INFLATED:
            raise Refused(TOO_LARGE)


def read(source: IO[bytes], size: int) -> Iterator[RowOut | SheetOut]:
    package = Package(source, size)
    _refuse_strangers(package.names)
    main = next(iter(_relations(package, "", OFFICE_DOCUMENT).values()), "xl/workbook.xml")
    sheets, epoch_1904 = _workbook(package, main)
    parts = _relations(package, main, "/worksheet")
    strings = _optional(package, main, "/sharedStrings", _strings, [])
    dates = _optional(package, main, "/styles", date_styles, frozenset())
    if len(sheets) > MAX_SHEETS:
        raise Refused(f"文件有 {len(sheets)} 个工作表，请拆成几个文件再导入。")
    for name, hidden, relation in sheets:
        if relation in parts:  # a chart sheet has no cells
            sheet = SheetXml(strings, dates, epoch_1904=epoch_1904)
            for _ in package.feed(parts[relation], sheet.parser):
                yield from sheet.take_rows()
            yield from sheet.take_rows()
            yield SheetOut(name, hidden, sorted(sheet.hidden_columns), sheet.merges)


def _refuse_strangers(names: set[str]) -> None:
    """Packages that are no plain workbook, by what they hold."""
    lower = {name.lower() for name in names}
    if any(name.endswith("vbaproject.bin") for name in lower):
        raise Refused("文件带有宏，为安全起见不予导入。请另存为不含宏的“Excel 工作簿（.xlsx）”。")
    if any(name.endswith("workbook.bin") for name in lower):
        raise Refused(f"这是 Excel 二进制工作簿（.xlsb）。{AS_XLSX}")
    if "word/document.xml" in lower:
        raise Refused("这是 Word 文件。请把表格复制到 Excel 中，存为 .xlsx 后再导入。")
    if "[content_types].xml" not in lower:
        raise Refused(f"这不是 Excel 工作簿。{AS_XLSX}")


def _relations(package: Package, part: str, kind: str) -> dict[str, str]:
    """Relation id → part, of the relations of ``part`` that are of this kind and lie inside the package."""
    folder, name = posixpath.split(part)
    found: dict[str, str] = {}

    def start(tag: str, attributes: dict[str, str]) -> None:
        if attributes.get("Type", "").endswith(kind) and attributes.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, attributes["Target"])).lstrip("/")
            found[attributes.get("Id", "")] = target

    path = posixpath.join(folder, "_rels", f"{name}.rels")
    if path in package.names:
        package.parse(path, _parser(start))
    return {key: target for key, target in found.items() if target in package.names}


def _workbook(package: Package, main: str) -> tuple[list[tuple[str, bool, str]], bool]:
    """(name, hidden, relation id) of each sheet in order, and do days count from 1904."""
    sheets: list[tuple[str, bool, str]] = []
    epoch: list[bool] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        local = tag.rpartition(":")[2]
        if local == "sheet":
            relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            sheets.append((attributes.get("name", ""), attributes.get("state", "visible") != "visible", relation))
        elif local == "workbookPr":
            epoch.append(attributes.get("date1904") in ("1", "true"))

    package.parse(main, _parser(start))
    return sheets, any(epoch)


def _optional(package: Package, main: str, kind: str, read_part: Callable[..., Any], without: Any) -> Any:
    part = next(iter(_relations(package, main, kind).values()), None)
    if part is None:
        return without
    parser = expat.ParserCreate()
    result = read_part(parser)
    package.parse(part, parser)
    return result() if callable(result) else result


def _strings(parser: Any) -> list[str]:
    """The shared texts. Phonetic hints (rPh) are not part of the text."""
    strings: list[str] = []
    pieces: list[str] = []
    state = {"text": False, "hint": False}

    def start(tag: str, attributes: dict[str, str]) -> None:
        local = tag.rpartition(":")[2]
        if local == "si":
            pieces.clear()
        state["hint"] = state["hint"] or local == "rPh"
        state["text"] = local == "t" and not state["hint"]

    def end(tag: str) -> None:
        local = tag.rpartition(":")[2]
        state["text"] = False
        if local == "si":
            strings.append("".join(pieces))
        elif local == "rPh":
            state["hint"] = False

    def text(data: str) -> None:
        if state["text"]:
            pieces.append(data)

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    parser.buffer_text = True
    return strings


def _parser(start: Callable[[str, dict[str, str]], None]) -> Any:
    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    return parser


def _no_doctype(*_: object) -> None:
    """No workbook has a DTD; entities that blow up or fetch files come by one."""
    raise Refused(BROKEN)
