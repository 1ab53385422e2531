"""案件化办理经过: what was done for one suggestion, from the first word to what came of it, for one page."""

from dataclasses import dataclass
from datetime import date

from common.texts import numeral
from deputies.models import Contact
from suggestions.models import Evaluation, Reply, StepKind, Suggestion


@dataclass(frozen=True)
class Moment:
    """One dated line of the way."""

    on: date
    kind: str
    what: str
    meta: str = ""
    is_result: bool = False


@dataclass(frozen=True)
class Story:
    """``recognition`` is told apart from the way: it closes the page. ``counts`` says 走访2次、会议1次."""

    took: str
    counts: str
    moments: list[Moment]
    replies: list[Reply]
    evaluations: list[Evaluation]
    recognition: list[Moment]
    leaders: str


def of(suggestion: Suggestion) -> Story:
    steps = list(suggestion.steps.order_by("happened_on", "pk"))
    told = [
        Moment(each.happened_on, each.get_kind_display(), each.what, each.where_and_who, each.kind == StepKind.OUTCOME)
        for each in steps
        if each.kind != StepKind.RECOGNITION
    ]
    contacts = Contact.objects.filter(consultation__suggestion=suggestion).prefetch_related("deputies")
    told += [_consulted(contact) for contact in contacts]
    replies = list(suggestion.replies.select_related("class_now", "signed_by").order_by("round"))
    heard = Evaluation.objects.filter(reply__suggestion=suggestion).select_related("deputy")
    return Story(
        took=_took(suggestion, replies),
        counts=_counts([each.kind for each in steps]),
        moments=sorted(told, key=lambda moment: moment.on),
        replies=replies,
        evaluations=list(heard.order_by("received_on", "pk")),
        recognition=[
            Moment(each.happened_on, "", each.what, each.where_and_who)
            for each in steps
            if each.kind == StepKind.RECOGNITION
        ],
        leaders=_leaders(suggestion, replies),
    )


def _consulted(contact: Contact) -> Moment:
    people = "、".join(deputy.name for deputy in contact.deputies.all())
    return Moment(contact.happened_on, "面商", f"与{people}面商", contact.place)


def _took(suggestion: Suggestion, replies: list[Reply]) -> str:
    """历时九个月: whole months from receipt to the last answer, days where it was quicker; nothing before it."""
    if not replies:
        return ""
    start, end = suggestion.received_on, replies[-1].replied_on
    months = (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)
    return f"历时{numeral(months)}个月" if 0 < months < 100 else f"历时{(end - start).days}天"


def _counts(kinds: list[str]) -> str:
    work = [kind for kind in StepKind if kind not in (StepKind.OTHER, StepKind.OUTCOME, StepKind.RECOGNITION)]
    return "、".join(f"{kind.label}{kinds.count(kind)}次" for kind in work if kind in kinds)


def _leaders(suggestion: Suggestion, replies: list[Reply]) -> str:
    """The leader in charge and who signed, each once."""
    known = [suggestion.leader, *(reply.signed_by for reply in replies)]
    return "、".join(
        dict.fromkeys(f"{user.name}（{user.title}）" if user.title else user.name for user in known if user)
    )
