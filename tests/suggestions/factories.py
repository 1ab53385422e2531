"""Suggestions with a history: every state is reached by walking the real actions."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from deputies.models import Body, Deputy, Level
from staff.models import Department, Role, User
from suggestions import actions
from suggestions.models import (
    Channel,
    Consultation,
    Draft,
    Evaluation,
    Kind,
    Promise,
    ProposerRole,
    Reply,
    ResultClass,
    Suggestion,
    Verdict,
)
from suggestions.workflow import SuggestionState
from tests.factories import DeputyFactory, UserFactory

RECEIVED, ASSIGNED, REPLIED, HEARD = date(2026, 3, 1), date(2026, 3, 2), date(2026, 5, 20), date(2026, 5, 27)
SENT = date(2026, 5, 10)
PROMISED = date(2026, 12, 31)


def registered(office: User, *others: Deputy, lead: Deputy | None = None, **fields: Any) -> Suggestion:
    """One 代表建议 of the district with a leader and, if given, joint signers."""
    facts: dict[str, Any] = {
        "kind": Kind.SUGGESTION,
        "body": Body.CONGRESS,
        "level": Level.DISTRICT,
        "title": "关于加强特高压线路走廊保护的建议",
        "received_on": RECEIVED,
        **fields,
    }
    lead = lead or DeputyFactory()
    proposers = [(lead, ProposerRole.LEAD), *((deputy, ProposerRole.JOINT) for deputy in others)]
    return actions.register(by=office, proposers=proposers, **facts)


def handling(office: User, department: Department, *others: Deputy, **fields: Any) -> Suggestion:
    suggestion = registered(office, *others, **fields)
    return actions.assign(suggestion=suggestion, department=department, assigned_on=ASSIGNED, by=office)


TEXT = "您提出的关于加强特高压线路走廊保护的建议收悉。经研究，现答复如下。"
SUMMARY = "已与供电部门建立线路巡护协作机制。"


def draft(suggestion: Suggestion, by: User, **fields: Any) -> Draft:
    facts: dict[str, Any] = {
        "text": TEXT,
        "summary": SUMMARY,
        "result_class": ResultClass.objects.get(code="A"),
        **fields,
    }
    return actions.save_draft(suggestion=suggestion, by=by, **_with_promise(facts, by))


def _with_promise(facts: dict[str, Any], by: User) -> dict[str, Any]:
    """A class that promises takes one along."""
    return {"promises": [promised(by)], **facts} if facts["result_class"].promises else facts


def consulted(suggestion: Suggestion, by: User, **fields: Any) -> Consultation:
    """With the lead, in his unit."""
    facts: dict[str, Any] = {
        "happened_on": date(2026, 4, 10),
        "heard": "希望先把鱼塘上方的线路排查清楚。",
        "met": [row.deputy for row in suggestion.proposers.filter(role=ProposerRole.LEAD)],
        "staff": [by],
        "place": "知禾电缆有限公司",
        **fields,
    }
    return actions.consult(suggestion=suggestion, by=by, **facts)


def head_of(department: Department) -> User:
    known = User.objects.heads_of(department).first()
    return known or UserFactory(role=Role.HANDLER, department=department, heads_department=True, name="部门主任")


def drafter_of(department: Department) -> User:
    others = User.objects.active().filter(role=Role.HANDLER, department=department, heads_department=False)
    known = others.first()
    return known or UserFactory(role=Role.HANDLER, department=department, name="承办人")


def reviewer(suggestion: Suggestion) -> User:
    """Whose turn it is."""
    role = {
        SuggestionState.OFFICE_REVIEW: Role.OFFICE,
        SuggestionState.LEADER_REVIEW: Role.LEADER,
        SuggestionState.SIGNING: Role.CHIEF,
    }.get(SuggestionState(suggestion.state))
    if role is None:
        assert suggestion.department
        return head_of(suggestion.department)
    return suggestion.leader or User.objects.active().filter(role=role).first() or UserFactory(role=role)


def agreed(suggestion: Suggestion, **fields: Any) -> Suggestion:
    """One yes more, by whose turn it is."""
    current = suggestion.draft_to_sign()
    assert current
    facts = {"by": reviewer(suggestion), "today": SENT, **fields}
    return actions.approve(suggestion=suggestion, draft=current, **facts)


def sent_for_review(office: User, department: Department, **fields: Any) -> Suggestion:
    """A handler's draft, in a department that has a head."""
    head_of(department)
    drafter, suggestion = drafter_of(department), handling(office, department, **fields)
    draft(suggestion, drafter)
    return actions.submit(suggestion=suggestion, by=drafter, today=SENT, unheard="已电话沟通")


