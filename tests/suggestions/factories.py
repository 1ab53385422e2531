"""Suggestions with a history: every state is reached by walking the real actions."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from deputies.models import Body, Deputy, Level
from staff.models import Department, User
from suggestions import actions
from suggestions.models import (
    Channel,
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
from tests.factories import DeputyFactory

RECEIVED, ASSIGNED, REPLIED, HEARD = date(2026, 3, 1), date(2026, 3, 2), date(2026, 5, 20), date(2026, 5, 27)
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
        "summary": "已与供电部门建立线路巡护协作机制。",
        "result_class": ResultClass.objects.get(code="A"),
        **fields,
    }
    if facts["result_class"].promises:
        facts.setdefault("promises", [promised(by)])
    return actions.reply(suggestion=suggestion, by=by, **facts)


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
            SuggestionState.HANDLING: lambda: handling(self.office, self.department),
            SuggestionState.REPLIED: lambda: replied(self.office, self.department),
            SuggestionState.CLOSED: lambda: closed(self.office, self.department),
            SuggestionState.WITHDRAWN: self._withdrawn,
        }[state]()

    def _withdrawn(self) -> Suggestion:
        return actions.withdraw(suggestion=registered(self.office), by=self.office, reason="提出人书面撤回")
