"""Who is meant: matching rows to files. A name alone never decides."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import count

from common.pinyin import search_key
from deputies.models import Deputy, Mandate, Term
from intake.reading.cells import Choices, Refusal, plain
from intake.reading.identity import Identity
from intake.reading.names import Person

OTHER_PERSON = "new"
_planned = count(1)


@dataclass
class Known:
    """A file on the roster, or one that this run is about to open (``deputy.pk`` is None until it is written).

    ``key`` is what staff choose it by: the id of the file, for a planned one the place of its row.
    """

    deputy: Deputy
    seats: list[Mandate]
    claimed_by: list[str] = field(default_factory=list)
    number: int = 0
    key: str = ""

    def __post_init__(self) -> None:
        self.number = self.deputy.pk or -next(_planned)
        self.key = str(self.deputy.pk or next(iter(self.claimed_by), ""))

    def seat(self, term: Term) -> Mandate | None:
        return next((seat for seat in self.seats if seat.term is term or (term.pk and seat.term_id == term.pk)), None)

    def told(self) -> str:
        """张三（知禾电缆有限公司厂长，区人大代表）."""
        facts = [f"{self.deputy.unit}{self.deputy.post}", *(seat.term.seat_name for seat in self.seats)]
        return f"{self.deputy.name}（{'，'.join(filter(None, facts)) or '未登记单位'}）"


@dataclass(frozen=True)
class Evidence:
    """What a row says of a person beside the name."""

    phone: str = ""
    unit: str = ""
    whole: str = ""  # unit and post as written in one cell
    seats: Sequence[tuple[Term, str, str]] = ()  # 届, group, certificate number
    file_no: str = ""  # of a sheet that this system exported


class People:
    """All files by name."""

    def __init__(self) -> None:
        self.by_name: dict[str, list[Known]] = {}
        seats: dict[int, list[Mandate]] = {}
        for seat in Mandate.objects.select_related("term").iterator(chunk_size=2000):
            seats.setdefault(seat.deputy_id, []).append(seat)
        for deputy in Deputy.objects.kept().select_related("area").order_by("pk").iterator(chunk_size=2000):
            self.add(Known(deputy, seats.get(deputy.pk, [])))

    def add(self, known: Known) -> Known:
        self.by_name.setdefault(search_key(known.deputy.name), []).append(known)
        return known

    def named(self, name: str) -> list[Known]:
        return self.by_name.get(search_key(name), [])

    def match(self, name: str, says: Evidence) -> Known | None:
        """The file of a roster row, None for a new person; Refusal where staff must choose.

        Same phone and same unit: the person. Same phone, other unit: staff choose. Other phone: somebody else.
        Without a phone on one side: the unit, or the seat (certificate number or group of the same 届).
        """
        others = self.named(name)
        if found := [known for known in others if _same_file(known, says)]:
            return found[0]
        if says.phone and (same := [known for known in others if known.deputy.phone == says.phone]):
            return _same_phone(same, says)
        self._refuse_certificate(others, says)
        open_ones = [known for known in others if not (says.phone and known.deputy.phone)]
        if found := [known for known in open_ones if _same_unit(known, says)]:
            return _only(found)
        unsure = [known for known in open_ones if not (known.deputy.unit and says.unit)]
        if found := [known for known in unsure if _same_seat(known, says)]:
            return _only(found)
        if unsure:
            sentence = f"名册中已有{_told(unsure)}，只凭姓名不能确认是否同一人。请补充单位或电话，或在此认定。"
            raise Refusal("name_only", sentence, _choices(unsure))
        return None

    def _refuse_certificate(self, others: Iterable[Known], says: Evidence) -> None:
        """One certificate cannot belong to two people of one name."""
        for known in others:
            if says.phone and known.deputy.phone and _same_certificate(known, says):
                raise Refusal("other_phone", f"与{known.told()}证号相同而电话不同，请核对后再导入。")

    def chosen(self, name: str, key: str) -> Known:
        """The file that staff decided for; it must be of that name."""
        found = next((known for known in self.named(name) if known.key == key), None)
        if found is None:
            raise Refusal("bad_choice", "所认定的档案与这一行的姓名不符，请重新认定。", _choices(self.named(name)))
        return found

    def link(self, person: Person, says: Evidence, identities: Sequence[Identity], *, alone: bool) -> Known:
        """The file that a ledger row means: name and phone, unit or identity. ``alone``: the row names nobody else."""
        others = self.named(person.name)
        if not others:
            raise Refusal("not_in_roster", f"名册里没有“{person.name}”。请核对姓名，或先导入名册。")
        sure = [known for known in others if _supported(known, says, identities, alone=alone)]
        for found in ([known for known in sure if _works_there(known, says)], sure):
            if len(found) == 1:
                return found[0]
        if sure:
            sentence = f"“{person.name}”有 {len(sure)} 位同名：{_told(sure)}。请写明单位或电话，或在此认定。"
            raise Refusal("several_match", sentence, _choices(sure))
        how = "所写的单位、身份或电话与名册不符" if says.phone or says.unit or identities else "只写了姓名"
        sentence = f"{how}，不能确认是否{_told(others)}。请写明单位或身份，或在此认定。"
        raise Refusal("name_only", sentence, _choices(others))


def _same_phone(same: list[Known], says: Evidence) -> Known:
    fitting = [known for known in same if not says.unit or not known.deputy.unit or _same_unit(known, says)]
    if not fitting:
        raise Refusal(
            "other_unit",
            f"与{_told(same)}姓名、电话相同，单位不同。请认定是同一人（更新单位）还是另一人，再导入这一行。",
            _choices(same),
        )
    return _only(fitting)


def _only(found: list[Known]) -> Known:
    if len(found) > 1:
        sentence = f"名册中有 {len(found)} 份相符的档案：{_told(found)}。请补充电话，或在此认定。"
        raise Refusal("several_match", sentence, _choices(found))
    return found[0]


def _choices(found: Iterable[Known]) -> Choices:
    return tuple((known.key, known.told()) for known in found)


def _told(found: Iterable[Known]) -> str:
    return "、".join(known.told() for known in list(found)[:3])


def _same_unit(known: Known, says: Evidence) -> bool:
    """The unit, or unit and post together however they were cut."""
    unit, whole = plain(known.deputy.unit), plain(known.deputy.unit + known.deputy.post)
    if not unit or not (says.unit or says.whole):
        return False
    return unit == plain(says.unit) or whole == plain(says.whole or says.unit)


def _same_file(known: Known, says: Evidence) -> bool:
    """The number that we gave, unless unit or phone speak of somebody else: then the sheet is another office's."""
    deputy = known.deputy
    if not (says.file_no and says.file_no == str(deputy.pk)):
        return False
    return (not (says.unit and deputy.unit) or _same_unit(known, says)) and (
        not (says.phone and deputy.phone) or says.phone == deputy.phone
    )


