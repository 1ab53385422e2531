"""The figures in the words of a report, with the table behind; what only people know is asked for in brackets."""

from datetime import date

from common.calendar import cn_day
from common.letters import Cell, Paper
from suggestions.models import FORMAL, Kind
from suggestions.year_report.figures import Rate, Row, Section, Share, YearReport

_WIDTHS = [48, 27, 27, 27, 27]  # mm
_HEIGHT = 9


def draft(report: YearReport, house: str, today: date) -> bytes:
    title = f"{house}{report.year}年代表建议和政协提案办理情况报告"
    paper = Paper(title=title, day=today)
    paper.title(title)
    paper.head("一、总体情况")
    paper.body(f"{report.year}年，我院共办理{_list(report.handled)}。以上数据截至{cn_day(today)}。")
    paper.head("二、办理情况")
    for section in report.sections:
        paper.body(f"{section.title}：{_told(section, report)}")
    paper.head("三、主要做法和成效")
    paper.body("（请写明做法和典型事例）")
    paper.head("四、存在问题和下步打算")
    paper.body("（请写明）")
    paper.signature(house, f"{today.year}年　　月　　日")
    paper.new_sheet()
    paper.line("附表")
    paper.title(f"{report.year}年办理情况统计表")
    rows = _table(report)
    paper.table(_WIDTHS, rows, heights=[_HEIGHT] * len(rows))
    return paper.to_bytes()


def _list(row: Row) -> str:
    """代表建议3件、政协提案2件: kinds without any are left out, no sum is made of 件 and 条."""
    told = [f"{kind.label}{row.of(kind).number}{row.of(kind).unit}" for kind in Kind if row.of(kind).number]
    return "、".join(told) or "建议提案0件"


def _told(section: Section, report: YearReport) -> str:
    """One sentence for each kind of which there is anything."""
    sentences = []
    for kind in Kind:
        if not report.handled.of(kind).number:
            continue
        counted = [(row.label, row.of(kind)) for row in section.rows if row.of(kind).number]
        figures = "、".join(f"{label}{figure.number}{figure.unit}" for label, figure in counted)
        place = list(Kind).index(kind)
        rates = "，".join(told for rate in section.rates if (told := _rate(rate, rate.cells[place])))
        sentences.append(f"{kind.label}{figures or '暂无'}{'，' + rates if rates else ''}")
    return "；".join(sentences or ["暂无"]) + "。"


def _rate(rate: Rate, share: Share) -> str:
    return f"{rate.label}{share.percent}%（以{rate.basis}为基数）" if share.percent is not None else ""


def _table(report: YearReport) -> list[list[Cell]]:
    heads = [Cell(f"{kind.label}\n（{'件' if kind in FORMAL else '条'}）", is_label=True) for kind in Kind]
    rows = [[Cell("项目", is_label=True), *heads], _cells(report.handled)]
    for section in report.sections:
        rows.append([Cell(section.title, span=len(_WIDTHS), is_label=True)])
        rows += [_cells(row) for row in section.rows]
        rows += [[Cell(rate.label), *(Cell(_share(share)) for share in rate.cells)] for rate in section.rates]
    return rows


def _cells(row: Row) -> list[Cell]:
    return [Cell(row.label), *(Cell(str(cell.number)) for cell in row.cells)]


def _share(share: Share) -> str:
    return f"{share.percent}%" if share.percent is not None else "—"
