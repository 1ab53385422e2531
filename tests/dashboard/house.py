"""A small house in June 2026 where each tile has something to say; made by the real actions."""

from datetime import date

from deputies import actions
from deputies.models import Contact, ContactMethod, Deputy
from staff.models import Department, User
from suggestions.models import Kind, ResultClass, Suggestion, Verdict
from tests.activities import factories as activities
from tests.factories import TermFactory
from tests.suggestions import factories as suggestions

TODAY = date(2026, 6, 10)


def seated(office: User, name: str) -> Deputy:
    return actions.register_deputy(by=office, name=name, unit=f"{name}的单位", seats=[(TermFactory(),)])


def met(by: User, *people: Deputy, on: date = date(2026, 3, 5), note: str = "谈农田灌溉") -> Contact:
    method = ContactMethod.objects.get(code="visit")
    return actions.log_contact(by=by, deputies=people, happened_on=on, method=method, note=note)


def heard(office: User, department: Department, deputy: Deputy, title: str, result: str) -> Suggestion:
    """Answered and evaluated."""
    suggestion = suggestions.replied(office, department, lead=deputy, title=title)
    reason = {"reason": "没有说清时间"} if result == Verdict.UNSATISFIED else {}
    suggestions.verdict(suggestion.replies.get(), office, result=result, **reason)
    return suggestion


def busy(office: User, department: Department) -> dict[str, Deputy]:
    """王芳 and 李秋实 were met, 赵远 was not; one of everything that the tiles count."""
    people = {name: seated(office, name) for name in ["王芳", "李秋实", "赵远"]}
    wang, li, zhao = people.values()
    contact = met(office, wang)
    actions.record_opinion(contact=contact, deputy=wang, words="盼早日通水", by=office)
    actions.add_follow_up(contact=contact, what="送方案", owner=office, due_on=date(2026, 5, 1), by=office)
    activities.closed(by=office, came=[wang, li], held_on=date(2026, 4, 8), title="检察开放日")
    activities.planned(by=office, held_on=date(2026, 6, 1), title="座谈会")
    activities.planned(by=office, deputies=[zhao], held_on=date(2026, 6, 20), title="公开听证")
    suggestions.handling(office, department, lead=wang, title="关于校园周边治理的建议")
    suggestions.registered(office, lead=li, kind=Kind.DELIBERATION, title="关于工作报告的意见")
    promised = suggestions.handling(office, department, lead=li, title="关于河道清淤的建议")
    suggestions.answer(promised, office, result_class=ResultClass.objects.get(code="B"))
    heard(office, department, wang, "关于法治宣传的建议", Verdict.SATISFIED)
    heard(office, department, wang, "关于道路照明的建议", Verdict.UNSATISFIED)
    return people
