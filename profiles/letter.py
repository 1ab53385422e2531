"""The chief prosecutor's letter: a few sentences by rule, from this person's facts alone.

No adjective that the facts do not carry, no comparison with anybody. The wording varies between persons and years
so that neighbours do not receive the same letter, and is always the same for the same person and year.
"""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from common.quotes import quoted, titled

Facts = Mapping[str, Any]

OPENINGS = (
    "{year}年，感谢您作为{seats}，关心、支持和监督{house}的工作。",
    "翻开{year}年的联络记录，首先要向您道一声感谢。您作为{seats}，关注{house}的工作，给我们支持，也给我们监督。",
    "提笔写下这封信，首先要感谢您。{year}年，您作为{seats}，关心检察工作，监督检察工作，我们都记在心里。",
)
BACKGROUNDS = (
    "您有{profession}的专业所长，",
    "您以{profession}的专业眼光，",
)
CONCERNS = (
    "关注{concerns}，这些也正是检察机关要用心办好的事。",
    "牵挂着{concerns}，您的视角让我们看得更全、想得更细。",
)
ONLY_PROFESSION = "您有{profession}的专业所长，您看检察工作，让我们看得更全、想得更细。"
ONLY_CONCERNS = "您{concerns}"
WISHES = (
    "一粒一穗，皆是印迹。我们把这一年记在这本小册里送给您，也留给我们自己。恳请您一如既往关心我们、监督我们。",
    "禾苗知雨露，民意是根本。往后的日子，我们盼着继续听到您的声音，也请您继续监督我们把每一件事办好。",
    "纸短情长，谨以这本小册向您报告，也向您致谢。检察院的门始终为您敞开，恳请您常来看看、多提意见。",
)
CLOSINGS = (
    "知民意，听民声，解民忧。",
    "坚守为民初心，不负代表所托。",
    "民之所盼，检之所向。",
)


def write(facts: Facts) -> dict[str, Any]:
    """Salutation, paragraphs and the closing line for ``facts`` (all but the letter itself)."""
    person, choose = facts["person"], _Choice(facts)
    opening = choose(OPENINGS).format(year=facts["year"], seats=person["seats_short"], house=facts["house"]["short"])
    paragraphs = [opening + _background(person, choose), *_main_things(facts), _promise(facts), choose(WISHES)]
    closing = choose(CLOSINGS if "代表" in person["suffix"] else (CLOSINGS[0], CLOSINGS[2]))
    return {
        "dear": f"尊敬的{person['name']}{person['suffix']}：",
        "paragraphs": [paragraph for paragraph in paragraphs if paragraph],
        "closing": closing,
    }


class _Choice:
    """One of several wordings, fixed by person, year and the wordings themselves."""

    def __init__(self, facts: Facts) -> None:
        self.seed = f"{facts['person']['ref']}:{facts['year']}"

    def __call__(self, options: Sequence[str]) -> str:
        digest = hashlib.sha256(f"{self.seed}:{options[0]}".encode()).digest()
        return options[digest[0] % len(options)]


def _background(person: Facts, choose: _Choice) -> str:
    profession, concerns = person["profession"], joined(person["concerns"])
    about = choose(CONCERNS).format(concerns=concerns) if concerns else ""
    if profession and about:
        return choose(BACKGROUNDS).format(profession=profession) + about
    if profession:
        return ONLY_PROFESSION.format(profession=profession)
    return ONLY_CONCERNS.format(concerns=about) if about else ""


def _main_things(facts: Facts) -> list[str]:
    """What mattered most with this person: the voice that was answered or heard, and where he or she came along.

    If neither, the meetings themselves.
    """
    attended = [event for event in facts["events"] if event["activity"]]
    things = [_voice(facts["voices"]), _attended(attended) if attended else ""]
    return things if any(things) else [_met(facts["events"])]


def _voice(voices: Sequence[Facts]) -> str:
    answered = [voice for voice in voices if voice["replies"]]
    if answered:
        return _answered(max(answered, key=lambda voice: (len(voice["steps"]), voice["replies"][-1]["in_person"])))
    if not voices:
        return ""
    return _heard(next((voice for voice in voices if voice["outcome"]), voices[0]))


def _answered(voice: Facts) -> str:
    reply = voice["replies"][-1]
    how = "当面向您答复" if reply["in_person"] else "向您书面答复"
    steps = len(voice["steps"])
    work = f"我们像办案一样办理，前后经过{steps}个步骤，" if steps >= 3 else "我们认真研究办理，"
    return f"您提出的{titled(voice['title'])}，{work}于{_day(reply['date'])}{how}。{_verdict(voice)}"


def _verdict(voice: Facts) -> str:
    verdict = voice["evaluation"]
    if not verdict:
        return "办得好不好，您最有发言权，期待您的评价。"
    if "不满意" in verdict:
        return f"您的评价是“{verdict}”。没有办好的地方，我们接着办，直到给您一个说法。"
    return f"您的评价是“{verdict}”，这是对我们的鞭策。"


def _heard(voice: Facts) -> str:
    if voice["title"]:
        return f"您提出的{titled(voice['title'])}正在办理，办理的进展和结果，我们会及时向您报告。"
    heard = f"{_day(voice['date'])}您提出的意见，我们逐字记了下来"
    if voice["outcome"]:
        return f"{heard}，也照着去办：{voice['outcome']}"
    return f"{heard}。说过的话有人听、有人办，是我们对您的承诺。"


def _attended(events: Sequence[Facts]) -> str:
    first = events[0]
    if len(events) == 1:
        return (
            f"{_day(first['date'])}，您参加了{quoted(first['title'])}。您走进检察工作的现场，就是对我们最实在的监督。"
        )
    return (
        f"这一年，您参加检察活动{len(events)}场，从{_day(first['date'])}的{quoted(first['title'])}"
        f"到{_day(events[-1]['date'])}的{quoted(events[-1]['title'])}，每一次到场，都是对检察工作实实在在的监督。"
    )


def _met(events: Sequence[Facts]) -> str:
    if not events:
        return ""
    first = events[0]
    if len(events) == 1:
        sincere = "是我们这一年与您的一次真诚交流。您说的话，我们记在这里，也记在心里。"
        return f"{_day(first['date'])}的{first['kind']}，{sincere}"
    return (
        f"从{_day(first['date'])}到{_day(events[-1]['date'])}，我们{len(events)}次与您交流。您说的话，我们都记在心里。"
    )


def _promise(facts: Facts) -> str:
    """A reply that promised something binds us in the next year too."""
    open_ones = [voice["title"] for voice in facts["voices"] if voice["promised"]]
    if not open_ones:
        return ""
    named = "、".join(titled(title) for title in open_ones[:2])
    rest = f"等{len(open_ones)}件" if len(open_ones) > 2 else ""
    return f"{named}{rest}中我们承诺的事，还在办。办成之后，我们会再次向您报告。"


def joined(words: Sequence[str]) -> str:
    """甲、乙和丙."""
    return "和".join(("、".join(words[:-1]), words[-1])) if len(words) > 1 else "".join(words)


def _day(iso: str) -> str:
    value = date.fromisoformat(iso)
    return f"{value.month}月{value.day}日"
