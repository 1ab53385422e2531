"""审议意见分解: utterances that say the same become one point, which goes to departments as suggestions."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from common.denied import Denied
from deputies.models import Body, Level
from staff import audit
from staff.models import Department, User
from suggestions.actions.handling import assign, distribute
from suggestions.actions.moves import needed
from suggestions.actions.registering import Proposers, register, unregister
from suggestions.hearing import policies
from suggestions.models import Kind, OurRole, Point, ProposerRole, Share, Suggestion, Utterance, Voice
from suggestions.models.hearing import ShareQuerySet, UtteranceQuerySet
from suggestions.workflow import SuggestionState

DUE_SOURCE = "审议意见分解表确定的完成时限"


@transaction.atomic
def decompose(
    *,
    utterances: Iterable[Utterance],
    summary: str,
    leader: User,
    departments: Iterable[Department],
    by: User,
    due_on: date | None = None,
) -> Point:
    """One 归纳意见 of one or several utterances; each department gets it as a suggestion, not yet assigned."""
    policies.check_can_arrange(by)
    said, summary, departments = _locked(utterances), needed(summary, "请写归纳意见。"), list(departments)
    _check_undecided(said)
    _check_belong_together(said)
    heard_on = max(each.hearing.held_on for each in said)
    if not departments:
        raise Denied("请选择责任部门。")
    if due_on and due_on < heard_on:
        raise Denied(f"完成时限不能早于会议日期（{heard_on}）。")
    point = Point.objects.create(summary=summary, leader=leader, due_on=due_on, made_by=by)
    Voice.objects.bulk_create(Voice(point=point, utterance=each) for each in said)
    for department in departments:
        title = summary if len(departments) == 1 else f"{summary}（{department}）"
        suggestion = _register(said, title[:120], heard_on, by)
        Share.objects.create(point=point, department=department, suggestion=suggestion)
    audit.record("point.made", by=by, target=point)
    return point


@transaction.atomic
def take_apart(*, point: Point, by: User) -> None:
    """Undo of :func:`decompose`, as long as no department has got anything of it."""
    policies.check_can_take_apart(by, point)
    audit.record("point.undone", by=by, target=point)
    for share in point.shares.select_related("suggestion"):
        share.delete()
        unregister(suggestion=share.suggestion, by=by)
    point.voices.all().delete()
    point.delete()


@transaction.atomic
def assign_shares(*, shares: ShareQuerySet, assigned_on: date, by: User) -> int:
    """交办 all of ``shares`` that wait, each to the department planned, on one day; how many."""
    waiting = list(shares.waiting().select_related("point__leader", "department", "suggestion").order_by("pk"))
    if not waiting:
        raise Denied("没有待交办的意见，请刷新页面查看。")
    for share in waiting:
        _assign(share, assigned_on, by)
    return len(waiting)


@transaction.atomic
def set_aside(*, utterances: Iterable[Utterance], reason: str, by: User) -> int:
    """不需办理: praise, a remark, a speaker nobody knows. How many."""
    policies.check_can_arrange(by)
    said, reason = _locked(utterances), needed(reason, "请写明不需办理的理由，如“肯定工作”。")
    _check_undecided(said)
    if Share.objects.standing().filter(point__voices__utterance__in=said).exists():
        raise Denied("所选发言中有已分解的，请先撤销分解。")
    for each in said:
        each.aside = reason
        each.save(update_fields=["aside"])
        audit.record("utterance.set_aside", by=by, target=each, reason=reason)
    return len(said)


@transaction.atomic
def take_up(*, utterance: Utterance, by: User) -> Utterance:
    """It has to be dealt with after all. Twice is once."""
    policies.check_can_arrange(by)
    if Utterance.objects.filter(pk=utterance.pk).exclude(aside="").update(aside=""):
        audit.record("utterance.taken_up", by=by, target=utterance)
    utterance.refresh_from_db()
    return utterance


def _assign(share: Share, assigned_on: date, by: User) -> None:
    """One that was accepted before, or handed back by a department, keeps its deadline."""
    to: dict[str, Any] = {"department": share.department, "leader": share.point.leader, "by": by}
    if share.suggestion.state == SuggestionState.ACCEPTED:
        distribute(suggestion=share.suggestion, on=assigned_on, **to)
        return
    several = share.point.shares.standing().count() > 1
    assign(
        suggestion=share.suggestion,
        assigned_on=assigned_on,
        our_role=OurRole.SEPARATE if several else OurRole.SOLE,
        due_on=share.point.due_on,
        due_source=DUE_SOURCE if share.point.due_on else "",
        **to,
    )


def _locked(utterances: Iterable[Utterance]) -> list[Utterance]:
    """As they were spoken, held until the transaction ends."""
    wanted = [each.pk for each in utterances]
    list(Utterance.objects.select_for_update().filter(pk__in=wanted).order_by("pk"))
    rows: UtteranceQuerySet = Utterance.objects.filter(pk__in=wanted)
    return list(rows.in_order().select_related("hearing__term", "speaker"))


def _check_undecided(said: Sequence[Utterance]) -> None:
    if not said:
        raise Denied("请先在左边勾选发言。")
    if any(each.withdrawn_at for each in said):
        raise Denied("所选发言中有已删除的，请刷新页面后重新勾选。")
    if any(each.aside for each in said):
        raise Denied("所选发言中有已列为不需办理的，请先改为待分解。")


def _check_belong_together(said: Sequence[Utterance]) -> None:
    unknown = "、".join(dict.fromkeys(each.heard_as for each in said if each.speaker is None))
    if unknown:
        raise Denied(f"“{unknown}”还没有认定是哪一位，请先认定发言人，再分解。")
    if len({(each.hearing.term_id, each.hearing.session) for each in said}) > 1:
        raise Denied("只有同一届、同一次会议的发言可以归并，请分别分解。")


def _register(said: Sequence[Utterance], title: str, heard_on: date, by: User) -> Suggestion:
    """A voice that stands alone is told in its own words; several are told by their utterances only."""
    hearing = said[0].hearing
    return register(
        by=by,
        kind=Kind.DELIBERATION,
        body=Body(hearing.term.body),
        level=Level(hearing.term.level),
        term=hearing.term,
        session=hearing.session,
        title=title,
        text=said[0].words if len(said) == 1 else "",
        received_on=heard_on,
        proposers=_proposers(said),
    )


def _proposers(said: Sequence[Utterance]) -> Proposers:
    """Whoever spoke first leads."""
    speakers = list(dict.fromkeys(each.speaker for each in said if each.speaker))
    return [(deputy, ProposerRole.JOINT if place else ProposerRole.LEAD) for place, deputy in enumerate(speakers)]
