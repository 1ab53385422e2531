"""The set phrases of the trade: titles, numbers, forms of address."""

import re
from collections.abc import Sequence
from datetime import date

from common.calendar import cn_day
from common.quotes import quoted
from common.texts import numeral
from deputies.models import Body, Level, Term
from suggestions.documents.facts import Matter, Person

BLANK = "　　"
_OPINION_WORDS = ("建议", "意见", "提案")


def meeting(term: Term | None, session: str) -> str:
    """知禾区五届人大五次会议, 知禾区政协五届三次会议, 十四届全国人大三次会议."""
    if term is None:
        return ""
    count = f"{numeral(term.number)}届"
    if term.body == Body.CPPCC:
        return f"{term.place}政协{count}{session}"
    if term.level == Level.NATIONAL:
        return f"{count}全国人大{session}"
    return f"{term.place}{count}人大{session}"


def number_of(matter: Matter) -> str:
    """第12号; an own series (闭字3号) as it is; a blank where the number is still to come."""
    if "号" in matter.number:
        return matter.number
    return f"第{matter.number or BLANK}号"


def whole(matter: Matter) -> str:
    """How a title names the item: by meeting and number, or by its own title where it has neither."""
    if matter.is_formal and matter.meeting:
        return f"{matter.meeting}{number_of(matter)}{matter.word}"
    if matter.is_formal:
        return f"{matter.kind_name}{quoted(matter.title)}"
    return quoted(matter.title) + ("" if matter.title.endswith(_OPINION_WORDS) else matter.word)


def quoted_with_number(matter: Matter) -> str:
    """“关于……的建议”（第12号）, as the first sentence of a letter names it."""
    numbered = f"（{number_of(matter)}）" if matter.is_formal and matter.meeting else ""
    return f"{quoted(matter.title)}{numbered}"


def letter_number(code: str, year: int) -> str:
    """知检函〔2026〕　　号: the number itself is given by the register of outgoing papers."""
    return f"{code}〔{year}〕{BLANK}号"


def day_words(day: date | None, year: int) -> str:
    return cn_day(day) if day else f"{year}年{BLANK}月{BLANK}日"


def dear(people: Sequence[Person], organisation: str = "") -> str:
    """尊敬的张三、李四代表："""
    if organisation:
        return f"{organisation}："
    names = "、".join(person.name for person in people)
    return f"尊敬的{names}{people[0].office}："


def you(people: Sequence[Person], organisation: str = "") -> str:
    if organisation:
        return "贵单位"
    return "您" if len(people) == 1 else "你们"


def reason_words(reason: str) -> str:
    """Into the middle of a sentence; what is not known is asked for in brackets."""
    return re.sub(r"^(因为|由于|因)", "", reason.strip()).rstrip("。；，.") or "（请写明理由）"
