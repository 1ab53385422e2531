"""答复, 送达 and 评价."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

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
from suggestions.actions.promises import PromiseFacts, write_promises
from suggestions.actions.scans import write_scan
from suggestions.models import (
    Channel,
    Delivery,
    Draft,
    Evaluation,
    FirstVisit,
    How,
    Reply,
    ResultClass,
    ScanKind,
    Suggestion,
    Verdict,
)
from suggestions.workflow import SuggestionState


@dataclass(frozen=True)
class Answer:
    """What went out, on which day, ``to`` whom (default: every proposer) and ``how``; others get it later."""

    replied_on: date
    number: str = ""
    to: Iterable[Deputy] | None = None
    how: How = How.HANDED
    place: str = ""

    @property
    def in_person(self) -> bool:
        return self.how == How.IN_PERSON


@transaction.atomic
def reply(
    *,
    suggestion: Suggestion,
    summary: str,
    result_class: ResultClass,
    by: User,
    signed_by: User | None = None,
    promises: Sequence[PromiseFacts] = (),
    **answer: Any,
) -> Reply:
    """Record an answer that was signed on paper, once per round; ``answer`` as in :class:`Answer`.

    A class that promises (B, C) takes at least one of ``promises`` along.
    """
    suggestion = locked(suggestion)
    policies.check_can_reply(by, suggestion)
    words = {"summary": needed(summary, "请写明答复要点。"), "result_class": result_class, "signed_by": signed_by}
    return _send(suggestion, Answer(**answer), promises, by=by, **words)


@transaction.atomic
def deliver(*, suggestion: Suggestion, by: User, **answer: Any) -> Reply:
    """送达: what was signed here goes out; ``answer`` as in :class:`Answer`."""
    suggestion = locked(suggestion)
    policies.check_can_deliver(by, suggestion)
    draft = suggestion.draft_to_sign()
    assert draft  # a signed item has one
    signature = draft.approvals.filter(agreed=True).latest("pk")
    sent = Answer(**answer)
    if sent.replied_on < signature.on:
        raise Denied(f"送达日期不能早于签发日期（{signature.on}）。")
    words = {"summary": draft.summary, "result_class": draft.result_class, "signed_by": signature.by, "draft": draft}
    return _send(suggestion, sent, _promises_of(draft), by=by, **words)


@transaction.atomic
def deliver_further(*, reply: Reply, to: Iterable[Deputy], on: date, how: How, by: User) -> Reply:
    """The same answer to proposers whom it had not reached; in person it is a contact of its own."""
    suggestion = locked(reply.suggestion)
    policies.check_can_deliver_further(by, reply)
    not_in_future(on, "送达日期")
    if on < reply.replied_on:
        raise Denied(f"送达日期不能早于答复日期（{reply.replied_on}）。")
    chosen = list(to)
    if not chosen or not set(chosen) <= set(reply.unreached()):
        raise Denied("请在尚未送达的提出人中至少勾选一位。")
    Delivery.objects.bulk_create(Delivery(reply=reply, deputy=deputy, on=on, how=how) for deputy in chosen)
    if how == How.IN_PERSON:
        _write_contact(reply, chosen, by=by, place="", day=on, key=f"reply:{reply.pk}:{on}:{chosen[0].pk}")
    audit.record("suggestion.delivered", by=by, target=suggestion)
    return reply


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


def _promises_of(draft: Draft) -> list[PromiseFacts]:
    if not draft.promise_what:
        return []
    return [PromiseFacts(draft.promise_what, draft.promise_due_on, draft.promise_owner)]


def _send(
    suggestion: Suggestion, answer: Answer, promises: Sequence[PromiseFacts], *, by: User, **words: Any
) -> Reply:
    _check_replied_on(suggestion, answer.replied_on)
    if answer.in_person and suggestion.goes_to_lead_unit:
        raise Denied("会办意见送主办单位，由主办单位答复代表委员；当面听取意见的，请登记面商。")
    assert suggestion.due_on is not None  # HANDLING has a deadline, says the database
    sent = Reply.objects.create(
        suggestion=suggestion,
        round=suggestion.replies.count() + 1,
        number=plain(answer.number),
        replied_on=answer.replied_on,
        due_on=suggestion.due_on,
        in_person=answer.in_person,
        recorded_by=by,
        class_now=words["result_class"],
        **words,
    )
    write_promises(sent, promises, by)
    move(
        suggestion,
        SuggestionState.REPLIED,
        by=by,
        on=answer.replied_on,
        remark=f"第{sent.round}轮，{sent.result_class}",
    )
    _deliver_to(sent, answer, by=by)
    audit.record("suggestion.replied", by=by, target=suggestion)
    return sent


def _deliver_to(sent: Reply, answer: Answer, *, by: User) -> None:
    """In person it is also one contact."""
    if sent.suggestion.goes_to_lead_unit:
        return
    reached = _of_the_proposers(sent.suggestion, answer.to)
    Delivery.objects.bulk_create(
        Delivery(reply=sent, deputy=deputy, on=answer.replied_on, how=answer.how) for deputy in reached
    )
    if answer.in_person:
        _write_contact(sent, reached, by=by, place=answer.place, day=answer.replied_on, key=f"reply:{sent.pk}")


def _of_the_proposers(suggestion: Suggestion, chosen: Iterable[Deputy] | None) -> list[Deputy]:
    proposers = [proposer.deputy for proposer in suggestion.proposers.select_related("deputy").order_by("pk")]
    if chosen is None:
        return proposers
    some = list(chosen)
    if not some or not set(some) <= set(proposers):
        raise Denied("请在提出人中至少勾选一位代表委员。")
    return some


def _check_replied_on(suggestion: Suggestion, replied_on: date) -> None:
    """Not before the 交办日, and a later round not before the verdict that opened it."""
    not_in_future(replied_on, "答复日期")
    reopened = suggestion.transitions.filter(old=SuggestionState.REPLIED, new=SuggestionState.HANDLING)
    verdict = reopened.order_by("-pk").first()
    if verdict and replied_on < verdict.on:
        raise Denied(f"再次答复不能早于收到不满意评价之日（{verdict.on}）。")
    if suggestion.assigned_on and replied_on < suggestion.assigned_on:
        raise Denied(f"答复日期不能早于交办日（{suggestion.assigned_on}）。")


def _write_contact(answer: Reply, met: list[Deputy], *, by: User, place: str, day: date, key: str) -> None:
    """The one ledger: a reply in person is one encounter, written once for those who were met; not again for whom a
    visit of the 第一任务 on that day has written."""
    visited = FirstVisit.objects.met().filter(visited_on=day, deputy__in=met).values_list("deputy")
    met = [deputy for deputy in met if (deputy.pk,) not in visited]
    if not met:
        return
    staff = {user.pk: user for user in (answer.signed_by, by) if user}
    note = f"当面答复{answer.suggestion.get_kind_display()}{titled(answer.suggestion.title)}：{answer.summary}"
    write_derived_contact(
        origin=Origin.REPLY,
        origin_key=key,
        by=by,
        deputies=met,
        happened_on=day,
        method=ContactMethod.objects.get(code="reply"),
        note=note[:2000],
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
    if deputy in reply.unreached():
        raise Denied(f"答复尚未送达{deputy}，请先登记送达。")
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
