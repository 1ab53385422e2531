"""What the words of a line look like: where one ends, what is dropped, what names a place, where the note begins."""

import re
from collections.abc import Iterator

from common.pinyin import INTERPUNCTS

LONGEST_WORD = 24
TITLES = "代表|委员|主任|书记|院长|校长|总经理|经理|总|老师|女士|先生|同志"
HAN = "[㐀-䶿一-鿿]"
_PART_OF_DAY = "(?:清晨|早上|上午|中午|下午|傍晚|晚上|夜里)"
_HOUR = (
    rf"{_PART_OF_DAY}(?:\d{{1,2}}|[一二两三四五六七八九十]{{1,3}})[点时](?:半|钟|整|许|左右|多|一刻|\d{{1,2}}分?)?"
    rf"|{_PART_OF_DAY}?(?<!\d)\d{{1,2}}[:：]\d{{2}}(?!\d)(?:[-—~～至到]\d{{1,2}}[:：]\d{{2}})?"
    r"|(?<![\d.])\d{1,2}点(?:半|钟|整|许|左右|多|一刻|\d{1,2}分?)?(?![^\s,，;；。])"
)
_WITH = rf"(?:陪同?|随同?|跟随){HAN}{{0,3}}?(?:检察长|院领导|部主任|局领导)"
_ASIDE = rf"(?:{_HOUR}|{_WITH})"
ASIDE = re.compile(_ASIDE)
_SMALL = "[去到在赴与和跟同向对了给接的]"
# Names are set as wide as each other: 张　敏, 顾　云舟.
SPACED_NAME = rf"(?<!{HAN})(?!{_SMALL}){HAN}[ \u3000]+{HAN}{{1,2}}(?!{HAN})"
# A colon or a slash between digits belongs to an hour or a day.
_BETWEEN = r"\s,，、;；。+＋：“”\"【】\[\]()（）|"
WORD = re.compile(rf"{_ASIDE}|{SPACED_NAME}|(?:(?!{_ASIDE})(?:[^{_BETWEEN}:/]|(?<=\d)[:/](?=\d)))+")
OPENING = '“"【[(（'
LETTERS = re.compile(r"[a-z][a-z0-9'-]*")
LETTER = re.compile("[A-Za-z]")
SYLLABLE = re.compile("(?:[bpmfdtnlgkhjqxzcsryw]|[zcs]h)?[aeiouv]{1,3}(?:n|ng|r)?")
FILLER = re.compile(rf"陪同|一起|一同|{TITLES}|方式|人员|时间|地点|对象|内容|{_SMALL}")
TELLS = re.compile(
    "谈|说|聊|讲|问|听|讨论|反映|反馈|希望|建议|提出|提到|表示|认为|了解|关心|关注|沟通|交流|汇报|介绍|征求|邀请|送|就|关于"
)
TITLED = re.compile(rf"(?P<surname>{HAN}{{1,2}})(?:{TITLES})")
_PLACES = (
    "村委会 居委会 村 镇 街道 社区 公司 学校 小学 中学 大学 医院 法院 检察院"
    " 中心 园 厂 室 馆 厅 站 所 局 家 现场 基地 单位 机关"
)
_PLACE = re.compile(rf"[@＠](?P<at>\S+)|[在到去](?P<in>\S{{1,14}}(?:{'|'.join(_PLACES.split())}))")


def possible_names(word: str) -> Iterator[str]:
    """Everything in the word that may be a name; only names with a dot are longer than five characters."""
    plain = "".join(word.split())[:LONGEST_WORD]
    longest = LONGEST_WORD if set(plain) & set(INTERPUNCTS) else 5
    yield plain
    for start in range(len(plain)):
        yield from (plain[start:end] for end in range(start + 2, min(start + longest, len(plain)) + 1))


def place_in(word: str) -> str | None:
    """@村委会, 在甘露村委会. 在 alone begins many a note, so the end has to tell that it is a place."""
    found = _PLACE.fullmatch(word)
    return (found["at"] or found["in"]) if found else None