def _same_seat(known: Known, says: Evidence) -> bool:
    for term, group, certificate in says.seats:
        seat = known.seat(term)
        if seat and ((certificate and seat.certificate_no == certificate) or (group and seat.group == group)):
            return True
    return False


def _same_certificate(known: Known, says: Evidence) -> bool:
    seats = [(known.seat(term), certificate) for term, _, certificate in says.seats if certificate]
    return any(seat and seat.certificate_no == certificate for seat, certificate in seats)


def _supported(known: Known, says: Evidence, identities: Sequence[Identity], *, alone: bool) -> bool:
    """Something beside the name agrees, and nothing that is said of this person alone disagrees."""
    deputy = known.deputy
    if says.phone and deputy.phone:
        return says.phone == deputy.phone
    if _works_there(known, says):
        return True
    if alone and (says.whole or says.unit) and deputy.unit:
        return False
    return any(_holds(known, who) for who in identities)


def _works_there(known: Known, says: Evidence) -> bool:
    """The unit on file is named in the row, or what the row says is part of unit and post."""
    whole, unit = plain(says.whole or says.unit), plain(known.deputy.unit)
    return bool(unit and whole) and (
        unit in whole or (len(whole) > 1 and whole in plain(known.deputy.unit + known.deputy.post))
    )


def _holds(known: Known, who: Identity) -> bool:
    """A seat, held or past, of the body and level that are said."""
    if not (who.body or who.level):
        return False
    return any(
        (not who.body or seat.term.body == who.body) and (not who.level or seat.term.level == who.level)
        for seat in known.seats
    )


_ORGANISATION = (
    r"(?:公司|集团|工厂|厂|局|委员会|委|学校|小学|中学|高中|幼儿园|学院|大学|医院|卫生院|院|研究所|事务所|所|中心|村|社区|银行|支行|"
    r"合作社|农场|街道|镇|乡|协会|商会|学会|联合会|工会|妇联|工商联|科协|园区|开发区|站|队|办公室|报社|社|店|基地|企业|政府|法院|检察院|馆)"
)
_POST = re.compile(rf"^(?P<unit>.*{_ORGANISATION})(?P<post>[\u3400-\u9fff、，,/（）()·\s]{{2,40}})$")


def unit_and_post(text: str) -> tuple[str, str]:
    """知禾电缆有限公司董事长 → its two parts: at a blank, else after the last word for an organisation."""
    text = " ".join(text.split())
    if match := re.fullmatch(r"(\S{4,}) (\S.*)", text):
        return match[1], match[2]
    match = _POST.match(text)
    return (match["unit"], match["post"].lstrip("、，,/ ")) if match else (text, "")
