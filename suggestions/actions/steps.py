"""The dated steps of the work, and whether it is worked like a case (案件化办理)."""

from datetime import date

from django.db import transaction

from common.denied import Denied
from common.versions import save_version
from staff import audit
from staff.models import User
from suggestions import policies
from suggestions.actions.moves import locked, needed, not_in_future
from suggestions.models import Step, StepKind, Suggestion


@transaction.atomic
def add_step(
    *,
    suggestion: Suggestion,
    happened_on: date,
    what: str,
    by: User,
    kind: StepKind = StepKind.OTHER,
    place: str = "",
    people: str = "",
    as_case: bool | None = None,
) -> Step:
    """One dated step; ``as_case`` says whether the whole is worked like a case, where that is asked."""
    suggestion = locked(suggestion)
    policies.check_can_add_step(by, suggestion)
    _check_day(happened_on, suggestion)
    step = Step.objects.create(
        suggestion=suggestion,
        happened_on=happened_on,
        kind=kind,
        what=needed(what, "请写明做了什么。"),
        place=place.strip(),
        people=people.strip(),
        recorded_by=by,
    )
    if as_case is not None and as_case != suggestion.as_case:
        save_version(suggestion, expected=suggestion.version, as_case=as_case)
        audit.record(
            "suggestion.worked_as_case", by=by, target=suggestion, changes={"as_case": [not as_case, as_case]}
        )
    audit.record("suggestion.step_added", by=by, target=suggestion)
    return step


@transaction.atomic
def correct_step(
    *,
    step: Step,
    expected: int,
    happened_on: date,
    what: str,
    by: User,
    kind: StepKind,
    place: str = "",
    people: str = "",
) -> Step:
    """What was typed wrong. The old words stay in the audit trail."""
    suggestion = locked(step.suggestion)
    policies.check_can_change_step(by, step)
    _check_day(happened_on, suggestion)
    facts = {
        "happened_on": happened_on,
        "kind": kind,
        "what": needed(what, "请写明做了什么。"),
        "place": place.strip(),
        "people": people.strip(),
    }
    old = {name: getattr(step, name) for name in facts}
    save_version(step, expected=expected, **facts)
    changes = {name: [str(old[name]), str(new)] for name, new in facts.items() if old[name] != new}
    audit.record("suggestion.step_corrected", by=by, target=suggestion, changes=changes)
    return step


@transaction.atomic
def remove_step(*, step: Step, by: User) -> None:
    """It was recorded by mistake."""
    suggestion = locked(step.suggestion)
    policies.check_can_change_step(by, step)
    removed = {"happened_on": [str(step.happened_on), ""], "what": [step.what, ""]}
    step.delete()
    audit.record("suggestion.step_removed", by=by, target=suggestion, changes=removed)


def _check_day(day: date, suggestion: Suggestion) -> None:
    not_in_future(day, "办理日期")
    if day < suggestion.received_on:
        raise Denied(f"办理日期不能早于收到日期（{suggestion.received_on}）。")
