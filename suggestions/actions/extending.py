"""延期: asked for by the department, decided by a leader."""

from datetime import date

from django.db import transaction

from common.calendar import add_months
from common.denied import Denied
from staff import audit
from staff.models import User
from suggestions import policies
from suggestions.actions.due import move_deadline
from suggestions.actions.moves import locked, needed
from suggestions.deadlines import Deadline
from suggestions.models import Extension, ExtensionState, Kind, Suggestion

# 代表法 51: six months from 交办 at the very latest.
LONGEST_BY_LAW = 6


@transaction.atomic
def ask_extension(
    *, suggestion: Suggestion, until: date, reason: str, consent: str, today: date, by: User
) -> Extension:
    """``consent``: who of the assigning body agreed, how and when; no law lets us extend our own time."""
    suggestion = locked(suggestion)
    policies.check_can_ask_extension(by, suggestion, today)
    _check_until(suggestion, until)
    assert suggestion.due_on  # HANDLING has a deadline, says the database
    extension = Extension.objects.create(
        suggestion=suggestion,
        old=suggestion.due_on,
        until=until,
        reason=needed(reason, "请写明为什么需要延期。"),
        consent=needed(consent, "请写明交办单位是否同意、怎样同意的。"),
        asked_on=today,
        asked_by=by,
    )
    audit.record("suggestion.extension_asked", by=by, target=suggestion)
    return extension


@transaction.atomic
def grant_extension(*, extension: Extension, today: date, by: User, remark: str = "") -> Extension:
    """The deadline moves; it is now a day set by hand, which no holiday moves."""
    suggestion, extension = _to_decide(extension, by)
    policies.check_is_in_time(suggestion, today)
    # Asked for in an earlier round it may by now be no longer than what is allowed anyhow.
    _check_until(suggestion, extension.until)
    _decide(extension, ExtensionState.GRANTED, today=today, by=by, remark=remark.strip())
    why = (
        f"依据：{today}{by}批准延期，交办单位意见：{extension.consent}。"
        f"原期限为{extension.old}；延期理由：{extension.reason}。"
    )
    move_deadline(suggestion, Deadline(extension.until, why), f"批准延期（{extension.reason}）", by)
    changes = {"due_on": [str(extension.old), str(extension.until)]}
    audit.record("suggestion.extension_granted", by=by, target=suggestion, changes=changes)
    return extension


@transaction.atomic
def refuse_extension(*, extension: Extension, today: date, by: User, remark: str) -> Extension:
    suggestion, extension = _to_decide(extension, by)
    _decide(extension, ExtensionState.REFUSED, today=today, by=by, remark=needed(remark, "不批准的，请写明意见。"))
    audit.record("suggestion.extension_refused", by=by, target=suggestion)
    return extension


def _to_decide(extension: Extension, by: User) -> tuple[Suggestion, Extension]:
    """Both as they are now: of two leaders deciding at once the second is told."""
    suggestion = locked(extension.suggestion)
    extension = Extension.objects.select_related("suggestion", "decided_by").get(pk=extension.pk)
    policies.check_can_decide_extension(by, extension)
    return suggestion, extension


def _decide(extension: Extension, state: ExtensionState, *, today: date, by: User, remark: str) -> None:
    extension.state, extension.decided_on, extension.decided_by, extension.remark = state, today, by, remark
    extension.save(update_fields=["state", "decided_on", "decided_by", "remark"])


def _check_until(suggestion: Suggestion, until: date) -> None:
    if suggestion.due_on and until <= suggestion.due_on:
        raise Denied(f"延至的日期要晚于现在的期限（{suggestion.due_on}）。")
    if suggestion.kind == Kind.SUGGESTION and suggestion.assigned_on:
        latest = add_months(suggestion.assigned_on, LONGEST_BY_LAW)
        if until > latest:
            raise Denied(f"《代表法》第五十一条：代表建议最迟自交办之日起六个月内答复，不能晚于{latest}。")
