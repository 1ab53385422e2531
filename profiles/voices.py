"""*Your words → what we did*: suggestions with their steps and replies, opinions with their outcome."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from common.calendar import cn_day
from common.texts import clipped
from deputies.models import Deputy
from deputies.stats import WordsFact
from suggestions import stats
from suggestions.models import FORMAL, Evaluation, Reply, Suggestion

Json = dict[str, Any]

MOST_STEPS = 10


class Voices:
    """What one deputy said in one year. The person's own words are in it only with ``words_consent``."""

    def __init__(self, deputy: Deputy, year: int, words: Iterable[WordsFact]) -> None:
        self.deputy = deputy
        self.last = date(year, 12, 31)
        items = stats.of_deputy(deputy, year).items
        known = Suggestion.objects.select_related("field", "term").in_bulk([_number(item.ref) for item in items])
        self.suggestions = [known[_number(item.ref)] for item in items]
        # Words that became a suggestion are told there.
        sources = {f"opinion:{one.source_id}" for one in self.suggestions}
        self.words = [one for one in words if one.ref not in sources]
        of_the_year = [one for one in self.suggestions if one.received_on.year == year]
        self.proposed = sum(one.kind in FORMAL for one in of_the_year)
        self.spoken = len(self.words) + len(of_the_year) - self.proposed
        self.answered = sum(
            one.kind in FORMAL and any(reply.replied_on.year == year for reply in self._replies(one))
            for one in self.suggestions
        )

    @property
    def fields(self) -> Iterator[str]:
        yield from (str(one.field or "") for one in self.suggestions)
        yield from (one.field for one in self.words)

    def as_json(self) -> list[Json]:
        told = [self._suggestion(one) for one in self.suggestions]
        if self.deputy.words_consent:
            told += [_opinion(one) for one in self.words]
        return told

    def _suggestion(self, one: Suggestion) -> Json:
        replies = self._replies(one)
        latest = replies[-1] if replies else None
        steps = one.steps.filter(happened_on__lte=self.last).order_by("happened_on", "pk")[:MOST_STEPS]
        verdict = self._verdict(latest)
        return {
            "ref": f"suggestion:{one.pk}",
            "date": one.received_on.isoformat(),
            "kind": one.get_kind_display(),
            "meta": _meta(one),
            "title": one.title,
            "words": clipped(one.text, 320) if self.deputy.words_consent else "",
            "steps": [
                {"ref": f"step:{step.pk}", "date": step.happened_on.isoformat(), "what": step.what} for step in steps
            ],
            "replies": [self._reply(reply) for reply in replies],
            "outcome": "" if latest else "正在办理。办理情况和结果，将及时向您答复。",
            "evaluation": verdict,
            "promised": bool(latest and self._is_waiting(latest)),
            "result": _result(latest, verdict),
        }

    def _replies(self, one: Suggestion) -> list[Reply]:
        until = one.replies.filter(replied_on__lte=self.last)
        return list(until.select_related("result_class", "signed_by").order_by("round"))

    def _reply(self, reply: Reply) -> Json:
        number = f"（{reply.number}）" if reply.number else ""
        signer = f"，{reply.signed_by.title or '院领导'}{reply.signed_by.name}带队" if reply.signed_by else ""
        heading = f"当面答复{number}{signer}" if reply.in_person else f"书面答复{number}"
        again = f"第{reply.round}次答复：" if reply.round > 1 else ""
        kept = [
            f"二次答复（{cn_day(promise.kept_on)}）：{promise.kept_how}"
            for promise in stats.kept_until(reply, self.last)
            if promise.kept_on
        ]
        return {
            "ref": f"reply:{reply.pk}",
            "date": reply.replied_on.isoformat(),
            "heading": again + heading,
            "summary": clipped(reply.summary, 400),
            "in_person": reply.in_person,
            "kept": "；".join(kept),
        }

    def _is_waiting(self, reply: Reply) -> bool:
        """Something that it promised was not yet answered again."""
        return reply.promises.count() > len(stats.kept_until(reply, self.last))

    def _verdict(self, reply: Reply | None) -> str:
        found = Evaluation.objects.filter(reply=reply, deputy=self.deputy, received_on__lte=self.last).first()
        return found.words if found else ""


def _meta(one: Suggestion) -> str:
    number = f"第{one.number}号" if one.number else ""
    return "　".join(part for part in (number, f"{cn_day(one.received_on)}收到", str(one.field or "")) if part)


def _result(reply: Reply | None, verdict: str) -> list[Json]:
    """The line below the last reply; an evaluation that has not come back yet is not mentioned."""
    if reply is None:
        return []
    cells = [("答复日期", cn_day(reply.replied_on)), ("办理结果", str(reply.result_class)), ("您的评价", verdict)]
    return [{"label": label, "value": value} for label, value in cells if value]


def _opinion(one: WordsFact) -> Json:
    return {
        "ref": one.ref,
        "date": one.on.isoformat(),
        "kind": "您的意见",
        "meta": "　".join(part for part in (cn_day(one.on), one.field) if part),
        "title": "",
        "words": clipped(one.words, 320),
        "steps": [],
        "replies": [],
        "outcome": clipped(one.outcome, 320),
        "evaluation": "",
        "promised": False,
        "result": [],
    }


def _number(ref: str) -> int:
    return int(ref.partition(":")[2])
