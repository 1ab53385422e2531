"""Rows of a sheet: which are data, which are titles, sections, totals, repeated headers — each is named, none lost."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from intake.reading.cells import EMPTY, Cell, Merge, Problem, Row, plain, without_blanks
from intake.reading.headings import Header, Vocabulary, header_at
from intake.reading.identity import Identity, identity
from intake.reading.words import SECTORS

HEADER_WITHIN = 60
SAME_AS_ABOVE = {plain(sign) for sign in ("同上", "〃", "″", "〞", "”", "“", '"', "''", "同前", "同上行", "-do-")}
TOTAL = re.compile(
    r"^(合计|总计|小计|共计|总数|累计|本页(小计|合计)|本月(小计|合计)|全年(合计|累计)|平均|[^\d]{0,12}(小计|合计|总计)$"
    r"|(合计|总计|小计|共计|总数|共)[:：]?\d*)"
)
TOTAL_WORD = re.compile(r"^(本页|本月|全年)?(合计|总计|小计|共计|总数|累计)[:：]?$")
TOTAL_COUNT = re.compile(r"^(以上)?共[计有]?[:：]?\d+(人|名|件|场|次|条|位)")
FORM_LINE = re.compile(
    r"^(填报|制表|填表|报送|上报|编制|统计|审核|复核|审签|负责人|联系人|联系电话|填报单位|单位|部门|日期|时间|截至|截止|说明|注|备注|"
    r"附注|附|数据来源)[\u3400-\u9fff（()）]{0,8}[:：]|^(填报单位|制表单位|制表人|填表人|审核人|填报人|填报日期|制表日期)"
)
NOTE_SIGNS = re.compile("[。；;！!？?]")
NUMBERING = re.compile(
    r"^[(（]?([一二三四五六七八九十]{1,3}|\d{1,2})[)）]?[、.．,，)）]\s*|^第[一二三四五六七八九十]部分"
)
COUNT = re.compile(r"[(（:：]?(共|计)?\d+(人|名|位|件|场|条|次)[)）]?$")
AREA = re.compile(r"(镇|街道|乡|园区|开发区|片区|板块)(代表团|代表小组|代表组|委员组|组)?$")
SECTION = re.compile(
    r"(界|界别|代表团|代表小组|代表组|委员组|活动组|联络组|小组|第.{1,3}组|选区|民主党派|[镇乡]|街道|区|板块)$"
)
BRACKETED_AREA = re.compile(r"(.{1,12}(?:团|组))[(（]([\u3400-\u9fff]{1,8}(?:镇|乡|街道))[)）]")
_LONGEST_SECTION = 30


@dataclass(frozen=True)
class Section:
    """What a section row gives to the rows below it."""

    group: str = ""
    area: str = ""
    identity: Identity = field(default_factory=Identity)


@dataclass(frozen=True)
class Line:
    """One row with text. ``ignored`` says why it is not data; else ``cells`` are its fields, 同上 resolved."""

    row: Row
    section: Section
    ignored: Problem | None = None
    cells: dict[str, Cell] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    header: Header | None = None

    @property
    def number(self) -> int:
        return self.row.number

    @property
    def hidden(self) -> bool:
        return self.row.hidden

    def cell(self, name: str) -> Cell:
        return self.cells.get(name, EMPTY)

    def text(self, name: str) -> str:
        cell = self.cell(name)
        return "" if cell.is_lost else cell.text.strip()

    def label(self, name: str) -> str:
        """The column of a field as the user sees it; for a field without a column, nothing."""
        column = self.header.columns.get(name) if self.header else None
        return column.label if column else ""


@dataclass
class Table:
    """Walks the rows of one sheet. After the walk ``headers`` are those found and ``title`` what stood above."""

    words: Vocabulary
    merges: Sequence[Merge] = ()
    areas: frozenset[str] = frozenset()
    headers: list[Header] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.seen = 0
        self.starting: dict[int, list[Merge]] = {}
        for merge in self.merges:
            self.starting.setdefault(merge.row, []).append(merge)

    def lines(self, rows: Iterable[Row]) -> Iterator[Line]:
        section = Section()
        above: dict[str, Cell] = {}
        header: Header | None = None
        for row, following in _pairs(row for row in rows if row.own):
            found = self._header_at(row, following, header)
            if found:
                header = found
            line = self._line(row, header, section, above)
            if line.ignored and line.ignored.code == "section":
                section = line.section
            elif not line.ignored:
                above = line.cells
            yield line

    def _header_at(self, row: Row, following: Row | None, current: Header | None) -> Header | None:
        """A header, the first or a later one with other columns."""
        self.seen += 1
        if current and (row.number <= current.last_row or not _like_a_header(row) or current.is_repeated_by(row)):
            return None
        if not current and self.seen > HEADER_WITHIN:
            return None
        near = [merge for number in range(row.number - 1, row.number + 2) for merge in self.starting.get(number, [])]
        found = header_at(row, following, near, self.words)
        if found:
            self.headers.append(found)
        elif not current and len(row.own) <= 3:
            self.titles += [cell.text for cell in row.own.values() if cell.kind == "s"]
        return found

    def _line(self, row: Row, header: Header | None, section: Section, above: dict[str, Cell]) -> Line:
        line = Line(row, section, header=header)
        if header is None:
            return replace(line, ignored=Problem("title", "标题行，表头之前的内容不导入。"))
        if row.number in header.rows:
            return replace(line, ignored=Problem("header", "表头。"))
        if header.is_repeated_by(row):
            return replace(line, ignored=Problem("repeated_header", "重复的表头，已略过。"))
        key = header.columns[self.words.key].place
        ignored, new_section = self._not_data(row, key, header, section)
        if ignored:
            return replace(line, ignored=ignored, section=new_section)
        cells, problems = _resolved(row, header, above)
        return replace(line, cells=cells, problems=problems)

    def _not_data(self, row: Row, key: int, header: Header, section: Section) -> tuple[Problem | None, Section]:
        """Why the row is not data, and the section that holds from here on."""
        texts = [without_blanks(row.own[place].text) for place in sorted(row.own)]
        named = (
            key in row.own and not TOTAL.match(without_blanks(row.own[key].text)) and not TOTAL_WORD.match(texts[0])
        )
        if not named or len(texts) == 1:
            if any(TOTAL.match(text) or TOTAL_COUNT.match(text) for text in texts[:3]):
                return Problem("total", "合计、小计行，已略过。"), section
            if FORM_LINE.match(texts[0]):
                return Problem("form_line", "填报单位、制表人、说明一类的行，已略过。"), section
        if len(texts) == 1 and row.own[min(row.own)].kind == "s":
            return self._lone(texts[0], min(row.own), key, row, section)
        mapped = {column.place for column in header.columns.values()}
        if not mapped & row.own.keys():
            return Problem("nothing_to_read", "这一行只有序号或不导入的列，没有可导入的内容。"), section
        return None, section

    def _lone(self, text: str, place: int, key: int, row: Row, section: Section) -> tuple[Problem | None, Section]:
        """A row of a single text: a section, a title that came again, a remark; or data with everything missing."""
        spread = any(
            merge.column == place and merge.last_column > place for merge in self.starting.get(row.number, [])
        )
        found = self._section(text, sure=spread or place != key)
        if found:
            return Problem("section", f"分组行，以下各行归入“{found.group or found.area or text}”。"), found
        if place == key and not spread:
            return None, section
        if re.search(r"(名册|名单|台账|一览表|花名册|统计表|登记表|情况表)$", text):
            return Problem("title", "标题行，已略过。"), section
        if NOTE_SIGNS.search(text) or len(text) > _LONGEST_SECTION or text.isdigit() or place != key:
            return Problem("note", "只有一格文字的说明行，已略过。"), section
        return None, section

    def _section(self, text: str, *, sure: bool) -> Section | None:
        """``sure``: the row stands out by its place; else (in the column of names) only by its words."""
        name = COUNT.sub("", NUMBERING.sub("", text)).strip("：:·-—　 ")
        if match := BRACKETED_AREA.fullmatch(name):
            return Section(group=match[1], area=match[2])
        numbered = name != text and bool(NUMBERING.match(text))
        if not name or len(name) > _LONGEST_SECTION or NOTE_SIGNS.search(name):
            return None
        who = identity(name)
        area = next((known for known in self.areas if plain(known) in plain(name)), "")
        by_words = name in SECTORS or bool(SECTION.search(name)) or bool(area) or (who.body and who.level)
        if not (by_words or (sure and (numbered or name.removesuffix("界") in SECTORS))):
            return None
        if who.body and who.level and not SECTION.search(name):
            return Section(identity=who)
        return self._group_or_area(name, area)

    def _group_or_area(self, name: str, area: str) -> Section:
        if AREA.search(name):
            area = area or re.sub(r"(代表团|代表小组|代表组|委员组|组)$", "", name)
        is_only_area = bool(area) and not re.search("(团|组|界)$", name)
        return Section(group="" if is_only_area else name, area=area)


def _like_a_header(row: Row) -> bool:
    """Cheap, for each of 100,000 rows: several short texts and nothing else."""
    return len(row.own) > 1 and all(cell.kind == "s" and len(cell.value) <= 24 for cell in row.own.values())


def _resolved(row: Row, header: Header, above: dict[str, Cell]) -> tuple[dict[str, Cell], list[Problem]]:
    """The fields of a data row; 同上 takes what the data row above has (there it may have been 同上 as well)."""
    cells: dict[str, Cell] = {}
    problems: list[Problem] = []
    for name, column in header.columns.items():
        cell = row.cell(column.place)
        if plain(cell.text) in SAME_AS_ABOVE:
            if name not in above:
                problems.append(Problem("nothing_above", "“同上”的上面没有内容，请填写完整。", column.label))
            cell = above.get(name, EMPTY)
        if cell.text or cell.is_lost:
            cells[name] = cell
    return cells, problems


def _pairs(rows: Iterator[Row]) -> Iterator[tuple[Row, Row | None]]:
    """Each row with the one after it."""
    current = next(rows, None)
    for following in rows:
        if current is not None:
            yield current, following
        current = following
    if current is not None:
        yield current, None
