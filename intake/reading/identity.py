"""Level and body: 区人大, 区代表, 人大代表（区）, 市政协委员, 知禾区第五届人民代表大会代表 …"""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from intake.reading.cells import plain, without_blanks

NATIONAL, PROVINCE, CITY, DISTRICT, TOWN = "national", "province", "city", "district", "town"
CONGRESS, CPPCC = "congress", "cppcc"
_LEVELS = {"省": PROVINCE, "市": CITY, "区": DISTRICT, "县": DISTRICT, "旗": DISTRICT, "镇": TOWN, "乡": TOWN}
# Words in which the level's character means something else, longest first.
_FIXED = [
    ("中国人民政治协商会议", "政协"), ("中华人民共和国", "国"), ("全国", "国"), ("国家级", "国"),
    ("自治区", "省"), ("直辖市", "省"), ("设区的市", "市"), ("设区市", "市"), ("地级市", "市"), ("县级市", "县"),
    ("自治县", "县"), ("自治旗", "旗"), ("选区", ""), ("地区", "市"), ("片区", ""), ("社区", ""), ("园区", ""),
    ("开发区", ""), ("街道", "镇"), ("乡镇", "镇"), ("县区", "区"), ("市区", "区"), ("区县", "区"),
]  # fmt: skip
_CONGRESS = re.compile("人大|人民代表大会|代表")
_CPPCC = re.compile("政协|政治协商|委员(?!会)")
_SPLIT = re.compile(r"[、,，;；/\n+]|(?<=[代表委员])(?:兼|和|及)")
_TERM = re.compile(r"第?([\d一二三四五六七八九十]{1,4})届")
_PLACE = re.compile(
    r"([\u3400-\u9fff]{1,8}?[省市区县旗镇乡])"
    r"(?=第?[\d一二三四五六七八九十]{0,4}届?(?:人大|人民代表|政协|代表|委员|$))"
)


class Identity(NamedTuple):
    """What was read; an empty string or None where nothing was said."""

    body: str = ""
    level: str = ""
    number: int | None = None
    place: str = ""

    def filled_from(self, other: "Identity") -> "Identity":
        """Gaps filled from a less direct source; a place of another level is not taken over."""
        same = not self.level or not other.level or self.level == other.level
        place = self.place or (other.place if same else "")
        same_body = not self.body or not other.body or self.body == other.body
        number = self.number if self.number is not None else (other.number if same and same_body else None)
        return Identity(self.body or other.body, self.level or other.level, number, place)

    @property
    def is_known(self) -> bool:
        return bool(self.body and self.level) and not (self.body == CPPCC and self.level == TOWN)


def identities(text: str, aliases: Mapping[str, Identity] | None = None) -> list[Identity]:
    """Each identity of a cell: 省人大代表、区政协委员 are two. Parts that say nothing are left out.

    ``aliases``: words of the office's own, in the form in which words are compared.
    """
    known = aliases or {}
    found = [known.get(plain(part)) or identity(part) for part in _SPLIT.split(text) if part.strip()]
    return [each for each in found if each.body or each.level or each.number is not None]


@lru_cache(maxsize=4096)
def identity(text: str) -> Identity:
    """The one identity of a text (cell, sheet's name, title)."""
    bare = without_blanks(unicodedata.normalize("NFKC", text))
    return Identity(_body(bare), _level(bare), _number(bare), _place(bare))


def _body(text: str) -> str:
    congress, cppcc = _CONGRESS.search(text), _CPPCC.search(text)
    if "政协" in text and "人大" not in text:
        return CPPCC
    if "代表委员" in text or ("人大" in text and "政协" in text):
        return ""
    if congress:
        return CONGRESS
    return CPPCC if cppcc else ""


def _level(text: str) -> str:
    """The last level named before the body, or the one in brackets: 禾城市知禾区人大 is of the district."""
    for word, sign in _FIXED:
        text = text.replace(word, sign)
    body = _CONGRESS.search(text) or _CPPCC.search(text)
    before, after = (text[: body.start()], text[body.end() :]) if body else (text, "")
    for part in (before, after):
        if "国" in part:
            return NATIONAL
        signs = [char for char in part if char in _LEVELS]
        if signs:
            return _LEVELS[signs[-1]]
    return ""


def _number(text: str) -> int | None:
    match = _TERM.search(text) or re.fullmatch(r"第?(\d{1,2})", text)
    if not match:
        return None
    return int(match[1]) if match[1].isdigit() else _han_number(match[1])


def _han_number(text: str) -> int | None:
    digits = {sign: value for value, sign in enumerate("一二三四五六七八九", start=1)}
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return digits.get(text)
    return digits.get(tens, 1) * 10 + digits.get(ones, 0)


def _place(text: str) -> str:
    """知禾区 of 知禾区第五届人大代表名册; bare 区人大 has no name."""
    match = _PLACE.search(text)
    place = re.sub(r"^(.*政协|.*政治协商会议|.*届|.*[省市](?=.{2,}[市区县镇乡]$))+", "", match[1]) if match else ""
    return place if len(place) > 1 and place not in {"自治区", "设区市", "县级市", "地级市"} else ""
