"""答复 and 评价."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction

from common.denied import Denied
from common.papers import Paper
from common.quotes import titled
from deputies.actions import write_derived_contact
from deputies.models import ContactMethod, Deputy, Origin
from staff import audit
from staff.models import User
from suggestions import policies
from suggestions.actions.due import due_again, due_fields
from suggestions.actions.moves import locked, move, needed, not_in_future, plain
from suggestions.actions.promises import PromiseFacts, those_met, write_promises
from suggestions.actions.scans import write_scan
from suggestions.models import Channel, Evaluation, Reply, ResultClass, ScanKind, Suggestion, Verdict
from suggestions.workflow import SuggestionState


@transaction.atomic
def reply(
    *,
    suggestion: Suggestion,
    replied_on: date,
    summary: str,
    result_class: ResultClass,
    by: User,
    in_person: bool = False,
    signed_by: User | None = None,
    number: str = "",
    met: Iterable[Deputy] | None = None,
    place: str = "",
    promises: Sequence[PromiseFacts] = (),
) -> Reply:
    """Answer the proposers, once per round. In person it is also one contact with those ``met`` (default: all).

    A class that promises (B, C) takes at least one of ``promises`` along.
    """
    suggestion = locked(suggestion)
    policies.check_can_reply(by, suggestion)
    _check_replied_on(suggestion, replied_on)
    assert suggestion.due_on is not None  # HANDLING has a deadline, says the database
    answer = Reply.objects.create(
        suggestion=suggestion,
        round=suggestion.replies.count() + 1,
        number=plain(number),
        replied_on=replied_on,
        due_on=suggestion.due_on,
        summary=needed(summary, "请写明答复要点。"),
        result_class=result_class,
        class_now=result_class,
        in_person=in_person,
        signed_by=signed_by,
        recorded_by=by,
    )
    write_promises(answer, promises, by)
    move(suggestion, SuggestionState.REPLIED, by=by, on=replied_on, remark=f"第{answer.round}轮，{result_class}")
    if in_person:
        _write_contact(answer, those_met(suggestion, met), by=by, place=place)
    audit.record("suggestion.replied", by=by, target=suggestion)
    return answer


@transaction.atomic
def evaluate(
    *,
    reply: Reply,
    deputy: Deputy,
    attitude: Verdict,
    result: Verdict,
    channel: Channel,
    received_on: date,
    by: User,
    reason: str = "",
    paper: Paper | None = None,
) -> Evaluation:
    """What one proposer thinks of a reply, with the signed form (``paper``). 不满意 needs a reason and opens the next
    round of work."""
    suggestion = locked(reply.suggestion)
    reply = Reply.objects.select_related("suggestion").get(pk=reply.pk)
    policies.check_can_evaluate(by, reply)
    _check_evaluation(reply, deputy, received_on)
    unsatisfied = Verdict.UNSATISFIED in (attitude, result)
    evaluation = Evaluation.objects.create(
        reply=reply,
        deputy=deputy,
        attitude=attitude,
        result=result,
        reason=needed(reason, "评价为不满意的，请写明理由。") if unsatisfied else reason.strip(),
        channel=channel,
        received_on=received_on,
        by_handlers=by.department_id == suggestion.department_id,
        recorded_by=by,
    )
    if paper:
        write_scan(paper, by=by, suggestion=suggestion, kind=ScanKind.EVALUATION, evaluation=evaluation)
    if unsatisfied and suggestion.state == SuggestionState.REPLIED:
        _open_next_round(suggestion, evaluation, by=by)
    audit.record("suggestion.evaluated", by=by, target=suggestion)
    return evaluation


def _check_replied_on(suggestion: Suggestion, replied_on: date) -> None:
    """Not before the 交办日, and a later round not before the verdict that opened it."""
    not_in_future(replied_on, "答复日期")
    last_move = suggestion.transitions.filter(new=SuggestionState.HANDLING).latest("pk")
    if last_move.old == SuggestionState.REPLIED and replied_on < last_move.on:
        raise Denied(f"再次答复不能早于收到不满意评价之日（{last_move.on}）。")
    if suggestion.assigned_on and replied_on < suggestion.assigned_on:
        raise Denied(f"答复日期不能早于交办日（{suggestion.assigned_on}）。")


def _write_contact(answer: Reply, met: list[Deputy], *, by: User, place: str) -> None:
    """The one ledger: a reply in person is one encounter, written once per reply."""
    staff = {user.pk: user for user in (answer.signed_by, by) if user}
    write_derived_contact(
        origin=Origin.REPLY,
        origin_key=f"reply:{answer.pk}",
        by=by,
        deputies=met,
        happened_on=answer.replied_on,
        method=ContactMethod.objects.get(code="reply"),
        note=f"当面答复{answer.suggestion.get_kind_display()}{titled(answer.suggestion.title)}：{answer.summary}"[
            :2000
        ],
        place=place,
        staff=list(staff.values()),
        department=answer.suggestion.department,
    )


def _check_evaluation(reply: Reply, deputy: Deputy, received_on: date) -> None:
    not_in_future(received_on, "收到日期")
    if received_on < reply.replied_on:
        raise Denied(f"评价不能早于答复日期（{reply.replied_on}）。")
    if not reply.suggestion.proposers.filter(deputy=deputy).exists():
        raise Denied(f"{deputy}不是这件的提出人，评价只由提出人作出。")
    if reply.evaluations.filter(deputy=deputy).exists():
        raise Denied(f"{deputy}对这次答复的评价已经登记，一次答复只评价一次。")


def _open_next_round(suggestion: Suggestion, evaluation: Evaluation, *, by: User) -> None:
    due = due_again(suggestion, evaluation.received_on)
    move(
        suggestion,
        SuggestionState.HANDLING,
        by=by,
        on=evaluation.received_on,
        remark=f"{evaluation.deputy}不满意：{evaluation.reason}",
        **due_fields(due),
    )
