"""Names as offices write them: 张 三, 李梅（女）, 张三（常委）, 张三、李四, 张三等8人, 待增补."""

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import NamedTuple

from common.pinyin import COMPOUND_SURNAMES, INTERPUNCTS
from intake.reading.cells import Refusal, without_blanks
from intake.reading.words import SURNAMES

MAX_NAME = 60
VACANT = re.compile(
    r"^(待?(增补|补选|补|定|选|推荐|确定|明确)|空缺|暂缺|缺额?|出缺|无|没有|不详|未知|[-—–/／\\xX×]+|待.{0,4}(增补|补选)|.{0,4}空缺.{0,2})$"
)
AND_OTHERS = re.compile(
    r"(等\s*[\d〇零一二两三四五六七八九十百几数多余０-９]*\s*(余|多)?\s*(人|名|位|个|代表|委员|同志)*"
    r"([省市区县镇乡]?(人大|政协)?(代表|委员|同志))?|等|一行(\d+人)?)$"
)
SEPARATORS = re.compile(
    r"[、,，;；/／|｜\n\r&＆]+|(?<=[\u3400-\u9fff])(?:和|与|及)"
    r"(?=[\u3400-\u9fff]{2,4}$|(?:全国|[省市区县镇乡])(?:人大|政协)?(?:代表|委员))"
)
BRACKETS = re.compile(r"[(（\[［【〔<〈]([^)）\]］】〕>〉]*)[)）\]］】〕>〉]")
SEXES = {"男": "male", "女": "female"}
HONORIFIC = re.compile(r"(代表|委员|同志|先生|女士)$")
LEFT = re.compile("辞职|辞去|辞任|调离|调出|调任|离任|离职|去世|病故|逝世|罢免|终止|出缺|撤销|资格")
CAME = re.compile("增补|补选|新增|新任|递补|连任|新当选")
IDENTITY = re.compile(
    r"^((?:全国|[\u3400-\u9fff]{0,6}[省市区县镇乡旗])?(?:人大|政协)?(?:常委会?)?(?:代表|委员))[:：]?(?=[\u3400-\u9fff·]{2,})"
)


@dataclass(frozen=True)
class Person:
    """One name, and what stood in brackets beside it or before it."""

    name: str
    office: str = ""
    sex: str = ""
    ethnic_group: str = ""
    hint: str = ""
    identity: str = ""


class _Split(NamedTuple):
    name: str
    brackets: list[str]


def roster_person(text: str) -> Person:
    """The one person of a roster cell; the bracket is an office (常委), a sex or an ethnic group. Who has left is not
    taken for somebody who serves; how somebody came (补选) is no office."""
    people = _people(text)
    if len(people) > 1:
        raise Refusal("several_people", "一格里写了多个人。名册请每人一行，拆开后再导入。")
    person = _described(people[0])
    if LEFT.search(person.office):
        sentence = f"姓名后面写着“{person.office[:12]}”，名册只导入在任的。请删去这一行；仍在任的，请去掉括号。"
        raise Refusal("left", sentence)
    return replace(person, office="" if CAME.fullmatch(person.office) else person.office)


def ledger_people(text: str) -> list[Person]:
    """Everybody in a ledger cell, in order, each once. Of 区人大代表张三、李四 both are, until another is named."""
    found: dict[tuple[str, str], Person] = {}
    said = ""
    for part in _people(text):
        person = _described(part, ledger=True)
        said = person.identity or said
        person = replace(person, identity=said)
        found.setdefault((person.name, person.hint), person)
    return list(found.values())


def _people(text: str) -> list[_Split]:
    outside = BRACKETS.sub("", text).strip()
    if AND_OTHERS.search(without_blanks(outside)):
        raise Refusal("and_others", f"“{_short(text)}”没有写全。请把每一位的姓名都写出来。")
    parts = [part for piece in _pieces(text) for part in _by_blanks(piece)]
    if not parts:
        raise Refusal("vacant", f"“{_short(text)}”不是姓名。请填写姓名，或删去这一行。")
    for part in parts:
        _check(part.name, text)
    return parts


def _pieces(text: str) -> list[_Split]:
    """Cut at separators that stand outside brackets."""
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(match[1])
        return f"\x00{len(kept) - 1}\x00"

    pieces = []
    for piece in SEPARATORS.split(BRACKETS.sub(keep, text)):
        marks = [int(number) for number in re.findall("\x00(\\d+)\x00", piece)]
        name = re.sub("\x00\\d+\x00", "", piece).strip()
        if name:
            pieces.append(_Split(name, [kept[mark] for mark in marks]))
        elif marks and pieces:
            pieces[-1].brackets.extend(kept[mark] for mark in marks)
    return pieces


def _by_blanks(piece: _Split) -> list[_Split]:
    """张 三 is one name, 张三 李四 are two: every part has two or three characters and begins with a surname."""
    parts = re.split(r"[\s\u3000]+", piece.name)
    if len(parts) > 1 and all(len(part) > 2 and HONORIFIC.search(part) for part in parts):
        return [_Split(part, []) for part in parts]
    compound = parts[0] in COMPOUND_SURNAMES
    if len(parts) > 1 and not compound and all(2 <= len(part) <= 3 and part[0] in SURNAMES for part in parts):
        return [_Split(part, []) for part in parts[:-1]] + [_Split(parts[-1], piece.brackets)]
    return [_Split(without_blanks(piece.name), piece.brackets)]


def _check(name: str, text: str) -> None:
    if VACANT.match(name):
        raise Refusal("vacant", f"“{_short(text)}”不是姓名。请填写姓名，或删去这一行。")
    if any(unicodedata.category(char) in ("Co", "Cs", "Cn") for char in name):
        raise Refusal("private_character", "姓名中有自造字，换一台电脑就无法显示。请改用国家标准字形后再导入。")
    if len(name) > MAX_NAME or not all(char.isalpha() or char in f"{INTERPUNCTS}.'’-" for char in name):
        raise Refusal("not_a_name", f"“{_short(text)}”不像姓名。请核对这一格。")


def _described(part: _Split, *, ledger: bool = False) -> Person:
    name, facts = part.name, {"office": "", "sex": "", "ethnic_group": "", "hint": "", "identity": ""}
    if ledger and (match := IDENTITY.match(name)):
        facts["identity"], name = match[1], name[match.end() :]
    if ledger and len(name) > 2 and (match := HONORIFIC.search(name)) and len(name) - len(match[0]) >= 2:
        name = name[: match.start()]
    words = [without_blanks(word) for bracket in part.brackets for word in re.split(r"[、,，;；\s]+", bracket)]
    for word in filter(None, words):
        field = _kind_of(word, ledger=ledger)
        facts[field] = SEXES.get(word, "") if field == "sex" else "、".join(filter(None, [facts[field], word]))
    return Person(name, **facts)


def _kind_of(word: str, *, ledger: bool) -> str:
    if word in SEXES:
        return "sex"
    if re.fullmatch(r"[\u3400-\u9fff]{1,6}族", word):
        return "ethnic_group"
    return "hint" if ledger else "office"


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 20 else f"{text[:20]}…"
