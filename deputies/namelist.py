"""Many names at once: a pasted list, or the replies of a chat group (“1. 张三 收到，参加”, “李四：请假”).

Pure: ``named`` finds people by their exact names. Each line gives the people in it; the name position (the first word)
is told as unknown where nobody is found there. A line that only answers belongs to the line before.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from deputies.quickline import Person
from deputies.quickline.words import HAN, SPACED_NAME, TITLES

MOST_LINES = 500
_NUMBERING = re.compile(r"^\s*(?:[(（]?\d{1,3}[)）.、．:：]|[①-⑳]|[-*•·])\s*")
_NOISE = re.compile(r"\d{4}[-/年.]\d{1,2}[-/月.]\d{1,2}日?|\d{1,2}[:：]\d{2}(?:[:：]\d{2})?|1\d{10}|[@＠]")
_SPLIT = re.compile(r"[\s,，、;；:：|/（）()【】\[\]“”\"!！。.~～+＋\-—_]+")
_DECLINES = "请假|不能|无法|来不了|去不了|不来|不去|不参加|不了|出差|冲突|缺席|有事"
_ANSWERS = "收到|参加|准时|到会|出席|可以|没问题|好的|好|来|能|确认|谢谢|报名|到场|OK|ok|1"
_DECLINED = re.compile(_DECLINES)
_SAYING = re.compile(rf"(?:{TITLES}|{_DECLINES}|{_ANSWERS}|[我会因将并按时前已到的了])*", re.IGNORECASE)
_NAME = re.compile(HAN + "{2,4}")

Named = Callable[[Collection[str]], Mapping[str, Sequence[Person]]]


@dataclass(frozen=True)
class Entry:
    """One name: nobody in ``options`` = unknown, several = to be chosen."""

    word: str
    options: tuple[Any, ...]
    declined: bool = False


@dataclass(frozen=True)
class NameList:
    entries: tuple[Entry, ...]
    unused: tuple[str, ...]  # lines that name nobody


def read_names(text: str, named: Named) -> NameList:
    lines = [line for line in map(_bare, text.splitlines()[:MOST_LINES]) if line]
    known = named({start for line in lines for word in _words(line) for start in _starts(word)})
    entries: list[Entry] = []
    unused: list[str] = []
    for line in lines:
        found = list(_entries(line, known))
        if not found and _only_answers(line) and entries:
            entries[-1] = replace(entries[-1], declined=bool(_DECLINED.search(line)))
        elif not found:
            unused.append(line)
        entries += found
    return NameList(tuple(_once(entries)), tuple(unused))


def _entries(line: str, known: Mapping[str, Sequence[Person]]) -> Iterator[Entry]:
    declined = bool(_DECLINED.search(line))
    words = _words(line)
    names = [name for word in words if (name := _name_in(word, known))]
    rest = [word for word in words if word not in names]
    for name in dict.fromkeys(names):
        yield Entry(name, tuple(_narrowed(known[name], rest)), declined)
    if not names and words and _looks_like_a_name(words[0]):
        yield Entry(words[0], (), declined)


def _narrowed(options: Sequence[Person], words: Sequence[str]) -> Sequence[Person]:
    """Of namesakes the one whose unit, post or area stands in the line."""
    if len(options) < 2:
        return options
    told = [each for each in options if any(len(word) > 1 and word in f"{each.unit} {each.post} {each.area or ''}"
                                            for word in words)]  # fmt: skip
    return told or options


def _name_in(word: str, known: Mapping[str, Sequence[Person]]) -> str:
    """张三, 张三代表, 张三收到: what follows the name has to be a title or an answer."""
    return next((start for start in _starts(word) if start in known and _SAYING.fullmatch(word[len(start) :])), "")


def _starts(word: str) -> list[str]:
    """The word, and what at its beginning may be a name, longest first."""
    return [word, *(word[:end] for end in range(min(5, len(word) - 1), 1, -1))]


def _looks_like_a_name(word: str) -> bool:
    return bool(_NAME.fullmatch(word)) and not _SAYING.fullmatch(word)


def _only_answers(line: str) -> bool:
    return all(_SAYING.fullmatch(word) for word in _words(line))


def _bare(line: str) -> str:
    plain = _NOISE.sub(" ", _NUMBERING.sub("", line)).strip()
    return re.sub(SPACED_NAME, lambda name: "".join(name[0].split()), plain)


def _words(line: str) -> list[str]:
    return [word for word in _SPLIT.split(line) if word]


def _once(entries: Sequence[Entry]) -> list[Entry]:
    """Who answers twice is there once, with the last answer."""
    return list({(entry.word, tuple(each.pk for each in entry.options)): entry for entry in entries}.values())
