"""Names by pinyin: how a name is read, and the key under which it is found.

Names are stored as typed and never normalised (NFC would rewrite 凉 U+F979); only the search key is.
"""

import re
import unicodedata

from pypinyin import lazy_pinyin

# Characters that are read differently when they are a surname; pypinyin gives the everyday reading.
SURNAMES = {
    "单": "shan", "仇": "qiu", "解": "xie", "查": "zha", "曾": "zeng", "区": "ou", "翟": "zhai", "覃": "qin",
    "朴": "piao", "盖": "ge", "乐": "yue", "缪": "miao", "祭": "zhai", "员": "yun", "贠": "yun", "都": "du",
    "宓": "fu", "秘": "bi", "折": "she", "召": "shao", "洗": "xian", "冼": "xian", "粘": "nian", "句": "gou",
    "种": "chong", "适": "kuo", "隗": "wei", "郗": "chi", "郇": "xun", "能": "nai", "薄": "bo", "卜": "bu",
    "佴": "nai", "角": "jue", "阚": "kan", "牟": "mu", "莘": "shen", "乜": "nie", "訾": "zi", "藏": "zang",
    "繁": "po", "幺": "yao", "么": "yao", "亢": "kang", "逄": "pang", "褶": "xi",
    "参": "shen", "黑": "he", "令": "ling", "哈": "ha", "盛": "sheng", "仉": "zhang", "谌": "chen",
}  # fmt: skip
COMPOUND_SURNAMES = {
    "单于": "chan yu", "尉迟": "yu chi", "万俟": "mo qi", "长孙": "zhang sun", "澹台": "tan tai",
    "令狐": "ling hu", "鲜于": "xian yu", "宇文": "yu wen", "呼延": "hu yan", "夏侯": "xia hou",
    "皇甫": "huang fu", "拓跋": "tuo ba", "夹谷": "jia gu", "谷梁": "gu liang", "乐正": "yue zheng",
    "亓官": "qi guan", "濮阳": "pu yang", "淳于": "chun yu", "仲长": "zhong chang", "宗政": "zong zheng",
    "欧阳": "ou yang", "上官": "shang guan", "司马": "si ma", "诸葛": "zhu ge", "慕容": "mu rong",
    "独孤": "du gu", "公孙": "gong sun", "轩辕": "xuan yuan", "端木": "duan mu", "太叔": "tai shu",
    "申屠": "shen tu", "钟离": "zhong li", "东方": "dong fang", "百里": "bai li", "赫连": "he lian",
    "南宫": "nan gong", "西门": "xi men", "司徒": "si tu", "司空": "si kong", "闻人": "wen ren",
}  # fmt: skip
# The dots that people type between the parts of a name (阿卜杜拉·艾山): all are found under any other.
INTERPUNCTS = "·•‧∙⋅・･．"
_TONES = re.compile("[\u0300\u0301\u0304\u0308\u030c]")
_WITHOUT_INTERPUNCTS = str.maketrans("", "", INTERPUNCTS + ".")


def reading(name: str) -> tuple[str, str]:
    """(pinyin with a space between syllables, initials): 单小明 → ("shan xiao ming", "sxm").

    A character without a known reading stands for itself. Names with an interpunct have no Han surname.
    """
    syllables = _syllables(name)
    return " ".join(syllables), initials_of(" ".join(syllables))


def initials_of(pinyin: str) -> str:
    return "".join(syllable[0] for syllable in pinyin.split())


def search_key(text: str) -> str:
    """The form in which texts are compared: width, case, compatibility forms, interpuncts and the tones of pinyin do
    not matter; ü is v."""
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_WITHOUT_INTERPUNCTS)
    return " ".join((plain if plain.isascii() else _toneless(plain)).split())


def search_text(name: str, *others: str, pinyin: str = "") -> str:
    """Everything under which a person is found: name, full pinyin, given name, initials, then ``others``.

    Every reading is indexed (``pinyin`` as corrected by hand, by surname, everyday), each part after a space,
    so that letters are matched from the start of a part (``letters_match`` in queries by " " + letters).
    """
    readings = dict.fromkeys([pinyin or reading(name)[0], reading(name)[0], " ".join(_plain(name))])
    parts = [name]
    for each in readings:
        syllables = each.split()
        parts += ["".join(syllables), "".join(syllables[1:]), initials_of(each)]
    keys = dict.fromkeys(search_key(part) for part in [*parts, *others])
    return " " + " ".join(key for key in keys if key)


def search_words(query: str) -> list[str]:
    """The words of a query, each to be contained in ``search_text``: letters from the start of a part only."""
    words = search_key(query).split()
    return [f" {word}" if re.fullmatch(r"[a-z0-9']+", word) else word for word in words]


def _toneless(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text).replace("u\u0308", "v")
    return unicodedata.normalize("NFC", _TONES.sub("", decomposed))


def _syllables(name: str) -> list[str]:
    if any(dot in name for dot in INTERPUNCTS):
        return _plain(name)
    for length, table in ((2, COMPOUND_SURNAMES), (1, SURNAMES)):
        surname, given = name[:length], name[length:]
        if surname in table and given:
            return [*table[surname].split(), *_plain(given)]
    return _plain(name)


def _plain(text: str) -> list[str]:
    """One syllable per Han character, known or not; Latin runs stay whole; ü is written v, as it is typed."""
    found = lazy_pinyin(text.translate(_WITHOUT_INTERPUNCTS), v_to_u=False)
    return [part.casefold() for run in found for part in (run.split() if run.isascii() else list(run))]
