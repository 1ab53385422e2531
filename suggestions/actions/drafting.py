"""拟稿, 审核, 签发: the answer passes those who answer for it, each with a 批示."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from common.denied import Denied, Stale
from staff import audit
from staff.models import Role, User
from suggestions import policies
from suggestions.actions.moves import locked, move, needed, not_in_future
from suggestions.actions.promises import PromiseFacts, check_promises
from suggestions.models import Approval, CoHandler, Draft, ResultClass, Scope, Suggestion
from suggestions.workflow import SuggestionState


@transaction.atomic
def save_draft(
    *,
    suggestion: Suggestion,
    text: str,
    summary: str,
    result_class: ResultClass,
    by: User,
    scope: Scope = Scope.FULL,
    scope_reason: str = "",
    promises: Sequence[PromiseFacts] = (),
) -> Draft:
    """拟稿, or 核稿 by the office: the new words stand beside the old ones.

    A class that promises (B, C) takes one promise along; more are added once the answer has gone out.
    """
    suggestion = locked(suggestion)
    policies.check_can_draft(by, suggestion)
    check_promises(result_class, promises)
    promise = promises[0] if promises else None
    written = Draft.objects.create(
        suggestion=suggestion,
        round=suggestion.replies.count() + 1,
        text=needed(text, "请写答复正文。"),
        summary=needed(summary, "请写明答复要点。"),
        result_class=result_class,
        scope=scope,
        scope_reason="" if scope == Scope.FULL else needed(scope_reason, "不全文公开的，请写明理由。"),
        promise_what=promise.what if promise else "",
        promise_due_on=promise.due_on if promise else None,
        promise_owner=promise.owner if promise else None,
        drafted_by=by,
    )
    audit.record("suggestion.drafted", by=by, target=suggestion)
    return written


@transaction.atomic
def submit(*, suggestion: Suggestion, by: User, today: date, unheard: str = "") -> Suggestion:
    """送审: to the first who must agree. Without a 面商 it goes on only with the reason ``unheard`` (代表法 51)."""
    suggestion = locked(suggestion)
    policies.check_can_submit(by, suggestion)
    remark = "" if is_heard(suggestion) else needed(unheard, "还没有面商记录：请先登记面商，或写明为什么没有面商。")
    stage = _first_review(suggestion.draft_to_sign(), suggestion)
    move(suggestion, stage, by=by, on=today, remark=f"未面商：{remark}" if remark else "")
    audit.record("suggestion.submitted", by=by, target=suggestion)
    return suggestion


@transaction.atomic
def approve(*, suggestion: Suggestion, draft: Draft, by: User, today: date, remark: str = "") -> Suggestion:
    """Agree to ``draft`` as it was read. The last yes is the signature."""
    suggestion = locked(suggestion)
    policies.check_can_review(by, suggestion)
    _check_is_current(suggestion, draft)
    stage = SuggestionState(suggestion.state)
    Approval.objects.create(draft=draft, stage=stage, agreed=True, remark=remark.strip(), on=today, by=by)
    following = _next_review(stage, draft, suggestion, by)
    verb = "签发" if following == SuggestionState.SIGNED else "同意"
    move(suggestion, following, by=by, on=today, remark=f"{verb}：{remark.strip()}" if remark.strip() else verb)
    audit.record("suggestion.approved", by=by, target=suggestion)
    return suggestion


@transaction.atomic
def send_back(*, suggestion: Suggestion, draft: Draft, remark: str, by: User, today: date) -> Suggestion:
    """退回修改, with what is to be changed; what was agreed before is asked again."""
    suggestion = locked(suggestion)
    policies.check_can_send_back(by, suggestion)
    _check_is_current(suggestion, draft)
    words = needed(remark, "请写明需要修改什么。")
    Approval.objects.create(draft=draft, stage=suggestion.state, agreed=False, remark=words, on=today, by=by)
    move(suggestion, SuggestionState.HANDLING, by=by, on=today, remark=f"退回修改：{words}")
    audit.record("suggestion.sent_back", by=by, target=suggestion)
    return suggestion


@transaction.atomic
def recall(*, suggestion: Suggestion, by: User, today: date) -> Suggestion:
    """撤回送审: the drafter takes the draft back before anybody has agreed to it."""
    suggestion = locked(suggestion)
    policies.check_can_recall(by, suggestion)
    move(suggestion, SuggestionState.HANDLING, by=by, on=today, remark="撤回送审")
    audit.record("suggestion.recalled", by=by, target=suggestion)
    return suggestion


@transaction.atomic
def ask_co_handler(*, suggestion: Suggestion, unit: str, asked_on: date, by: User) -> CoHandler:
    """商请会办: the unit owes us an opinion before our answer is signed."""
    suggestion = locked(suggestion)
    policies.check_can_ask_co_handler(by, suggestion)
    not_in_future(asked_on, "商请日期")
    name = needed(unit, "请填写会办单位。")
    if suggestion.assigned_on and asked_on < suggestion.assigned_on:
        raise Denied(f"商请日期不能早于交办日（{suggestion.assigned_on}）。")
    if suggestion.co_handlers.filter(unit=name).exists():
        raise Denied(f"{name}已登记为会办单位，不用再次登记。")
    audit.record("suggestion.co_handler_asked", by=by, target=suggestion, reason=name)
    return CoHandler.objects.create(suggestion=suggestion, unit=name, asked_on=asked_on)


@transaction.atomic
def receive_opinion(*, co_handler: CoHandler, opinion: str, received_on: date, by: User) -> CoHandler:
    """收到会办意见. A unit that stays silent after reminders is recorded in words too, so that the work goes on."""
    suggestion = locked(co_handler.suggestion)
    policies.check_can_receive_opinion(by, suggestion)
    co_handler = CoHandler.objects.get(pk=co_handler.pk)
    if co_handler.received_on:
        raise Denied(f"{co_handler.unit}的会办意见已于{co_handler.received_on}登记，请刷新页面查看。")
    not_in_future(received_on, "收到日期")
    if received_on < co_handler.asked_on:
        raise Denied(f"收到日期不能早于商请日期（{co_handler.asked_on}）。")
    co_handler.received_on, co_handler.opinion = received_on, needed(opinion, "请写明会办意见的要点。")
    co_handler.save(update_fields=["received_on", "opinion"])
    audit.record("suggestion.opinion_received", by=by, target=suggestion, reason=co_handler.unit)
    return co_handler


def is_heard(suggestion: Suggestion) -> bool:
    """The proposers were heard for the answer now owed; of a 会办 item the lead unit hears them."""
    return suggestion.goes_to_lead_unit or suggestion.consultations.exists()


def _first_review(draft: Draft | None, suggestion: Suggestion) -> SuggestionState:
    """Nobody reviews what he wrote himself: a head's own draft goes on to the office, the office's to the leader."""
    assert draft  # check_can_submit
    heads = User.objects.heads_of(suggestion.department)
    if heads.exists() and not heads.filter(pk=draft.drafted_by_id).exists():
        return SuggestionState.DEPARTMENT_REVIEW
    return _after_department(draft)


def _after_department(draft: Draft) -> SuggestionState:
    by_office = draft.drafted_by.role == Role.OFFICE
    return SuggestionState.LEADER_REVIEW if by_office else SuggestionState.OFFICE_REVIEW


def _next_review(stage: SuggestionState, draft: Draft, suggestion: Suggestion, by: User) -> SuggestionState:
    if stage == SuggestionState.DEPARTMENT_REVIEW:
        return _after_department(draft)
    if stage == SuggestionState.OFFICE_REVIEW:
        return SuggestionState.LEADER_REVIEW
    if stage == SuggestionState.LEADER_REVIEW and by.role != Role.CHIEF and not policies.leader_signs(suggestion):
        return SuggestionState.SIGNING
    return SuggestionState.SIGNED


def _check_is_current(suggestion: Suggestion, draft: Draft) -> None:
    """What is agreed to is what was read."""
    current = suggestion.draft_to_sign()
    if current is None or current.pk != draft.pk:
        raise Stale("您打开页面之后，答复稿已有新的版本。请刷新页面，看过新稿再处理。")
