"""答复, 评价 and 二次答复."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from common.denied import Denied
from common.quotes import titled
from deputies.actions import write_derived_contact
from deputies.models import ContactMethod, Deputy, Origin
from staff import audit
from staff.models import User
from suggestions import policies
from suggestions.actions.due import due_again, due_fields
from suggestions.actions.moves import locked, move, needed, not_in_future, plain
from suggestions.models import Channel, Evaluation, FirstVisit, Reply, ResultClass, Suggestion, Verdict
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
) -> Reply:
    """Answer the proposers, once per round. In person it is also one contact with those ``met`` (default: all)."""
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
        in_person=in_person,
        signed_by=signed_by,
        recorded_by=by,
    )
    move(suggestion, SuggestionState.REPLIED, by=by, on=replied_on, remark=f"第{answer.round}轮，{result_class}")
    if in_person:
        _write_contact(answer, _those_met(suggestion, met), by=by, place=place)
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
) -> Evaluation:
    """Record what one proposer thinks of a reply. 不满意 needs a reason and opens the next round of work."""
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
    if unsatisfied and suggestion.state == SuggestionState.REPLIED:
        _open_next_round(suggestion, evaluation, by=by)
    audit.record("suggestion.evaluated", by=by, target=suggestion)
    return evaluation


@transaction.atomic
def keep_promise(*, reply: Reply, kept_on: date, kept_how: str, by: User) -> Reply:
    """二次答复: what was promised (列入计划, 暂难解决) has been done or answered again."""
    suggestion = locked(reply.suggestion)
    policies.check_can_keep_promise(by, reply)
    not_in_future(kept_on, "二次答复日期")
    if kept_on < reply.replied_on:
        raise Denied(f"二次答复不能早于答复日期（{reply.replied_on}）。")
    reply.kept_on, reply.kept_how = kept_on, needed(kept_how, "请写明落实情况。")
    reply.save(update_fields=["kept_on", "kept_how"])
    audit.record("suggestion.promise_kept", by=by, target=suggestion)
    return reply


def _check_replied_on(suggestion: Suggestion, replied_on: date) -> None:
    """Not before the 交办日, and a later round not before the verdict that opened it."""
    not_in_future(replied_on, "答复日期")
    last_move = suggestion.transitions.filter(new=SuggestionState.HANDLING).latest("pk")
    if last_move.old == SuggestionState.REPLIED and replied_on < last_move.on:
        raise Denied(f"再次答复不能早于收到不满意评价之日（{last_move.on}）。")
    if suggestion.assigned_on and replied_on < suggestion.assigned_on:
        raise Denied(f"答复日期不能早于交办日（{suggestion.assigned_on}）。")


def _those_met(suggestion: Suggestion, met: Iterable[Deputy] | None) -> list[Deputy]:
    proposers = [proposer.deputy for proposer in suggestion.proposers.select_related("deputy")]
    if met is None:
        return proposers
    chosen = list(met)
    if not chosen or not set(chosen) <= set(proposers):
        raise Denied("当面答复的，请在提出人中至少勾选一位到场的代表委员。")
    return chosen


def _write_contact(answer: Reply, met: list[Deputy], *, by: User, place: str) -> None:
    """The one ledger: a reply in person is one encounter, written once per reply; not again for whom a visit of the
    第一任务 on that day has written."""
    visited = FirstVisit.objects.met().filter(visited_on=answer.replied_on, deputy__in=met).values_list("deputy")
    met = [deputy for deputy in met if (deputy.pk,) not in visited]
    if not met:
        return
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
