"""Which papers an item has, by our role in it and by how far it has come."""

from collections.abc import Callable
from typing import Any

from django.db.models import TextChoices

from common.denied import Denied
from suggestions.models import Suggestion
from suggestions.workflow import AWAITING_REPLY, NOT_OURS, SuggestionState

EACH = "each"  # one letter per proposer, instead of one with all names


class Paperwork(TextChoices):
    REPLY = "reply", "答复函"
    JOINT = "joint", "会办意见"
    FORM = "form", "征询意见表"
    TALK = "talk", "面商记录"
    VISIT = "visit", "面复记录"
    EXTENSION = "extension", "延期申请函"
    RETURN = "return", "退办函"


_RETURNABLE = [SuggestionState.REGISTERED, SuggestionState.ACCEPTED, SuggestionState.RETURNED]
# Papers that name proposers: of several one may choose to whom.
TO_PROPOSERS = [Paperwork.REPLY, Paperwork.FORM, Paperwork.TALK, Paperwork.VISIT]


def check_fits(suggestion: Suggestion, paper: Paperwork) -> None:
    _RULES[paper](suggestion)


def fitting(suggestion: Suggestion) -> list[Paperwork]:
    """Those that can be had now, in the order in which they are needed at the end."""
    found = []
    for paper in Paperwork:
        try:
            check_fits(suggestion, paper)
        except Denied:
            continue
        found.append(paper)
    return found


def offered(suggestion: Suggestion) -> dict[str, Any]:
    """What the card on the page of the item shows; ``several``: is there anything to choose among proposers?"""
    papers = fitting(suggestion)
    several = any(paper in TO_PROPOSERS for paper in papers) and len(suggestion.proposers.all()) > 1
    return {"documents": papers, "several": several, "for_each": EACH}


def _to_proposers(suggestion: Suggestion) -> None:
    """We answer them ourselves: 独办, 主办, 分办."""
    _handled(suggestion)
    if suggestion.goes_to_lead_unit:
        raise Denied("会办件由主办单位统一答复代表委员，我院只向主办单位出具会办意见。")


def _to_lead_unit(suggestion: Suggestion) -> None:
    _handled(suggestion)
    if not suggestion.goes_to_lead_unit:
        raise Denied(f"这件由我院{suggestion.get_our_role_display()}，请用答复函直接答复代表委员。")


def _handled(suggestion: Suggestion) -> None:
    if suggestion.state in NOT_OURS:
        raise Denied(f"{suggestion.get_state_display()}的不再办理，没有这份文书。")
    if suggestion.department_id is None or suggestion.assigned_on is None:
        raise Denied("交办到承办部门以后才有这份文书。")


def _more_time(suggestion: Suggestion) -> None:
    _handled(suggestion)
    if suggestion.state not in AWAITING_REPLY:
        raise Denied("已经答复，不用再申请延期。")


def _not_ours(suggestion: Suggestion) -> None:
    if suggestion.state not in _RETURNABLE:
        raise Denied("退办在分办到部门以前提出；已经承办的，请与交办单位另行商定。")


_RULES: dict[Paperwork, Callable[[Suggestion], None]] = {
    Paperwork.REPLY: _to_proposers,
    Paperwork.JOINT: _to_lead_unit,
    Paperwork.FORM: _to_proposers,
    Paperwork.TALK: _handled,
    Paperwork.VISIT: _to_proposers,
    Paperwork.EXTENSION: _more_time,
    Paperwork.RETURN: _not_ours,
}
