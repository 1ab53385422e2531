"""What became of the points: told line by line for the Annex-5 table and for the 审议意见分解表."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from common.calendar import cn_day
from suggestions.models import Point, Reply, Share, Suggestion, Utterance
from suggestions.overview import STATE_TONES, Tone
from suggestions.workflow import SuggestionState


@dataclass(frozen=True)
class Answer:
    """What one department did about a point. ``outcome`` is its last answer, or how far it is."""

    share: Share
    measures: str
    due_on: date | None
    outcome: str
    channel: str
    replied_on: date | None
    verdicts: str

    @property
    def suggestion(self) -> Suggestion:
        return self.share.suggestion

    @property
    def tone(self) -> Tone:
        return STATE_TONES[self.suggestion.state]


@dataclass(frozen=True)
class Line:
    """One point: who said it, what was meant, what was done by each department."""

    point: Point
    said: list[Utterance]
    answers: list[Answer]

    @property
    def speakers(self) -> str:
        """张晓北、李敏（甘露镇代表团）、周稻香（教育界）: each once, by group, in the order in which they spoke."""
        groups: dict[str, dict[str, None]] = {}
        for each in self.said:
            groups.setdefault(group_of(each), {})[each.by_whom] = None
        return "、".join("、".join(names) + (f"（{group}）" if group else "") for group, names in groups.items())

    @property
    def is_new(self) -> bool:
        """Nothing of it has reached a department: it can be taken apart (``check_can_take_apart``)."""
        return all(answer.suggestion.state == SuggestionState.REGISTERED for answer in self.answers) and not any(
            answer.suggestion.assigned_on for answer in self.answers
        )


def lines(points: Iterable[Point]) -> list[Line]:
    """Of points fetched with ``PointQuerySet.with_answers``, in the order in which they were first said."""
    told = [_line(point) for point in points]
    return sorted(told, key=lambda line: (line.said[0].said_at, line.point.pk))


def group_of(utterance: Utterance) -> str:
    """代表团 or 界别 of the speaker in this 届, else where he or she was heard."""
    seats = utterance.speaker.mandates.all() if utterance.speaker else []
    own = next((seat.group for seat in seats if seat.term_id == utterance.hearing.term_id), "")
    return own or utterance.hearing.group


def _line(point: Point) -> Line:
    said = sorted((voice.utterance for voice in point.voices.all()), key=lambda each: (each.said_at, each.pk))
    standing = [share for share in point.shares.all() if share.suggestion.state != SuggestionState.WITHDRAWN]
    return Line(point, said, [_answer(share) for share in standing])


def _answer(share: Share) -> Answer:
    suggestion = share.suggestion
    last = max(suggestion.replies.all(), key=lambda reply: reply.round, default=None)
    steps = sorted(suggestion.steps.all(), key=lambda step: (step.happened_on, step.pk))
    return Answer(
        share,
        measures="；".join(f"{cn_day(step.happened_on)}{step.what}" for step in steps),
        due_on=suggestion.due_on or share.point.due_on,
        outcome=_outcome(suggestion, last),
        channel=("当面答复" if last.in_person else "书面答复") if last else "",
        replied_on=last.replied_on if last else None,
        verdicts="；".join(f"{each.deputy.name}：{each.words}" for each in last.evaluations.all()) if last else "",
    )


def _outcome(suggestion: Suggestion, last: Reply | None) -> str:
    if last:
        kept = f" {cn_day(last.kept_on)}二次答复：{last.kept_how}" if last.kept_on else ""
        return f"{last.summary}{kept}"
    if suggestion.department is None:
        return "待交办。"
    until = f"，{cn_day(suggestion.due_on)}前答复" if suggestion.due_on else ""
    return f"正在办理{until}。"
