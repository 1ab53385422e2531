"""What every verb uses: the locked row, the one place that moves a state, and small checks of input."""

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from common.denied import Denied
from common.versions import save_version
from staff.models import User
from suggestions.models import Suggestion, Transition
from suggestions.workflow import TRANSITIONS, SuggestionState


def locked(suggestion: Suggestion) -> Suggestion:
    """The row as it is now, held until the transaction ends: two people acting at once queue up."""
    return Suggestion.objects.select_for_update().get(pk=suggestion.pk)


def move(suggestion: Suggestion, new: SuggestionState, *, by: User, on: date, remark: str = "", **fields: Any) -> None:
    """The only place where ``state`` changes: it asks the table, moves the version, leaves a Transition."""
    old = SuggestionState(suggestion.state)
    if new not in TRANSITIONS[old]:
        raise Denied(f"“{old.label}”的件不能变为“{new.label}”，请刷新页面，按最新状态办理。")
    save_version(suggestion, expected=suggestion.version, state=new, **fields)
    leave_transition(suggestion, old, new, by=by, on=on, remark=remark)


def leave_transition(
    suggestion: Suggestion, old: SuggestionState | str, new: SuggestionState, *, by: User, on: date, remark: str = ""
) -> None:
    """``remark`` is cut where many names made it longer than the column."""
    Transition.objects.create(suggestion=suggestion, old=old, new=new, by=by, on=on, remark=remark[:500])


def the_day(on: date | None) -> date:
    """Today, or an earlier day on which it really happened."""
    today = timezone.localdate()
    if on is not None and on > today:
        raise Denied("日期不能晚于今天。")
    return on or today


def not_in_future(day: date, name: str) -> None:
    if day > timezone.localdate():
        raise Denied(f"{name}不能晚于今天。")


def needed(text: str, otherwise: str) -> str:
    text = text.strip()
    if not text:
        raise Denied(otherwise)
    return text


def plain(number: str) -> str:
    """Full-width digits and stray spaces would make one number two."""
    return "".join(unicodedata.normalize("NFKC", number).split())


@contextmanager
def taken_is_denied() -> Iterator[None]:
    """The database says whether a number, or the opinion it came from, belongs to another item."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        words = str(error)
        if "number" in words:
            raise Denied("同一届、同一会议、同一类别中，这个编号已经登记过，请核对。") from error
        if "source" in words or "opinion" in words:
            raise Denied("来自的这条意见已另行登记为一件，请在那一件上办理。") from error
        raise
