"""Whom the leaders should answer in person after Spring Festival: reasons in words, of last year's voices.

The order is that of the house's work, as in 「该联络谁」; nobody gets a score.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Max, Q

from common.calendar import cn_day
from common.quotes import titled
from deputies.models import Deputy
from staff.models import User
from suggestions.first_task.leaders import Leading, leading
from suggestions.models import (
    FORMAL,
    Delivery,
    Evaluation,
    FirstVisit,
    How,
    Kind,
    Proposer,
    ProposerRole,
    Reply,
    Suggestion,
)
from suggestions.models.suggestion import SuggestionQuerySet
from suggestions.workflow import OPEN, SuggestionState

SESSION = timedelta(days=45)  # what was said within so many days belongs to one session


@dataclass(frozen=True)
class Reason:
    """Why one person is to be answered on one item. Only an answer on paper does not press."""

    suggestion: int
    words: str
    presses: bool = True


@dataclass(frozen=True)
class Candidate:
    deputy: Deputy
    leading: Leading
    reasons: list[Reason] = field(default_factory=list)

    @property
    def words(self) -> list[str]:
        return [reason.words for reason in self.reasons]

    @property
    def presses(self) -> bool:
        """To be ticked from the beginning."""
        return any(reason.presses for reason in self.reasons)

    @property
    def suggestions(self) -> list[int]:
        return [reason.suggestion for reason in self.reasons]


def propose(user: User, year: int, today: date) -> list[Candidate]:
    """Who has something to hear in ``year``, what presses first; each with a leader, spread evenly."""
    owed = reasons(user, year, today)
    people = Deputy.objects.visible_to(user).filter(pk__in=owed).with_namesake_hint().with_seats().by_name()
    found = sorted(people, key=lambda deputy: not any(reason.presses for reason in owed[deputy.pk]))
    handled = {deputy.pk: [reason.suggestion for reason in owed[deputy.pk]] for deputy in found}
    leaders = leading(found, handled, today)
    return [Candidate(deputy, leaders[deputy.pk], owed[deputy.pk]) for deputy in found if deputy.pk in leaders]


def reasons(user: User, year: int, today: date) -> dict[int, list[Reason]]:
    """Person → why. Of several reasons on one item the first counts."""
    voices, told = _Voices(user, year, today), set()
    owed: dict[int, list[Reason]] = defaultdict(list)
    for source in (voices.said_of_the_report, voices.not_satisfied, voices.promised, voices.formal):
        for deputy, reason in source():
            if (deputy, reason.suggestion) not in told:
                told.add((deputy, reason.suggestion))
                owed[deputy].append(reason)
    return owed


class _Voices:
    """What is standing of last year: withdrawn and returned items are not."""

    def __init__(self, user: User, year: int, today: date) -> None:
        self.last, self.today = year - 1, today
        self.standing = Suggestion.objects.visible_to(user).filter(state__in=[*OPEN, SuggestionState.CLOSED])
        last = Reply.objects.last_round().filter(suggestion__in=self.standing).select_related("result_class")
        self.replies = {reply.suggestion_id: reply for reply in last}
        self.last_replies = last.values("pk")
        handed = Delivery.objects.filter(how=How.IN_PERSON, reply__in=self.last_replies)
        visited = FirstVisit.objects.met().filter(suggestions__in=self.standing)
        # (item, person) that somebody has spoken about face to face
        self.spoken_of = {*handed.values_list("reply__suggestion", "deputy")}
        self.spoken_of |= {*visited.values_list("suggestions", "deputy")}

    def said_of_the_report(self) -> Iterator[tuple[int, Reason]]:
        """审议意见 of the last session that nobody has answered in person yet."""
        said = self.standing.filter(kind=Kind.DELIBERATION, received_on__range=(date(self.last, 1, 1), self.today))
        newest = said.aggregate(newest=Max("received_on"))["newest"]
        for proposer in self._proposers(said.filter(received_on__gt=newest - SESSION) if newest else said):
            item, reply = proposer.suggestion, self.replies.get(proposer.suggestion_id)
            if (item.pk, proposer.deputy_id) in self.spoken_of:
                continue
            told = f"已于{cn_day(reply.replied_on)}书面答复" if reply else "尚未答复"
            words = f"{cn_day(item.received_on)}的{item.kind_name}{titled(item.title)}，{told}"
            yield proposer.deputy_id, Reason(item.pk, words)

    def not_satisfied(self) -> Iterator[tuple[int, Reason]]:
        """Those whose last word on the last answer was 不满意."""
        verdicts = Evaluation.objects.unsatisfied().filter(
            reply__in=self.last_replies, received_on__gte=date(self.last, 1, 1)
        )
        for verdict in verdicts.select_related("reply__suggestion").order_by("received_on", "pk"):
            item = verdict.reply.suggestion
            words = f"对{titled(item.title)}的答复不满意（{cn_day(verdict.received_on)}）"
            yield verdict.deputy_id, Reason(item.pk, words)

    def promised(self) -> Iterator[tuple[int, Reason]]:
        """Promises that are still open, of whatever year: to the leading proposer."""
        waiting = Reply.objects.promising().filter(suggestion__in=self.standing).values("suggestion")
        for proposer in self._leads(self.standing.filter(pk__in=waiting)):
            reply = self.replies[proposer.suggestion_id]
            words = (
                f"{titled(proposer.suggestion.title)}{cn_day(reply.replied_on)}答复为{reply.result_class}，承诺待落实"
            )
            yield proposer.deputy_id, Reason(proposer.suggestion_id, words)

    def formal(self) -> Iterator[tuple[int, Reason]]:
        """建议 and 提案 of last year, open or answered on paper only: to the leading proposer."""
        for proposer in self._leads(self.standing.registered_in(self.last).filter(kind__in=FORMAL)):
            item, reply = proposer.suggestion, self.replies.get(proposer.suggestion_id)
            if (item.pk, proposer.deputy_id) in self.spoken_of:
                continue
            told = f"已于{cn_day(reply.replied_on)}书面答复，还没有当面答复" if reply else "正在办理"
            yield proposer.deputy_id, Reason(item.pk, f"{item.kind_name}{titled(item.title)}{told}", presses=False)

    def _proposers(self, items: SuggestionQuerySet) -> list[Proposer]:
        found = Proposer.objects.filter(suggestion__in=items).select_related("suggestion")
        return list(found.order_by("suggestion__received_on", "suggestion_id", "pk"))

    def _leads(self, items: SuggestionQuerySet) -> list[Proposer]:
        return [proposer for proposer in self._proposers(items) if proposer.role == ProposerRole.LEAD]


def items_of(user: User, deputy: Deputy, year: int, today: date) -> list[Suggestion]:
    """What a visit to ``deputy`` may answer: last year's and this year's, what is open or promised; newest first."""
    mine = Suggestion.objects.visible_to(user).filter(
        proposers__deputy=deputy, state__in=[*OPEN, SuggestionState.CLOSED]
    )
    recent = Q(received_on__range=(date(year - 1, 1, 1), today))
    owed = Q(state__in=OPEN) | Q(pk__in=Reply.objects.promising().values("suggestion"))
    return list(mine.filter(recent | owed).order_by("-received_on", "-pk"))