def promised(owner: User, **fields: Any) -> actions.PromiseFacts:
    return actions.PromiseFacts(**{"what": "年底前完成线路隐患排查", "due_on": PROMISED, "owner": owner, **fields})


def promise(office: User, department: Department, **fields: Any) -> Promise:
    """Of a B reply, open; ``owner`` and ``due_on`` may be said."""
    of_promise = {name: fields.pop(name) for name in ("what", "due_on", "owner", "is_old") if name in fields}
    facts = promised(**{"owner": office, **of_promise})
    suggestion = handling(office, department, **fields)
    return answer(suggestion, office, result_class=ResultClass.objects.get(code="B"), promises=[facts]).promises.get()


def keep(promise: Promise, by: User, **fields: Any) -> Promise:
    facts = {"kept_on": date(2026, 9, 1), "kept_how": "线路已全部排查", **fields}
    facts.setdefault("class_now", ResultClass.objects.get(code="A"))
    return actions.keep_promise(promise=promise, by=by, **facts)


def answer(suggestion: Suggestion, by: User, **fields: Any) -> Reply:
    facts: dict[str, Any] = {
        "replied_on": REPLIED,
        "summary": SUMMARY,
        "result_class": ResultClass.objects.get(code="A"),
        **fields,
    }
    return actions.reply(suggestion=suggestion, by=by, **_with_promise(facts, by))


def replied(office: User, department: Department, *others: Deputy, **fields: Any) -> Suggestion:
    suggestion = handling(office, department, *others, **fields)
    answer(suggestion, office)
    suggestion.refresh_from_db()
    return suggestion


def verdict(reply: Reply, by: User, deputy: Deputy | None = None, **fields: Any) -> Evaluation:
    facts: dict[str, Any] = {
        "attitude": Verdict.SATISFIED,
        "result": Verdict.SATISFIED,
        "channel": Channel.FORM,
        "received_on": HEARD,
        **fields,
    }
    deputy = deputy or reply.suggestion.proposers.get(role=ProposerRole.LEAD).deputy
    return actions.evaluate(reply=reply, deputy=deputy, by=by, **facts)


def closed(office: User, department: Department) -> Suggestion:
    suggestion = replied(office, department)
    verdict(suggestion.replies.get(), office)
    return actions.close(suggestion=suggestion, by=office)


@dataclass
class Walker:
    """Leads a suggestion to any state: ``Walker(office, department).to(SuggestionState.REPLIED)``."""

    office: User
    department: Department

    def to(self, state: SuggestionState) -> Suggestion:
        return {
            SuggestionState.REGISTERED: lambda: registered(self.office),
            SuggestionState.ACCEPTED: self._accepted,
            SuggestionState.HANDLING: lambda: handling(self.office, self.department),
            SuggestionState.DEPARTMENT_REVIEW: lambda: self._agreed(0),
            SuggestionState.OFFICE_REVIEW: lambda: self._agreed(1),
            SuggestionState.LEADER_REVIEW: lambda: self._agreed(2),
            SuggestionState.SIGNING: lambda: self._agreed(3),
            SuggestionState.SIGNED: lambda: self._agreed(4),
            SuggestionState.REPLIED: lambda: replied(self.office, self.department),
            SuggestionState.CLOSED: lambda: closed(self.office, self.department),
            SuggestionState.RETURNED: self._returned,
            SuggestionState.TRANSFERRED: self._transferred,
            SuggestionState.WITHDRAWN: self._withdrawn,
        }[state]()

    def _accepted(self) -> Suggestion:
        return actions.accept(suggestion=registered(self.office), assigned_on=ASSIGNED, by=self.office)

    def _agreed(self, times: int) -> Suggestion:
        suggestion = sent_for_review(self.office, self.department)
        for _ in range(times):
            suggestion = agreed(suggestion)
        return suggestion

    def _returned(self) -> Suggestion:
        return actions.give_back(
            suggestion=registered(self.office), reason="属区住建局职责", by=self.office, today=SENT
        )

    def _transferred(self) -> Suggestion:
        return actions.transfer(suggestion=registered(self.office), letter_number="来信2026-15", by=self.office)

    def _withdrawn(self) -> Suggestion:
        return actions.withdraw(suggestion=registered(self.office), by=self.office, reason="提出人书面撤回")
