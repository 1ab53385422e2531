"""Words of the house by their aliases: 一部, 案管办, 公益诉讼部 … and the nearest guess for what is not known."""

import difflib
import re
from collections.abc import Hashable, Iterable, Mapping
from typing import Generic, TypeVar

from intake.reading.cells import plain

T = TypeVar("T", bound=Hashable)
_BRACKET = re.compile(r"[(（](.*?)[)）]")
MOST = 12
_HAN = "一二三四五六七八九十"
# What houses commonly say, by a word of the full name.
_USUAL = {
    "案件管理": ["案管", "案管办", "案管部", "案件管理部", "案件管理办公室", "案管中心"],
    "公益诉讼": ["公益诉讼部", "公益诉讼检察部", "公益", "公诉益部"],
    "未成年人": ["未检", "未检部", "未成年人检察部", "少捕", "未检办"],
    "刑事检察": ["刑检", "刑检部", "刑事检察部"],
    "民事行政": ["民行", "民行部", "民行科", "民事行政检察部"],
    "控告申诉": ["控申", "控申部", "控告申诉检察部"],
    "政治部": ["政治处", "政工", "政工科"],
    "检务督察": ["督察", "督察部", "检务督察部"],
    "综合业务": ["综合业务部"],
}


class Words(Generic[T]):
    """A small dictionary that forgives: blanks, width, brackets; names what is nearest to an unknown word."""

    def __init__(self, entries: Iterable[tuple[T, str, Iterable[str]]]) -> None:
        """``entries``: (thing, its name, its aliases). A name beats an alias; an alias of two things is nobody's."""
        entries = list(entries)
        self.names: dict[T, str] = {thing: name for thing, name, _ in entries}
        self._aliases: dict[str, set[T]] = {}
        for thing, _, aliases in entries:
            for alias in aliases:
                self._aliases.setdefault(plain(alias), set()).add(thing)
        self._exact = {plain(name): thing for thing, name, _ in entries}

    def find(self, text: str) -> T | None:
        key = plain(text)
        if key in self._exact:
            return self._exact[key]
        things = self._aliases.get(key) or self._aliases.get(_BRACKET.sub("", key)) or set()
        return next(iter(things)) if len(things) == 1 else None

    def nearest(self, text: str) -> str:
        """The name that looks most like ``text``, or nothing."""
        known: Mapping[str, T] = {key: next(iter(found)) for key, found in self._aliases.items()} | self._exact
        close = difflib.get_close_matches(plain(text), list(known), n=1, cutoff=0.3)
        return self.names[known[close[0]]] if close else ""

    def guess(self, text: str) -> str:
        """The nearest; else what there is."""
        name = self.nearest(text)
        return f"最接近的是“{name}”。" if name else f"已有的是：{'、'.join([*self.names.values()][:MOST])}。"

    def all_known(self, text: str) -> bool:
        """Several words of the list in one cell (走访、座谈)."""
        parts = [part for part in re.split(r"[、,，/;；+\s]+", text) if part]
        return len(parts) > 1 and all(self.find(part) for part in parts)


def department_aliases(name: str, short_name: str = "") -> set[str]:
    """第一检察部（刑事检察） → 一部, 第1检察部, 检察一部, 刑事检察部 …"""
    bare = _BRACKET.sub("", name)
    aliases = {short_name, bare}
    if match := re.search(rf"第([{_HAN}])(?:检察)?部", bare):
        number, digit = match[1], str(_HAN.index(match[1]) + 1)
        aliases |= {
            f"{number}部",
            f"第{number}部",
            f"检察{number}部",
            f"第{number}检察部",
            f"{digit}部",
            f"第{digit}检察部",
        }
    for business in _BRACKET.findall(name):
        aliases |= {business, f"{business}部", business.removesuffix("检察"), f"{business.removesuffix('检察')}部"}
    if bare == "办公室":
        aliases |= {"院办", "院办公室", "综合办"}
    for word, usual in _USUAL.items():
        if word in name:
            aliases |= {word, *usual}
    return aliases - {""}
