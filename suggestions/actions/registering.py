"""登记 and the correction of facts."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from common.denied import Denied, Stale
from common.versions import save_version
from deputies.actions import remove_derived_contact
from deputies.models import Body, Deputy, Level, Opinion, Term
from staff import audit
from staff.models import User
from suggestions import policies
from suggestions.actions.forgetting import forget_work
from suggestions.actions.moves import leave_transition, locked, not_in_future, plain, taken_is_denied
from suggestions.actions.promises import unwrite_promises
from suggestions.models import Evaluation, Kind, Proposer, ProposerRole, Publication, Suggestion
from suggestions.workflow import SuggestionState

Proposers = Sequence[tuple[Deputy, ProposerRole]]
# The deadline is computed from these; once it runs they stay.
FIXED_BY_ASSIGNMENT = {"kind", "body", "level", "received_on"}


@transaction.atomic
def register(
    *,
    by: User,
    kind: Kind,
    body: Body,
    level: Level,
    title: str,
    received_on: date,
    proposers: Proposers,
    term: Term | None = None,
    number: str = "",
    **fields: Any,
) -> Suggestion:
    """Take one in. Exactly one proposer leads; the number may come later, and then with its 届."""
    policies.check_can_register(by)
    not_in_future(received_on, "收到日期")
    _check_proposers(proposers)
    facts: dict[str, Any] = {"organisation": "", "organisation_kind": "", **fields}
    facts |= {"kind": kind, "body": body, "level": level, "term": term, "number": plain(number)}
    _check_consistent(facts)
    _refuse_twin(kind, title, received_on, proposers)
    _refuse_second_of_opinion(fields.get("source"))
    with taken_is_denied():
        suggestion = Suggestion.objects.create(title=title.strip(), received_on=received_on, registered_by=by, **facts)
    _write_proposers(suggestion, proposers)
    leave_transition(suggestion, "", SuggestionState.REGISTERED, by=by, on=received_on)
    audit.record("suggestion.registered", by=by, target=suggestion)
    return suggestion


@transaction.atomic
def edit(
    *, suggestion: Suggestion, expected: int, by: User, proposers: Proposers | None = None, **fields: Any
) -> Suggestion:
    """Correct the facts. Kind, body, level and receipt stay once assigned: the deadline came from them."""
    suggestion = locked(suggestion)
    if suggestion.version != expected:
        raise Stale("您打开页面之后，这件已被他人修改。您填写的内容仍在下方，请对照最新内容后再次保存。")
    policies.check_can_edit(by, suggestion)
    if "number" in fields:
        fields["number"] = plain(fields["number"])
    changes = _changes(suggestion, fields)
    _check_edit(suggestion, fields)
    with taken_is_denied():
        save_version(suggestion, expected=expected, **fields)
    if proposers is not None:
        _replace_proposers(suggestion, proposers)
    audit.record("suggestion.edited", by=by, target=suggestion, changes=changes)
    return suggestion


def _changes(suggestion: Suggestion, fields: dict[str, Any]) -> dict[str, list[str]]:
    """For the audit trail, which nobody can change: that words changed, never the words (a case becomes 来信)."""
    pairs = {name: [str(getattr(suggestion, name)), str(new)] for name, new in fields.items()}
    changed = {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
    return {name: ["原文", "已修改"] if name in ("title", "text") else pair for name, pair in changed.items()}


@transaction.atomic
def unregister(*, suggestion: Suggestion, by: User) -> None:
    """Take back one that an import registered, with all that it wrote of it, as if it had never been.

    Opinions and follow-ups recorded at its reply in person are in the way (``ProtectedError``).
    """
    policies.check_can_register(by)
    suggestion = locked(suggestion)
    audit.record("suggestion.unregistered", by=by, target=suggestion)
    suggestion.scans.all().delete()  # they may belong to an evaluation
    for reply in suggestion.replies.all():
        remove_derived_contact(origin_key=f"reply:{reply.pk}")
        unwrite_promises(reply)
        Publication.objects.filter(reply=reply).delete()
        reply.evaluations.all().delete()
        reply.deliveries.all().delete()
        reply.delete()
    forget_work(suggestion)
    suggestion.transitions.all().delete()
    suggestion.delete()


def _check_proposers(proposers: Proposers) -> None:
    if [role for _, role in proposers].count(ProposerRole.LEAD) != 1:
        raise Denied("须有且只有一位领衔人（第一提案人）。")
    if len({deputy.pk for deputy, _ in proposers}) != len(proposers):
        raise Denied("同一位代表委员只填一次。")


def _check_consistent(facts: dict[str, Any]) -> None:
    """Kind, body, level, 届 and number agree with one another."""
    kind, body, level, term = facts["kind"], facts["body"], facts["level"], facts["term"]
    if (kind == Kind.SUGGESTION and body != Body.CONGRESS) or (kind == Kind.PROPOSAL and body != Body.CPPCC):
        raise Denied("代表建议属于人大，政协提案属于政协，请核对类别和性质。")
    if body == Body.CPPCC and level == Level.TOWN:
        raise Denied("镇一级没有政协，请核对层级。")
    if term and (term.body, term.level) != (body, level):
        raise Denied(f"所选届次“{term}”与性质、层级不一致。")
    if bool(facts["organisation"]) != bool(facts["organisation_kind"]):
        raise Denied("集体提出的，请同时填写提案单位和单位类别。")
    if facts["number"] and not term:
        raise Denied("编号按届次编排，填写编号时请同时选择届次。")


def _check_edit(suggestion: Suggestion, fields: dict[str, Any]) -> None:
    names = ["kind", "body", "level", "term", "number", "received_on", "organisation", "organisation_kind"]
    facts = {name: fields.get(name, getattr(suggestion, name)) for name in names}
    changed = {name for name in FIXED_BY_ASSIGNMENT if facts[name] != getattr(suggestion, name)}
    if changed and suggestion.assigned_on:
        raise Denied("交办以后，类别、性质、层级和收到日期不再修改，答复期限据此算出。登记有误的，请撤回后重新登记。")
    not_in_future(facts["received_on"], "收到日期")
    _check_consistent(facts)


def _refuse_twin(kind: Kind, title: str, received_on: date, proposers: Proposers) -> None:
    """A second click or a second clerk: same kind, title, day and leader is the same item."""
    lead = next(deputy for deputy, role in proposers if role == ProposerRole.LEAD)
    twin = (
        Suggestion.objects.filter(kind=kind, title=title.strip(), received_on=received_on)
        .filter(proposers__deputy=lead, proposers__role=ProposerRole.LEAD)
        .standing()
        .first()
    )
    if twin:
        raise Denied(f"{lead}领衔的同一件已在同日登记（流水号{twin.pk}），没有重复登记。")


def _refuse_second_of_opinion(opinion: Opinion | None) -> None:
    if opinion is None:
        return
    # Two clerks at once queue up here.
    Opinion.objects.select_for_update().get(pk=opinion.pk)
    known = opinion.suggestions.standing().first()
    if known:
        raise Denied(f"这条意见已登记为《{known.title}》（流水号{known.pk}），没有重复登记。")


def _write_proposers(suggestion: Suggestion, proposers: Proposers) -> None:
    Proposer.objects.bulk_create(
        Proposer(suggestion=suggestion, deputy=deputy, role=role) for deputy, role in proposers
    )


def _replace_proposers(suggestion: Suggestion, proposers: Proposers) -> None:
    """Whoever has evaluated an answer stays a proposer: the evaluation would otherwise be nobody's.

    The second evaluation of two files that became one stays with the file that was merged.
    """
    _check_proposers(proposers)
    if set(suggestion.proposers.values_list("deputy", "role")) == {(deputy.pk, role) for deputy, role in proposers}:
        return
    kept = {deputy.pk for deputy, _ in proposers}
    evaluations = Evaluation.objects.filter(reply__suggestion=suggestion, deputy__merged_into=None)
    orphan = evaluations.exclude(deputy__in=kept).first()
    if orphan:
        raise Denied(f"{orphan.deputy}已有评价，不能从提出人中去掉，请重新选入。")
    suggestion.proposers.all().delete()
    _write_proposers(suggestion, proposers)
