"""The list of the 第一任务: drawn up from the proposal, changed and fixed by the office, approved by the chief."""

from collections.abc import Collection, Iterable
from datetime import time
from typing import Any

from django.db import transaction
from django.utils import timezone

from common.denied import Denied
from common.versions import save_version
from deputies.models import Deputy
from staff import audit
from staff.models import User
from suggestions.actions.moves import needed
from suggestions.first_task import policies
from suggestions.first_task.proposal import Candidate, propose, reasons
from suggestions.models import VISIT_MOVES, FirstTask, FirstVisit, Suggestion, VisitState


@transaction.atomic
def draw_up(*, year: int, chosen: Collection[int], by: User) -> FirstTask:
    """Freeze the proposal of today: the ``chosen`` persons are listed, the others kept beside the list.

    Of a year gone by nobody proposes any more: its list begins empty.
    """
    today = timezone.localdate()
    policies.check_can_draw_up(by, year, today)
    task, is_new = FirstTask.objects.get_or_create(year=year, defaults={"drawn_up_by": by})
    if not is_new:  # by somebody else at the same moment
        raise Denied(f"{task.drawn_up_by}已拟定{year}年的名单，请刷新页面，在名单上修改。")
    for candidate in propose(by, year, today) if year == today.year else []:
        _freeze(task, candidate, listed=candidate.deputy.pk in chosen)
    audit.record("first_task.drawn_up", by=by, target=task)
    return task


@transaction.atomic
def add_person(*, task: FirstTask, deputy: Deputy, leader: User, why: str, by: User) -> FirstVisit:
    """Somebody whom the proposal does not know, or had left out: with what is known of reasons, and ``why``."""
    task = held(task)
    policies.check_can_change(by, task)
    words = needed(why, "请写明为什么要当面答复。")
    visit = task.visits.filter(deputy=deputy).first()
    if visit and visit.state != VisitState.DROPPED:
        raise Denied(f"{deputy}已在名单中。")
    if visit:
        move(visit, VisitState.PLANNED, leader=leader, reasons=[*visit.reasons, words])
    else:
        known = reasons(by, task.year, timezone.localdate()).get(deputy.pk, [])
        told = [*(reason.words for reason in known), words]
        visit = FirstVisit.objects.create(task=task, deputy=deputy, leader=leader, reasons=told)
        visit.suggestions.set([reason.suggestion for reason in known])
    audit.record("first_task.person_added", by=by, target=visit)
    return visit


@transaction.atomic
def plan_visit(
    *,
    visit: FirstVisit,
    expected: int,
    by: User,
    leader: User,
    company: Iterable[User],
    suggestions: Iterable[Suggestion],
    starts_at: time | None = None,
    place: str = "",
) -> FirstVisit:
    """Who goes, when, where, with whom, to answer what. Another leader only before the list is fixed."""
    task = held(visit.task)
    policies.check_can_plan(by, _now(visit))
    if leader != visit.leader:
        policies.check_can_change(by, task)
    save_version(visit, expected=expected, leader=leader, starts_at=starts_at, place=place)
    visit.company.set(company)
    visit.suggestions.set(suggestions)
    audit.record("first_task.visit_planned", by=by, target=visit)
    return visit


@transaction.atomic
def drop(*, visit: FirstVisit, by: User) -> FirstVisit:
    """Off the list; the row stays and can be put back."""
    held(visit.task)
    visit = _now(visit)
    policies.check_can_drop(by, visit)
    move(visit, VisitState.DROPPED)
    audit.record("first_task.visit_dropped", by=by, target=visit)
    return visit


@transaction.atomic
def put_back(*, visit: FirstVisit, by: User) -> FirstVisit:
    held(visit.task)
    visit = _now(visit)
    policies.check_can_put_back(by, visit)
    move(visit, VisitState.PLANNED)
    audit.record("first_task.visit_put_back", by=by, target=visit)
    return visit


@transaction.atomic
def fix_list(*, task: FirstTask, by: User) -> FirstTask:
    """定稿送审: from now on the chief decides."""
    task = held(task)
    policies.check_can_fix(by, task)
    return _decide(task, "first_task.fixed", by, fixed_by=by, fixed_at=timezone.now())


@transaction.atomic
def reopen_list(*, task: FirstTask, by: User) -> FirstTask:
    """The office takes the list up again; it needs the chief's approval anew."""
    task = held(task)
    policies.check_can_reopen(by, task)
    return _decide(task, "first_task.reopened", by, **_OPEN)


@transaction.atomic
def confirm_list(*, task: FirstTask, by: User, remark: str = "") -> FirstTask:
    """审定, with or without a 批示. The day is now the day."""
    task = held(task)
    policies.check_can_decide(by, task)
    day = policies.check_day_is_known(task.the_day)
    facts = {"confirmed_by": by, "confirmed_at": timezone.now(), "day": day, "remark": remark.strip()}
    return _decide(task, "first_task.confirmed", by, **facts)


@transaction.atomic
def send_list_back(*, task: FirstTask, by: User, remark: str) -> FirstTask:
    """退回修改: the office mends the list and sends it again."""
    task = held(task)
    policies.check_can_decide(by, task)
    return _decide(task, "first_task.sent_back", by, remark=needed(remark, "退回的，请写明怎样修改。"), **_OPEN)


_OPEN: dict[str, Any] = {
    "fixed_by": None,
    "fixed_at": None,
    "confirmed_by": None,
    "confirmed_at": None,
    "day": None,
}


def held(task: FirstTask) -> FirstTask:
    """The list as it is now, until the transaction ends: whoever changes it at the same moment waits."""
    return FirstTask.objects.select_for_update().get(pk=task.pk)


def move(visit: FirstVisit, new: VisitState, *, expected: int | None = None, **fields: Any) -> FirstVisit:
    """The only place where the state of a visit changes."""
    if new not in VISIT_MOVES[VisitState(visit.state)]:
        raise Denied(f"{visit.deputy}目前为“{visit.get_state_display()}”，请刷新页面，按最新状态办理。")
    return save_version(visit, expected=visit.version if expected is None else expected, state=new, **fields)


def _freeze(task: FirstTask, candidate: Candidate, *, listed: bool) -> None:
    visit = FirstVisit.objects.create(
        task=task,
        deputy=candidate.deputy,
        leader=candidate.leading.leader,
        proposed_leader=candidate.leading.leader,
        leader_reason=candidate.leading.why[:60],
        reasons=candidate.words,
        place=candidate.deputy.unit[:60],
        state=VisitState.PLANNED if listed else VisitState.DROPPED,
    )
    visit.suggestions.set(candidate.suggestions)


def _now(visit: FirstVisit) -> FirstVisit:
    return FirstVisit.objects.select_related("task", "deputy", "leader").get(pk=visit.pk)


def _decide(task: FirstTask, action: str, by: User, **fields: Any) -> FirstTask:
    for name, value in fields.items():
        setattr(task, name, value)
    task.save(update_fields=list(fields))
    audit.record(action, by=by, target=task, reason=fields.get("remark", ""))
    return task
