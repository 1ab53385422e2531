"""What the pages show of a suggestion: how many days are left, what may be done next, its whole story by date."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Literal

from django.utils import timezone

from common.denied import allowed
from deputies.models import Contact
from staff.models import Role, User
from suggestions import deadlines, policies
from suggestions.models import (
    Evaluation,
    Extension,
    ExtensionState,
    Holiday,
    Promise,
    Reply,
    Step,
    StepKind,
    Suggestion,
    Transition,
)
from suggestions.workflow import ENDED, REVIEWS, TRANSITIONS, WITH_DEPARTMENT, SuggestionState

# Moves that stand out in the story; the way through the reviews is told more quietly.
MILESTONES = [SuggestionState.REGISTERED, SuggestionState.ACCEPTED, SuggestionState.HANDLING, *ENDED]
NOTICE_MONTH = 11  # the State Council publishes next year's arrangement in November
Tone = Literal["ok", "warn", "bad", "info", "muted"]

STATE_TONES: dict[str, Tone] = {
    SuggestionState.REGISTERED: "warn",
    SuggestionState.ACCEPTED: "warn",
    **dict.fromkeys(WITH_DEPARTMENT, "info"),
    SuggestionState.REPLIED: "ok",
    **dict.fromkeys(ENDED, "muted"),
}


@dataclass(frozen=True)
class Line:
    """One row of a list: the item, the days left or the last answer, the tone of its state."""

    suggestion: Suggestion
    remaining: "Remaining | None"
    answer: Reply | None
    is_unsatisfied: bool
    tone: Tone


def line(suggestion: Suggestion, today: date) -> Line:
    """Of a row fetched with ``SuggestionQuerySet.with_answers``."""
    last = max(suggestion.replies.all(), key=lambda reply: reply.round, default=None)
    return Line(
        suggestion,
        remaining(suggestion, today),
        answer=last,
        is_unsatisfied=bool(last and any(verdict.is_unsatisfied for verdict in last.evaluations.all())),
        tone=STATE_TONES[suggestion.state],
    )


@dataclass(frozen=True)
class Remaining:
    """Days left in words; the tone repeats them in colour."""

    words: str
    tone: Tone


def remaining(suggestion: Suggestion, today: date) -> Remaining | None:
    """None where no reply is owed."""
    if not suggestion.is_awaiting_reply:
        return None
    if suggestion.due_on is None:
        return Remaining("待交办", "warn")
    days = (suggestion.due_on - today).days
    estimate = "（预计）" if is_estimate(suggestion) else ""
    if days < 0:
        return Remaining(f"已超期{-days}天", "bad")
    if days == 0:
        return Remaining("今天到期", "bad")
    return Remaining(f"还剩{days}天{estimate}", "warn" if days <= 7 else "info" if days <= 30 else "muted")


def time_left(promise: Promise, today: date) -> Remaining:
    """Of a promise: until its day, or what became of it."""
    if promise.kept_on:
        return Remaining("已落实", "ok")
    if promise.due_on is None:
        return Remaining("未定期限", "warn")
    days = (promise.due_on - today).days
    if days < 0:
        return Remaining(f"已逾期{-days}天", "bad")
    return Remaining(f"还剩{days}天" if days else "今天到期", "bad" if not days else "warn" if days <= 30 else "info")


def is_estimate(suggestion: Suggestion) -> bool:
    """Counted into a year whose 调休 is not known yet; ``actions.arrange_year`` counts again."""
    return deadlines.ESTIMATE in suggestion.due_reason


def missing_year(today: date) -> int | None:
    """Next year, from 1 November on, while its notice has not been typed in: deadlines there are estimates."""
    if today.month < NOTICE_MONTH or Holiday.objects.filter(year=today.year + 1).exists():
        return None
    return today.year + 1


@dataclass(frozen=True)
class Move:
    """A button: what it opens and whether it is the one to press next."""

    url_name: str
    pk: int
    label: str
    is_next: bool = False


def moves(user: User, suggestion: Suggestion, today: date) -> list[Move]:
    """The buttons for this user now, what comes next first; each asks the policy that the action will ask."""
    pk, draft = suggestion.pk, suggestion.draft_to_sign()
    draft_label = "修改答复稿" if draft else "拟稿"
    of_suggestion: list[tuple[Callable[..., None], Move]] = [
        (policies.check_can_accept, Move("suggestions:accept", pk, "受理", is_next=True)),
        (policies.check_can_distribute, Move("suggestions:distribute", pk, "分办", is_next=True)),
        (policies.check_can_review, Move("suggestions:approve", pk, yes(user, suggestion), is_next=True)),
        (policies.check_can_deliver, Move("suggestions:deliver", pk, "登记送达", is_next=True)),
        (policies.check_can_draft, Move("suggestions:draft", pk, draft_label, is_next=not draft)),
        (policies.check_can_submit, Move("suggestions:submit", pk, "送审", is_next=True)),
        (policies.check_can_send_back, Move("suggestions:send-back", pk, "退回修改")),
        (policies.check_can_recall, Move("suggestions:recall", pk, "撤回送审")),
        (policies.check_can_reply, Move("suggestions:reply", pk, "登记线下签发的答复")),
        (policies.check_can_consult, Move("suggestions:consult", pk, "登记面商")),
        (policies.check_can_ask_co_handler, Move("suggestions:co-handler", pk, "商请会办")),
        (policies.check_can_close, Move("suggestions:close", pk, "办结")),
        (policies.check_can_add_step, Move("suggestions:step", pk, "登记办理过程")),
        (policies.check_can_hand_back, Move("suggestions:hand-back", pk, "退回重新分办")),
        (partial(policies.check_can_ask_extension, today=today), Move("suggestions:extend", pk, "申请延期")),
        (policies.check_can_edit, Move("suggestions:edit", pk, "修改")),
        (policies.check_can_give_back, Move("suggestions:give-back", pk, "退办")),
        (policies.check_can_transfer, Move("suggestions:transfer", pk, "转来信")),
        (policies.check_can_take_again, Move("suggestions:take-again", pk, "退办未获同意")),
        (policies.check_can_withdraw, Move("suggestions:withdraw", pk, "撤回")),
    ]
    found = [move for check, move in of_suggestion if allowed(check, user, suggestion)]
    for asked in suggestion.extensions.waiting():
        if allowed(policies.check_can_decide_extension, user, asked):
            found.append(Move("suggestions:grant-extension", asked.pk, "批准延期", is_next=True))
            found.append(Move("suggestions:refuse-extension", asked.pk, "不批准延期"))
    last = suggestion.replies.order_by("-round").first()
    found = _moves_of_reply(user, last) + found if last else found
    return sorted(found, key=lambda move: not move.is_next)


def yes(user: User, suggestion: Suggestion) -> str:
    """签发 where this yes is the signature."""
    signs = suggestion.state == SuggestionState.SIGNING or (
        suggestion.state == SuggestionState.LEADER_REVIEW
        and (user.role == Role.CHIEF or policies.leader_signs(suggestion))
    )
    return "签发" if signs else "审核同意"


def way_to_signature(suggestion: Suggestion) -> str:
    """Whom the draft passes, in words, before it is sent off."""
    signer = "分管领导签发" if policies.leader_signs(suggestion) else "分管领导审核，检察长签发"
    heads = "、".join(user.name for user in User.objects.heads_of(suggestion.department))
    return f"依次经{f'部门负责人（{heads}）、' if heads else ''}办公室审核，{signer}。本人拟稿的环节自动跳过。"


def addressee(suggestion: Suggestion) -> str:
    if suggestion.goes_to_lead_unit:
        return f"会办意见送{suggestion.lead_unit or '主办单位'}，由其答复代表委员，不直接送代表委员。"
    return "答复送每一位提出人，并抄送交办单位。"


def _moves_of_reply(user: User, last: Reply) -> list[Move]:
    found = []
    if allowed(policies.check_can_deliver_further, user, last):
        found.append(Move("suggestions:deliver-further", last.pk, "登记送达其余提出人", is_next=True))
    if allowed(policies.check_can_evaluate, user, last) and last.unheard():
        found.append(Move("suggestions:evaluate", last.pk, "登记评价", is_next=True))
    waiting = last.promises.filter(kept_on=None)[:2]
    if len(waiting) == 1 and allowed(policies.check_can_keep_promise, user, waiting[0]):
        found.append(Move("suggestions:keep-promise", waiting[0].pk, "登记二次答复"))
    if allowed(policies.check_can_add_promise, user, last):
        found.append(Move("suggestions:promise-new", last.pk, "登记承诺"))
    if allowed(policies.check_can_publish, user, last):
        found.append(Move("suggestions:publication", last.pk, "公开审查"))
    if allowed(policies.check_can_correct_result, user, last):
        found.append(Move("suggestions:correct-result", last.pk, "更正现办理结果"))
    return found


@dataclass(frozen=True)
class Event:
    """One dated line of the story; ``order`` sorts those of one day."""

    on: date
    order: int
    what: str
    detail: str = ""
    tone: str = ""
    step: Step | None = None


def story(suggestion: Suggestion) -> list[Event]:
    """Steps, moves, replies, verdicts and second answers in the order in which they happened."""
    steps = suggestion.steps.order_by("happened_on", "pk")
    worked = [_worked(step) for step in steps]
    moved = [_moved(transition) for transition in suggestion.transitions.select_related("by").order_by("pk")]
    consulted = [_consulted(each.contact, each.heard) for each in suggestion.consultations.select_related("contact")]
    replies = suggestion.replies.select_related("result_class", "signed_by").prefetch_related(
        "promises__class_now", "promises__moves__new_owner", "result_moves__new"
    )
    answered = [event for reply in replies for event in _answered(reply)]
    verdicts = Evaluation.objects.filter(reply__suggestion=suggestion).select_related("deputy")
    heard = [_heard(evaluation) for evaluation in verdicts]
    extended = [
        event for each in suggestion.extensions.select_related("asked_by", "decided_by") for event in _extended(each)
    ]
    told = [*worked, *consulted, *(event for event in moved if event), *extended, *answered, *heard]
    return sorted(told, key=lambda event: (event.on, event.order))


def took(suggestion: Suggestion) -> str:
    """「历时9个月」 from receipt to the first answer; nothing before it."""
    first = suggestion.replies.filter(round=1).first()
    if first is None:
        return ""
    start, end = suggestion.received_on, first.replied_on
    months = (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)
    words = f"{months}个多月" if months else f"{(end - start).days}天"
    return f"从收到到首次答复历时{words}，登记办理过程{suggestion.steps.count()}次。"


def _worked(step: Step) -> Event:
    said = step.what if step.kind == StepKind.OTHER else f"{step.get_kind_display()}：{step.what}"
    return Event(step.happened_on, 1, said, step.where_and_who, step=step)


def _moved(transition: Transition) -> Event | None:
    """Replies and dissatisfied verdicts tell themselves; the other moves are lines of their own."""
    old, new = transition.old, transition.new
    if new == SuggestionState.REPLIED or (old == SuggestionState.REPLIED and new == SuggestionState.HANDLING):
        return None
    what = TRANSITIONS[SuggestionState(old)][SuggestionState(new)] if old else "收到并登记"
    if old in (*REVIEWS, SuggestionState.SIGNED):
        what = f"{transition.by.name}{transition.remark}"
    elif transition.remark:
        what = f"{what}：{transition.remark}"
    return Event(transition.on, 9 if new in ENDED else 0, what, "", "warn" if new in MILESTONES else "")


def _consulted(contact: Contact, heard: str) -> Event:
    people = "、".join(deputy.name for deputy in contact.deputies.order_by("pinyin", "pk"))
    went = "、".join(user.name for user in contact.staff.order_by("pk"))
    where = f"，{contact.place}" if contact.place else ""
    return Event(contact.happened_on, 1, f"与{people}面商（{went}{where}）", heard)


def _extended(extension: Extension) -> list[Event]:
    asked = f"{extension.asked_by}申请延期至{extension.until}：{extension.reason}"
    events = [Event(extension.asked_on, 1, asked, f"交办单位意见：{extension.consent}")]
    if extension.decided_on:
        granted = extension.state == ExtensionState.GRANTED
        what = f"{extension.decided_by}{'批准' if granted else '不批准'}延期"
        events.append(Event(extension.decided_on, 1, what, extension.remark, "" if granted else "warn"))
    return events


def _answered(reply: Reply) -> list[Event]:
    """Without the summary, which stands in full above the story."""
    how = "当面答复" if reply.in_person else "答复"
    signer = f"，{reply.signed_by.name}签发/带队" if reply.signed_by else ""
    round_words = f"（第{reply.round}轮）" if reply.round > 1 else ""
    what = f"{how}{round_words}：{reply.result_class}{signer}"
    events = [Event(reply.replied_on, 2, what)]
    events += [event for promise in reply.promises.all() for event in _promised(promise)]
    # What a kept promise changed is told with it.
    moved = [each for each in reply.result_moves.all() if each.promise_id is None]
    return events + [Event(each.on, 4, f"现办理结果更正为{each.new}", each.why) for each in moved]


def _promised(promise: Promise) -> list[Event]:
    events = [
        Event(
            timezone.localdate(each.at),
            3,
            f"承诺“{promise.what}”调整为{each.new_due_on}前由{each.new_owner}落实",
            each.reason,
        )
        for each in promise.moves.all()
    ]
    if promise.kept_on:
        told = f"{promise.get_told_how_display()}二次答复" if promise.told_how else "二次答复"
        events.append(Event(promise.kept_on, 4, f"{told}，现为{promise.class_now}", promise.kept_how))
    return events


def _heard(evaluation: Evaluation) -> Event:
    return Event(
        evaluation.received_on,
        3,
        f"{evaluation.deputy}评价：{evaluation.words}",
        evaluation.reason,
        "bad" if evaluation.is_unsatisfied else "",
    )
