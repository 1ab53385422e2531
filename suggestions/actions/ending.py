"""办结 and 撤回."""

from datetime import date

from django.db import transaction

from staff import audit
from staff.models import User
from suggestions import policies
from suggestions.actions.moves import locked, move, needed, the_day
from suggestions.models import Suggestion
from suggestions.workflow import SuggestionState


@transaction.atomic
def close(*, suggestion: Suggestion, by: User, unreturned: str = "", on: date | None = None) -> Suggestion:
    """办结: every proposer has evaluated the last reply, or ``unreturned`` says how the missing were reminded.

    Those who did not return a form stay out of the satisfaction figures (as 重庆 art. 29 has it).
    """
    suggestion = locked(suggestion)
    policies.check_can_close(by, suggestion)
    missing = suggestion.replies.latest("round").unheard()
    remark = ""
    if missing:
        names = "、".join(deputy.name for deputy in missing)
        remark = f"未反馈：{names}。" + needed(unreturned, f"{names}尚未反馈评价：请登记评价，或写明催告情况。")
    move(suggestion, SuggestionState.CLOSED, by=by, on=the_day(on), remark=remark)
    audit.record("suggestion.closed", by=by, target=suggestion, reason=remark[:200])
    return suggestion


@transaction.atomic
def withdraw(*, suggestion: Suggestion, by: User, reason: str, on: date | None = None) -> Suggestion:
    """撤回: the proposers took it back in writing; handling ends, the row stays."""
    suggestion = locked(suggestion)
    policies.check_can_withdraw(by, suggestion)
    remark = needed(reason, "请写明撤回的理由。")
    move(suggestion, SuggestionState.WITHDRAWN, by=by, on=the_day(on), remark=remark)
    audit.record("suggestion.withdrawn", by=by, target=suggestion, reason=remark)
    return suggestion
