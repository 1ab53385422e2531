"""办结 and 撤回."""

from datetime import date

from django.db import transaction

from common.denied import Denied
from staff import audit
from staff.models import User
from suggestions import policies
from suggestions.actions.moves import locked, move, needed, the_day
from suggestions.models import Suggestion
from suggestions.workflow import SuggestionState


@transaction.atomic
def close(*, suggestion: Suggestion, by: User, unreturned: str = "", on: date | None = None) -> Suggestion:
    """办结: every proposer has been answered and has evaluated the last reply.

    ``unreturned`` says how those were reminded who sent no form back; they stay out of the satisfaction figures
    (as 重庆 art. 29 has it).
    """
    suggestion = locked(suggestion)
    policies.check_can_close(by, suggestion)
    last = suggestion.replies.latest("round")
    if unreached := last.unreached():
        names = "、".join(deputy.name for deputy in unreached)
        raise Denied(f"答复尚未送达{names}：每一位提出人都要答复，请先登记送达。")
    missing = last.unheard()
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
