"""代表名册、委员名册: one person with his or her seats per row."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from deputies.models import Area, FieldOfConcern, Mandate
from intake.kinds.base import SAME, Plan, Reader, Surroundings, choice_of
from intake.kinds.roster_write import RosterWriter
from intake.office import Office
from intake.people import OTHER_PERSON, Evidence, Known, People, unit_and_post
from intake.reading.cells import Cell, Refusal, without_blanks
from intake.reading.dates import month
from intake.reading.headings import Vocabulary
from intake.reading.identity import CONGRESS, CPPCC, Identity, identities, identity
from intake.reading.names import SEXES, Person, roster_person
from intake.reading.phones import phone
from intake.reading.table import Line

_NO = {"否", "无", "不是", "-", "—", "/", "×"}
_YES = {"是", "√", "常委"}


@dataclass
class Roster:
    """``chosen``: what staff decided (same name and phone, other unit): by ``choice_key`` a file's key or "new"."""

    office: Office
    people: People
    words: Vocabulary
    sheet: str = ""
    chosen: Mapping[str, str] = field(default_factory=dict)

    def plan(self, line: Line, around: Surroundings) -> Plan:
        read = Reader(line)
        person = read.need("name", "姓名", lambda cell: roster_person(cell.text))
        fields = self._fields(read, person or Person(""), around.today)
        seats = self._seats(read, person or Person(""), around)
        if person is None or read.problems:
            return read.plan(SAME)
        known = self._known(read, person, fields, seats)
        if read.problems:
            return read.plan(SAME)
        if known:
            return self.writer.update(read, known, fields, seats)
        return self.writer.new(read, person.name, fields, seats, claimed_by=self._here(read))

    def __post_init__(self) -> None:
        self.writer = RosterWriter(self.office, self.people)

    def _here(self, read: Reader) -> str:
        return f"工作表“{self.sheet}”第 {read.line.number} 行"

    def flush(self) -> None:
        """Rosters are written row by row."""

    def _fields(self, read: Reader, person: Person, today: date) -> dict[str, Any]:
        """The person's own fields that the row fills; an empty cell never empties what is on file."""
        number, warning = phone(read.line.cell("phone"))
        if warning:
            read.warnings.append(warning._replace(column=read.line.label("phone")))
        unit, post = read.text("unit", "工作单位", 80), read.text("post", "职务", 60)
        whole = read.text("whole", "单位及职务", 140)
        if whole and not unit:
            unit, split_post = unit_and_post(whole)
            post = post or split_post
        if len(unit) > 80 or len(post) > 60:
            read.refuse("too_long", "单位超过 80 字或职务超过 60 字，请缩短。", "whole")
        fields = {
            "sex": read.maybe("sex", "性别", _sex) or person.sex,
            "ethnic_group": read.text("ethnic_group", "民族", 20) or person.ethnic_group,
            "born_on": read.maybe("born_on", "出生年月", lambda cell: month(cell, today=today)),
            "party": read.text("party", "党派", 20),
            "second_party": read.text("second_party", "第二党派", 20),
            "education": read.text("education", "学历", 20),
            "unit": unit,
            "post": post,
            "profession": read.text("profession", "专业背景", 80),
            "area": self._area(read),
            "phone": number,
            "preferred_contact": read.text("preferred", "方便的联系方式", 60),
            "fields_of_concern": self._concerns(read),
        }
        return {name: value for name, value in fields.items() if value}

    def _area(self, read: Reader) -> Area | None:
        if not read.line.cell("area").text and read.line.section.area:
            try:
                return self.office.area(read.line.section.area)
            except Refusal:
                return None
        return read.maybe("area", "板块", lambda cell: self.office.area(without_blanks(cell.text)))

    def _concerns(self, read: Reader) -> list[FieldOfConcern]:
        found = []
        for word in read.text("concerns", "关注领域", 200).replace("，", "、").replace(",", "、").split("、"):
            concern = self.office.concerns.get(without_blanks(word).casefold())
            if concern:
                found.append(concern)
            elif word.strip():
                read.warn(
                    "unknown_concern", f"没有“{word.strip()}”这个关注领域，未导入；可在基础资料中添加。", "concerns"
                )
        return found

    def _seats(self, read: Reader, person: Person, around: Surroundings) -> list[Mandate]:
        """Usually one; 省人大代表、区政协委员 in one cell are two."""
        found = self._identities(read, around)
        unknown = [who for who in found if not who.is_known]
        if unknown or not found:
            read.refuse(
                "no_level", "看不出是哪一级人大或政协。请加“层级”列，或在工作表名、标题中写明（如“区人大代表”）。",
                "identity" if read.line.label("identity") else "level",
            )  # fmt: skip
            return []
        seats = []
        for who in found:
            try:
                seats.append(Mandate(term=self.office.term(who)))
            except Refusal as refusal:
                read.refuse(refusal.code, refusal.sentence, "term")
        if len(seats) == len(found):
            self._describe(read, seats, person)
        return seats

    def _describe(self, read: Reader, seats: list[Mandate], person: Person) -> None:
        """Group, number and post of each seat; of several seats by their places in the cell."""
        groups = _parts(read.text("delegation", "代表团", 200) or read.text("sector", "界别", 200), len(seats))
        numbers = _parts(read.text("certificate", "证号", 100), len(seats))
        posts = _parts(self._committee(read, person), len(seats))
        for seat, group, number, post in zip(seats, groups, numbers, posts, strict=True):
            seat.group = group or (read.line.section.group if len(seats) == 1 else "")
            seat.certificate_no, seat.committee_post = number, post
        limits = {"group": 40, "certificate_no": 20, "committee_post": 40}
        if any(len(getattr(seat, name)) > limit for seat in seats for name, limit in limits.items()):
            read.refuse(
                "too_long", "代表团（界别）超过 40 字、证号超过 20 字或常委会职务超过 40 字，请缩短。", "delegation"
            )

    def _identities(self, read: Reader, around: Surroundings) -> list[Identity]:
        """From the row; what it leaves open from the section, then from the sheet's name and titles."""
        line = read.line
        said = identities(line.text("identity"), self.office.seats)
        levels = [
            *identities(line.text("level"), self.office.seats),
            *identities(line.text("level_cppcc"), self.office.seats),
        ]
        terms = [identity(part) for part in re.split("[、,，;；\n]", line.text("term"))]
        if not said:
            said = levels or [Identity()]
        elif len(said) == 1 and levels:
            said = [said[0].filled_from(levels[0])]
        default = Identity(body=self._body_of_columns(read))
        terms = terms if len(terms) == len(said) else terms[:1] * len(said)
        return [
            who.filled_from(term).filled_from(line.section.identity).filled_from(around.identity).filled_from(default)
            for who, term in zip(said, terms, strict=True)
        ]

    @staticmethod
    def _body_of_columns(read: Reader) -> str:
        """委员层级 or 界别 without 代表团 speaks of the CPPCC, and the other way round."""
        columns = read.line.header.columns if read.line.header else {}
        words = "".join(column.heading for column in columns.values())
        if "代表" in words and "委员" not in words:
            return CONGRESS
        return CPPCC if "委员" in words and "代表" not in words else ""

    @staticmethod
    def _committee(read: Reader, person: Person) -> str:
        said = read.text("committee", "常委会/专委会职务", 200)
        if said in _NO:
            said = ""
        elif said in _YES:
            said = "常委"
        return said or person.office[:40]

    def _known(self, read: Reader, person: Person, fields: dict[str, Any], seats: list[Mandate]) -> Known | None:
        says = Evidence(
            phone=fields.get("phone", ""),
            unit=fields.get("unit", ""),
            whole=fields.get("unit", "") + fields.get("post", ""),
            seats=[(seat.term, seat.group, seat.certificate_no) for seat in seats],
            file_no=read.line.text("file_no"),
        )
        try:
            known = self.people.match(person.name, says)
        except Refusal as refusal:
            return self._chosen(read, person, refusal)
        if known and known.claimed_by and not (says.phone or says.unit):
            read.refuse("repeated", f"与{known.claimed_by[0]}姓名相同，没有单位和电话，无法区分。请补充。", "name")
        elif known and known.deputy.retired_at:
            read.refuse("retired", f"{known.told()}的档案已停用。请先恢复档案，再导入这一行。", "name")
        elif known:
            known.claimed_by.append(self._here(read))
        elif namesakes := self.people.named(person.name):
            read.warn("namesake", f"名册中已有同名的{namesakes[0].told()}，单位或电话不同，按另一人登记。", "name")
        return known

    def _chosen(self, read: Reader, person: Person, refusal: Refusal) -> Known | None:
        """What staff decided where the row alone does not tell; without a decision, the question."""
        chosen = choice_of(self.chosen, self.sheet, read.line.number, person.name)
        if chosen == OTHER_PERSON:
            return None
        try:
            if chosen:
                return self.people.chosen(person.name, chosen)
        except Refusal as wrong:
            refusal = wrong
        read.ask(refusal, "name", person.name, (OTHER_PERSON, "另一人，新建档案"))
        return None


def _parts(text: str, seats: int) -> list[str]:
    """One text for each seat; where the parts do not fit the seats, none."""
    parts = [part.strip() for part in text.split("、")] if seats > 1 else [text]
    return ["" if part in _NO else part for part in parts] if len(parts) == seats else [""] * seats


def _sex(cell: Cell) -> str:
    text = without_blanks(cell.text).removesuffix("性")
    if text not in SEXES:
        raise Refusal("unknown_sex", f"性别“{cell.text[:10]}”不认识，请写男或女。")
    return SEXES[text]
