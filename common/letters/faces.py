"""Faces and styles of official documents; a machine without a face takes the next one named in the font table."""

from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from common.letters.measures import BODY, LINE, TITLE, TITLE_LINE

TITLE_FACE, BODY_FACE, HEAD_FACE, SUBHEAD_FACE = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"
NUMBER_FACE = "宋体"
LATIN_FACE = "Times New Roman"
# face → what stands in for it where it is not installed (Windows, WPS, then Linux)
STAND_INS = {
    TITLE_FACE: "方正小标宋_GBK,FZXiaoBiaoSong-B05S,小标宋体,华文中宋,Noto Serif CJK SC,宋体",
    BODY_FACE: "仿宋,FangSong,华文仿宋,FandolFang,Noto Serif CJK SC",
    HEAD_FACE: "SimHei,方正黑体_GBK,Noto Sans CJK SC",
    SUBHEAD_FACE: "楷体,KaiTi,华文楷体,FandolKai,Noto Serif CJK SC",
    NUMBER_FACE: "SimSun,Noto Serif CJK SC",
}


def fonts(face: str, namespaces: str = "") -> str:
    """Digits and letters of a Chinese line stand in Times; marks that both scripts use (“ ” — …) are Chinese.

    Without ``face`` only that is said, and the style says the rest.
    """
    latin = face if face == NUMBER_FACE else LATIN_FACE
    named = f' w:ascii="{latin}" w:hAnsi="{latin}" w:cs="{latin}" w:eastAsia="{face}"' if face else ""
    return f'<w:rFonts {namespaces} w:hint="eastAsia"{named}/>'


def font_table() -> bytes:
    chinese = "".join(
        f'<w:font w:name="{face}"><w:altName w:val="{others}"/><w:charset w:val="86"/><w:family w:val="auto"/>'
        '<w:pitch w:val="variable"/></w:font>'
        for face, others in STAND_INS.items()
    )
    latin = f'<w:font w:name="{LATIN_FACE}"><w:charset w:val="00"/><w:family w:val="roman"/></w:font>'
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f"{head}<w:fonts {nsdecls('w')}>{latin}{chinese}</w:fonts>".encode()


def _style(key: str, name: str, paragraph: str = "", run: str = "", *, is_default: bool = False) -> str:
    default = ' w:default="1"' if is_default else ""
    based = "" if is_default else '<w:basedOn w:val="Normal"/>'
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{key}"><w:name w:val="{name}"/>{based}<w:qFormat/>'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


def _line(length: Any) -> str:
    return f'<w:spacing w:before="0" w:after="0" w:line="{length.twips}" w:lineRule="exact"/>'


def _size(length: Any) -> str:
    return f'<w:sz w:val="{int(length.pt * 2)}"/><w:szCs w:val="{int(length.pt * 2)}"/>'


_INDENT = '<w:ind w:firstLineChars="200" w:firstLine="632"/>'


def styles() -> Any:
    """The few styles of a letter and no others; the headings show in the navigation pane of Word and WPS."""
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{fonts(BODY_FACE)}{_size(BODY)}"
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
    )
    single = '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
    outline = '<w:keepNext/>{}{}<w:outlineLvl w:val="{}"/>'
    rows = [
        _style("Normal", "Normal", f'{_line(LINE)}<w:jc w:val="both"/>', is_default=True),
        _style("BodyText", "Body Text", _INDENT),
        _style(
            "Title",
            "Title",
            f'<w:keepNext/>{_line(TITLE_LINE)}<w:jc w:val="center"/>',
            f"{fonts(TITLE_FACE)}{_size(TITLE)}",
        ),
        _style("Heading1", "heading 1", outline.format("", _INDENT, 0), fonts(HEAD_FACE)),
        _style("Heading2", "heading 2", outline.format("", _INDENT, 1), fonts(SUBHEAD_FACE)),
        _style("Header", "header", f'{single}<w:jc w:val="left"/>'),
        _style("Footer", "footer", f'{single}<w:jc w:val="left"/>'),
    ]
    return parse_xml(f"<w:styles {nsdecls('w')}>{defaults}{''.join(rows)}</w:styles>")


def settings() -> Any:
    return parse_xml(
        f'<w:settings {nsdecls("w")}><w:zoom w:percent="100"/><w:evenAndOddHeaders/>'
        '<w:defaultTabStop w:val="420"/><w:characterSpacingControl w:val="compressPunctuation"/>'
        '<w:compat><w:useFELayout/><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>'
    )
