"""What became of what was said in session: told line by line for the Annex-5 table and for the 审议意见分解表."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from common.calendar import cn_day
from deputies.models import Deputy
from staff.models import Department
from suggestions.models import Point, Reply, Suggestion, Utterance
from suggestions.models.suggestion import SuggestionQuerySet
from suggestions.overview import STATE_TONES, Tone
from suggestions.workflow import NOT_OURS, SuggestionState


@dataclass(frozen=True)
class Answer:
    """What one department did. ``outcome`` is its last answer, or how far it is."""

    suggestion: Suggestion
    charged: Department | None
    measures: str
    due_on: date | None
    outcome: str
    channel: str
    replied_on: date | None
    verdicts: str

    @property
    def tone(self) -> Tone:
        return STATE_TONES[self.suggestion.state]


@dataclass(frozen=True)
class Line:
    """One matter: who spoke of it, what was meant, what was done by each department.

    ``point`` and ``said`` are empty for a 审议意见 that was registered without a hearing.
    """

    on: date
    summary: str
    speakers: str
    answers: list[Answer]
    said: list[Utterance]
    point: Point | None

    @property
    def is_new(self) -> bool:
        """Nothing of it has reached a department: it can be taken apart (``check_can_take_apart``)."""
        return all(answer.suggestion.state == SuggestionState.REGISTERED for answer in self.answers) and not any(
            answer.suggestion.assigned_on for answer in self.answers
        )


def lines(points: Iterable[Point]) -> list[Line]:
    """Of points fetched with ``PointQuerySet.with_answers``, in the order in which they were first said."""
    told = [_of_point(point) for point in points]
    return sorted(told, key=lambda line: (line.said[0].said_at, line.said[0].pk, line.summary))


def with_others(told: list[Line], suggestions: SuggestionQuerySet) -> list[Line]:
    """Those of ``suggestions`` too, by day."""
    rows = suggestions.with_answers().prefetch_related(
        "proposers__deputy__mandates", "steps", "replies__evaluations__deputy", "replies__promises"
    )
    return sorted([*told, *map(_of_suggestion, rows)], key=lambda line: line.on)


def group_of(utterance: Utterance) -> str:
    """代表团 or 界别 of the speaker in this 届, else where he or she was heard."""
    own = _seat_group(utterance.speaker, utterance.hearing.term_id) if utterance.speaker else ""
    return own or utterance.hearing.group


def _of_point(point: Point) -> Line:
    said = sorted((voice.utterance for voice in point.voices.all()), key=lambda each: (each.said_at, each.pk))
    standing = [share for share in point.shares.all() if share.suggestion.state not in NOT_OURS]
    return Line(
        on=max(each.hearing.held_on for each in said),
        summary=point.summary,
        speakers=_named((each.by_whom, group_of(each)) for each in said),
        answers=[_answer(share.suggestion, share.department, point.due_on) for share in standing],
        said=said,
        point=point,
    )


def _of_suggestion(one: Suggestion) -> Line:
    people = [row.deputy for row in sorted(one.proposers.all(), key=lambda row: row.pk)]
    return Line(
        on=one.received_on,
        summary=one.title,
        speakers=_named((each.told_apart, _seat_group(each, one.term_id)) for each in people),
        answers=[_answer(one, None, None)],
        said=[],
        point=None,
    )


def _named(people: Iterable[tuple[str, str]]) -> str:
    """张晓北、李敏（甘露镇代表团）、周稻香（教育界）: each once, by group, in the order in which they spoke."""
    groups: dict[str, dict[str, None]] = {}
    for name, group in people:
        groups.setdefault(group, {})[name] = None
    return "、".join("、".join(names) + (f"（{group}）" if group else "") for group, names in groups.items())


def _seat_group(deputy: Deputy, term: int | None) -> str:
    return next((seat.group for seat in deputy.mandates.all() if seat.term_id == term), "")


def _answer(suggestion: Suggestion, planned: Department | None, until: date | None) -> Answer:
    """``planned`` and ``until`` are what the decomposition says, before the assignment does."""
    last = max(suggestion.replies.all(), key=lambda reply: reply.round, default=None)
    steps = sorted(suggestion.steps.all(), key=lambda step: (step.happened_on, step.pk))
    return Answer(
        suggestion,
        charged=suggestion.department or planned,
        measures="；".join(f"{cn_day(step.happened_on)}{step.what}" for step in steps),
        due_on=suggestion.due_on or until,
        outcome=_outcome(suggestion, last),
        channel=("当面答复" if last.in_person else "书面答复") if last else "",
        replied_on=last.replied_on if last else None,
        verdicts="；".join(f"{each.deputy.name}：{each.words}" for each in last.evaluations.all()) if last else "",
    )


def _outcome(suggestion: Suggestion, last: Reply | None) -> str:
    if last:
        kept = [f"{cn_day(each.kept_on)}二次答复：{each.kept_how}" for each in last.promises.all() if each.kept_on]
        return " ".join([last.summary, *kept])
    if suggestion.department is None:
        return "待交办。"
    until = f"，{cn_day(suggestion.due_on)}前答复" if suggestion.due_on else ""
    return f"正在办理{until}。"
