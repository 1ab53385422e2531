"""A document without strangers in it, and the same bytes for the same content."""

from datetime import date, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as DocumentObject
from docx.opc.constants import RELATIONSHIP_TYPE as RT

from common.letters import faces

# The library's own empty document brings these along: a picture, an author's program, Japanese fonts.
_STRANGERS = {
    RT.THEME, RT.NUMBERING, RT.CUSTOM_XML, RT.WEB_SETTINGS, RT.THUMBNAIL, RT.EXTENDED_PROPERTIES,
    "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
}  # fmt: skip


def blank(title: str, day: date) -> DocumentObject:
    document = Document()
    for rels in (document.part.rels, document.part.package.rels):
        for key in [key for key, rel in rels.items() if rel.reltype in _STRANGERS]:
            del rels[key]
    _replace(document.styles.element, faces.styles())
    _replace(document.settings.element, faces.settings())
    document.part.part_related_by(RT.FONT_TABLE)._blob = faces.font_table()
    _say_nothing_of_the_author(document, title, day)
    return document


def to_bytes(document: DocumentObject) -> bytes:
    """The library stamps each entry with the clock; here they all carry the day on which this standard began."""
    raw, packed = BytesIO(), BytesIO()
    document.save(raw)
    with ZipFile(raw) as loose, ZipFile(packed, "w", ZIP_DEFLATED) as firm:
        for name in loose.namelist():
            entry = ZipInfo(name, date_time=(2012, 7, 1, 0, 0, 0))
            entry.compress_type = ZIP_DEFLATED
            firm.writestr(entry, loose.read(name))
    return packed.getvalue()


def _replace(old: object, new: object) -> None:
    old[:] = list(new)  # type: ignore[index, call-overload]


def _say_nothing_of_the_author(document: DocumentObject, title: str, day: date) -> None:
    known, moment = document.core_properties, datetime(day.year, day.month, day.day)  # noqa: DTZ001 (no clock meant)
    known.title, known.author, known.last_modified_by = title[:255], "", ""
    known.comments, known.subject, known.keywords, known.category = "", "", "", ""
    known.created = known.modified = moment
    known.revision = 1
    known.language = "zh-CN"
