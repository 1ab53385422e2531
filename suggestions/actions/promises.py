"""承诺: written with a reply or later, moved for a reason, kept by a 二次答复; and the class that holds now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from common.denied import Denied, Stale
from common.quotes import titled
from common.versions import save_version
from deputies.actions import remove_derived_contact, write_derived_contact
from deputies.models import ContactMethod, Deputy, Origin
from staff import audit
from staff.models import User
from suggestions import policies
from suggestions.actions.moves import locked, needed, not_in_future
from suggestions.models import Promise, PromiseMove, Reply, ResultClass, ResultMove, Suggestion, ToldHow


@dataclass(frozen=True)
class PromiseFacts:
    """What is promised, by when and by whom. Only an older ledger (``is_old``) may leave the last two open."""

    what: str
    due_on: date | None
    owner: User | None
    is_old: bool = False


def write_promises(reply: Reply, promises: Sequence[PromiseFacts], by: User) -> list[Promise]:
    """Those that go out with a reply."""
    check_promises(reply.result_class, promises)
    return [_write(reply, facts, by) for facts in promises]


def check_promises(result: ResultClass, promises: Sequence[PromiseFacts]) -> None:
    """A class that promises needs at least one, any other has none."""
    if result.promises and not promises:
        raise Denied(f"办理结果为“{result}”的，请写明承诺事项、完成时限和责任人，列入承诺台账。")
    if promises and not result.promises:
        raise Denied(f"办理结果为“{result}”的没有承诺事项；有承诺的，请改选相应的办理结果。")


@transaction.atomic
def add_promise(*, reply: Reply, facts: PromiseFacts, by: User) -> Promise:
    """One more for a reply that has gone out."""
    locked(reply.suggestion)
    policies.check_can_add_promise(by, reply)
    promise = _write(reply, facts, by)
    audit.record("suggestion.promise_added", by=by, target=promise)
    return promise


@transaction.atomic
def move_promise(*, promise: Promise, expected: int, due_on: date, owner: User, by: User, reason: str = "") -> Promise:
    """Another day or another keeper, for a reason; what an old ledger left open is filled in without one."""
    locked(promise.reply.suggestion)
    promise = _fresh(promise)
    policies.check_can_keep_promise(by, promise)
    _check_is_move(promise, expected, due_on, owner)
    _check_due_on(due_on, promise.reply)
    _check_owner(owner)
    fills_in = promise.due_on in (None, due_on) and promise.owner_id in (None, owner.pk)
    why = reason.strip() or ("补填原台账未写明的时限、责任人" if fills_in else "")
    PromiseMove.objects.create(
        promise=promise,
        old_due_on=promise.due_on,
        new_due_on=due_on,
        old_owner=promise.owner,
        new_owner=owner,
        reason=needed(why, "请写明调整的理由，原时限和原责任人会保留。"),
        by=by,
    )
    changes = {"due_on": [str(promise.due_on or ""), str(due_on)]} if promise.due_on != due_on else {}
    department = owner.department or promise.department
    save_version(promise, expected=expected, due_on=due_on, owner=owner, department=department)
    audit.record("suggestion.promise_moved", by=by, target=promise, changes=changes)
    return promise


@transaction.atomic
def keep_promise(
    *,
    promise: Promise,
    kept_on: date,
    kept_how: str,
    class_now: ResultClass,
    by: User,
    told_how: str = "",
    met: Iterable[Deputy] | None = None,
) -> Promise:
    """二次答复: done, or answered again why not. In person it is also one contact with ``met`` (all)."""
    suggestion = locked(promise.reply.suggestion)
    promise = _fresh(promise)
    policies.check_can_keep_promise(by, promise)
    not_in_future(kept_on, "二次答复日期")
    if kept_on < promise.reply.replied_on:
        raise Denied(f"二次答复不能早于答复日期（{promise.reply.replied_on}）。")
    facts = {"kept_on": kept_on, "kept_how": needed(kept_how, "请写明落实情况。"), "told_how": told_how}
    save_version(promise, expected=promise.version, class_now=class_now, **facts)
    if told_how == ToldHow.IN_PERSON:
        _write_contact(promise, those_met(suggestion, met), by=by)
    _move_result(promise.reply, class_now, on=kept_on, why=promise.kept_how, by=by, promise=promise)
    audit.record("suggestion.promise_kept", by=by, target=promise)
    return promise


@transaction.atomic
def correct_result(*, reply: Reply, new: ResultClass, reason: str, on: date, by: User) -> Reply:
    """The class that holds now is another, without a promise having been kept; what was told stays as it was."""
    locked(reply.suggestion)
    reply = Reply.objects.select_related("class_now", "suggestion").get(pk=reply.pk)
    policies.check_can_correct_result(by, reply)
    not_in_future(on, "变动日期")
    if on < reply.replied_on:
        raise Denied(f"变动日期不能早于答复日期（{reply.replied_on}）。")
    if new == reply.class_now:
        raise Denied(f"现在的办理结果已经是“{new}”。")
    reason = needed(reason, "请写明办理结果变动的依据。")
    changes = {"class_now": [str(reply.class_now), str(new)]}
    _move_result(reply, new, on=on, why=reason, by=by)
    audit.record("suggestion.result_moved", by=by, target=reply.suggestion, changes=changes, reason=reason[:200])
    return reply


def unwrite_promises(reply: Reply) -> None:
    """As if they had never been, with their contacts: undoing an import."""
    reply.result_moves.all().delete()
    for promise in reply.promises.all():
        remove_derived_contact(origin_key=f"promise:{promise.pk}")
        promise.moves.all().delete()
        promise.delete()


def those_met(suggestion: Suggestion, met: Iterable[Deputy] | None) -> list[Deputy]:
    """Of the proposers, all unless said otherwise."""
    proposers = [proposer.deputy for proposer in suggestion.proposers.select_related("deputy")]
    if met is None:
        return proposers
    chosen = list(met)
    if not chosen or not set(chosen) <= set(proposers):
        raise Denied("当面答复的，请在提出人中至少勾选一位到场的代表委员。")
    return chosen


def _write(reply: Reply, facts: PromiseFacts, by: User) -> Promise:
    what = needed(facts.what, "请写明承诺了什么。")
    if not facts.is_old and facts.due_on is None:
        raise Denied("请填写承诺的完成时限。")
    if not facts.is_old and facts.owner is None:
        raise Denied("请选择承诺的责任人。")
    if facts.due_on:
        _check_due_on(facts.due_on, reply)
    department = reply.suggestion.department or by.department
    if facts.owner:
        _check_owner(facts.owner)
        department = facts.owner.department or department
    return Promise.objects.create(
        reply=reply, what=what, due_on=facts.due_on, owner=facts.owner, department=department, recorded_by=by
    )


def _check_is_move(promise: Promise, expected: int, due_on: date, owner: User) -> None:
    if promise.version != expected:
        said = f"{promise.due_on or '未定期限'}，{promise.owner or '未定责任人'}"
        raise Stale(f"您打开页面之后，他人已调整这项承诺（现为{said}）。请关闭后重新打开，再作调整。")
    if (promise.due_on, promise.owner) == (due_on, owner):
        raise Denied("完成时限和责任人都没有变动。")


def _check_due_on(due_on: date, reply: Reply) -> None:
    if due_on < reply.replied_on:
        raise Denied(f"完成时限不能早于答复日期（{reply.replied_on}）。")


def _check_owner(owner: User) -> None:
    if not owner.is_active or owner.is_administrator:
        raise Denied(f"{owner}不能作为承诺的责任人，请选择在用的业务人员。")


def _fresh(promise: Promise) -> Promise:
    """As it is now: of two colleagues answering at once the second is told."""
    full = Promise.objects.select_related("reply__suggestion", "reply__class_now", "owner", "department")
    return full.get(pk=promise.pk)


def _move_result(
    reply: Reply, new: ResultClass, *, on: date, why: str, by: User, promise: Promise | None = None
) -> None:
    if new == reply.class_now:
        return
    ResultMove.objects.create(reply=reply, old=reply.class_now, new=new, on=on, why=why, by=by, promise=promise)
    reply.class_now = new
    reply.save(update_fields=["class_now"])


def _write_contact(promise: Promise, met: list[Deputy], *, by: User) -> None:
    suggestion = promise.reply.suggestion
    staff = {user.pk: user for user in (promise.owner, by) if user}
    write_derived_contact(
        origin=Origin.REPLY,
        origin_key=f"promise:{promise.pk}",
        by=by,
        deputies=met,
        happened_on=promise.kept_on or promise.reply.replied_on,
        method=ContactMethod.objects.get(code="reply"),
        note=f"当面二次答复{suggestion.get_kind_display()}{titled(suggestion.title)}：{promise.kept_how}",
        staff=list(staff.values()),
        department=promise.department,
    )
