"""What came of a visit of the 第一任务: recorded, corrected, undone; one contact in the ledger."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from common.calendar import cn_day
from common.denied import Denied
from common.quotes import titled
from deputies.actions import (
    record_opinion,
    remove_opinion,
    reword_opinion,
    withdraw_derived_contact,
    write_derived_contact,
)
from deputies.models import Contact, ContactMethod, Origin
from staff import audit
from staff.models import User
from suggestions.actions.first_task import held, move
from suggestions.actions.moves import needed
from suggestions.first_task import policies
from suggestions.models import Delivery, FirstVisit, How, Suggestion, VisitState

_NOTHING: dict[str, Any] = {"visited_on": None, "answered": "", "voice": "", "signed": False, "why_not": ""}


@transaction.atomic
def record_visit(
    *,
    visit: FirstVisit,
    expected: int,
    by: User,
    outcome: VisitState,
    leader: User,
    company: Iterable[User] = (),
    suggestions: Iterable[Suggestion] = (),
    place: str = "",
    visited_on: date | None = None,
    answered: str = "",
    voice: str = "",
    signed: bool = False,
    why_not: str = "",
) -> FirstVisit:
    """Met, or not met with the reason; the same again corrects what was recorded before."""
    held(visit.task)
    policies.check_can_record(by, visit, timezone.localdate())
    day = _checked(visit, visited_on) if outcome == VisitState.MET else None
    if day:
        words = needed(answered, "请写明答复了什么。")
        facts = {"visited_on": day, "answered": words, "voice": voice.strip(), "signed": signed}
    else:
        facts = {"why_not": needed(why_not, "请写明未能见面的原因。")}
    _check_answers_stay_told(visit, day)
    noted = {"leader": leader, "place": place, "recorded_by": by, "recorded_at": timezone.now()}
    visit = move(visit, outcome, expected=expected, **(_NOTHING | facts | noted))
    visit.company.set(company)
    visit.suggestions.set(suggestions)
    _enter(visit, by)
    audit.record("first_task.visit_recorded", by=by, target=visit)
    return visit


@transaction.atomic
def undo_visit(*, visit: FirstVisit, by: User) -> FirstVisit:
    """As if nothing had been recorded; the contact is withdrawn."""
    held(visit.task)
    visit = FirstVisit.objects.select_related("task", "deputy", "opinion").get(pk=visit.pk)
    policies.check_can_undo(by, visit)
    _check_answers_stay_told(visit, None)
    visit = move(visit, VisitState.PLANNED, recorded_by=None, recorded_at=None, **_NOTHING)
    _enter(visit, by)
    audit.record("first_task.visit_undone", by=by, target=visit)
    return visit


def _checked(visit: FirstVisit, visited_on: date | None) -> date:
    """On the day of the task or later in the year, not in the future."""
    first = policies.check_day_is_known(visit.task.the_day)
    day = visited_on or first
    if day > timezone.localdate():
        raise Denied("走访日期不能晚于今天。")
    if day < first or day.year != visit.task.year:
        raise Denied(f"走访日期应在{cn_day(first)}（春节后首个工作日）至{visit.task.year}年年底之间。")
    return day


def _enter(visit: FirstVisit, by: User) -> None:
    """One encounter is one contact: where an answer in person of that day tells of it already, that one."""
    told = _told_by_an_answer(visit) if visit.state == VisitState.MET else None
    if told or visit.state != VisitState.MET:
        withdraw_derived_contact(origin_key=visit.origin_key, by=by)
    contact = told or (_write(visit, by) if visit.state == VisitState.MET else None)
    _keep_voice(visit, contact, by)


def _told_by_an_answer(visit: FirstVisit) -> Contact | None:
    assert visit.visited_on  # a visit that took place has its day, says the database
    answers = Contact.objects.standing().filter(origin=Origin.REPLY).exclude(origin_key=visit.origin_key)
    return answers.filter(happened_on=visit.visited_on, met__deputy=visit.deputy).order_by("pk").first()


def _write(visit: FirstVisit, by: User) -> Contact:
    assert visit.visited_on
    titles = "、".join(titled(each.title) for each in visit.suggestions.all())
    about = f"（{titles}）" if titles else ""
    return write_derived_contact(
        origin=Origin.REPLY,
        origin_key=visit.origin_key,
        by=by,
        deputies=[visit.deputy],
        happened_on=visit.visited_on,
        method=ContactMethod.objects.get(code="reply"),
        note=f"第一任务上门答复{about}：{visit.answered}"[:2000],
        place=visit.place,
        staff=[visit.leader, *visit.company.exclude(pk=visit.leader_id)],
        department=visit.leader.department,
    )


def _keep_voice(visit: FirstVisit, contact: Contact | None, by: User) -> None:
    """What the deputy said is an opinion in the ledger, so that it is answered and printed like any other."""
    known = visit.opinion
    if known and (contact is None or not visit.voice or known.contact_id != contact.pk):
        remove_opinion(opinion=known, by=by)
        known = None
    if contact and visit.voice:
        if known:
            reword_opinion(opinion=known, words=visit.voice, by=by)
        else:
            known = record_opinion(contact=contact, deputy=visit.deputy, words=visit.voice, by=by)
    FirstVisit.objects.filter(pk=visit.pk).update(opinion=known)
    visit.opinion = known


def _check_answers_stay_told(visit: FirstVisit, visited_on: date | None) -> None:
    """An answer recorded after the visit has no contact of its own: it leans on that of the visit."""
    if visit.visited_on is None or visit.visited_on == visited_on:
        return
    answers = Delivery.objects.filter(how=How.IN_PERSON, on=visit.visited_on, deputy=visit.deputy)
    own = Contact.objects.standing().filter(origin_key=visit.origin_key).exists()
    if own and answers.exists():
        raise Denied(
            f"{visit.deputy}当天的当面答复是以这次走访记入联络台账的，走访不能撤销或改期；内容有误的，请直接更正。"
        )
