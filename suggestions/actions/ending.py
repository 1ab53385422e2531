"""办结 and 撤回."""

from datetime import date

from django.db import transaction

from deputies.models import Deputy
from staff import audit
from staff.models import User
from suggestions import policies
from suggestions.actions.moves import locked, move, needed, the_day
from suggestions.models import Evaluation, Suggestion
from suggestions.workflow import SuggestionState


def missing_evaluations(suggestion: Suggestion) -> list[Deputy]:
    """Proposers who have not evaluated the last reply."""
    last = suggestion.replies.latest("round")
    heard = Evaluation.objects.filter(reply=last).values("deputy")
    return [row.deputy for row in suggestion.proposers.exclude(deputy__in=heard).select_related("deputy")]


@transaction.atomic
def close(*, suggestion: Suggestion, by: User, unreturned: str = "", on: date | None = None) -> Suggestion:
    """办结: every proposer has evaluated the last reply, or ``unreturned`` says how the missing were reminded.

    Those who did not return a form stay out of the satisfaction figures (as 重庆 art. 29 has it).
    """
    suggestion = locked(suggestion)
    policies.check_can_close(by, suggestion)
    missing = missing_evaluations(suggestion)
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
