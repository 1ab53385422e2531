"""State × role × action as one table: what happens, and who is refused."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from common.denied import Denied, allowed
from staff.models import Department, Role, User
from suggestions import actions, overview, policies
from suggestions.management.commands import workflow as command
from suggestions.models import Suggestion, Verdict
from suggestions.workflow import AWAITING_REPLY, ENDED, OPEN, REVIEWS, TRANSITIONS, WITH_DEPARTMENT, SuggestionState
from tests.factories import UserFactory
from tests.suggestions import factories as make

pytestmark = pytest.mark.django_db
S = SuggestionState
UNSATISFIED = {"attitude": Verdict.SATISFIED, "result": Verdict.UNSATISFIED, "reason": "问题没有解决"}
TODAY = date(2026, 5, 12)
INSIDE = [S.HANDLING, *REVIEWS, S.SIGNED]
WHO = ["chief", "leader", "office", "head", "handler", "other_handler", "sysadmin", "secadmin", "auditor"]
HANDLES, APPROVES = {"office", "head", "handler"}, {"chief", "leader"}
OFFICE = {"office"}


def of_draft(verb: Callable[..., object], **words: Any) -> Callable[[Suggestion, User, Department], object]:
    return lambda it, by, where: verb(suggestion=it, draft=it.draft_to_sign(), by=by, today=TODAY, **words)


# action → how it is done.
ACTS: dict[str, Callable[[Suggestion, User, Department], object]] = {
    "edit": lambda it, by, where: actions.edit(suggestion=it, expected=it.version, by=by, title="新标题"),
    "accept": lambda it, by, where: actions.accept(suggestion=it, assigned_on=make.ASSIGNED, by=by),
    "distribute": lambda it, by, where: actions.distribute(suggestion=it, department=where, by=by),
    "give_back": lambda it, by, where: actions.give_back(
        suggestion=it, reason="属区住建局职责", consent="电话同意", today=TODAY, by=by
    ),
    "take_again": lambda it, by, where: actions.take_again(suggestion=it, reason="交办单位不同意", by=by),
    "transfer": lambda it, by, where: actions.transfer(suggestion=it, letter_number="来信15", by=by),
    "hand_back": lambda it, by, where: actions.hand_back(suggestion=it, reason="非本部门职责", by=by),
    "add_step": lambda it, by, where: actions.add_step(
        suggestion=it, happened_on=date(2026, 4, 1), what="走访供电公司", by=by
    ),
    "consult": lambda it, by, where: make.consulted(it, by),
    "draft": lambda it, by, where: make.draft(it, by),
    "submit": lambda it, by, where: actions.submit(suggestion=it, by=by, today=TODAY, unheard="已电话沟通"),
    "approve": of_draft(actions.approve),
    "send_back": of_draft(actions.send_back, remark="第二段写实"),
    "recall": lambda it, by, where: actions.recall(suggestion=it, by=by, today=TODAY),
    "deliver": lambda it, by, where: actions.deliver(suggestion=it, by=by, replied_on=make.REPLIED),
    "reply": lambda it, by, where: make.answer(it, by),
    "evaluate": lambda it, by, where: make.verdict(it.replies.get(), by),
    "evaluate_unsatisfied": lambda it, by, where: make.verdict(it.replies.get(), by, **UNSATISFIED),
    "close": lambda it, by, where: actions.close(suggestion=it, by=by, unreturned="已电话催告两次"),
    "withdraw": lambda it, by, where: actions.withdraw(suggestion=it, by=by, reason="提出人书面撤回"),
}
# action → state before → state after. What is not here is refused.
TABLE: dict[str, dict[SuggestionState, SuggestionState]] = {
    "edit": {state: state for state in OPEN},
    "accept": {S.REGISTERED: S.ACCEPTED},
    "distribute": {S.ACCEPTED: S.HANDLING},
    "give_back": {S.REGISTERED: S.RETURNED, S.ACCEPTED: S.RETURNED},
    "take_again": {S.RETURNED: S.REGISTERED},
    "transfer": {S.REGISTERED: S.TRANSFERRED, S.ACCEPTED: S.TRANSFERRED},
    "hand_back": {S.HANDLING: S.ACCEPTED},
    "add_step": {state: state for state in [*INSIDE, S.REPLIED]},
    "consult": {state: state for state in INSIDE},
    "draft": {S.HANDLING: S.HANDLING, S.OFFICE_REVIEW: S.OFFICE_REVIEW},
    "submit": {S.HANDLING: S.DEPARTMENT_REVIEW},
    "approve": {
        S.DEPARTMENT_REVIEW: S.OFFICE_REVIEW,
        S.OFFICE_REVIEW: S.LEADER_REVIEW,
        S.LEADER_REVIEW: S.SIGNING,
        S.SIGNING: S.SIGNED,
    },
    "send_back": dict.fromkeys([*REVIEWS, S.SIGNED], S.HANDLING),
    "recall": {S.DEPARTMENT_REVIEW: S.HANDLING},
    "deliver": {S.SIGNED: S.REPLIED},
    "reply": {S.HANDLING: S.REPLIED},
    "evaluate": {S.REPLIED: S.REPLIED},
    "evaluate_unsatisfied": {S.REPLIED: S.HANDLING},
    "close": {S.REPLIED: S.CLOSED},
    "withdraw": dict.fromkeys(AWAITING_REPLY, S.WITHDRAWN),
}
# Who acts in the office's or the department's name; the reviews have each their own.
BY = {
    "edit": OFFICE, "accept": OFFICE, "distribute": OFFICE, "give_back": OFFICE, "take_again": OFFICE,
    "transfer": OFFICE, "hand_back": HANDLES, "add_step": HANDLES, "consult": HANDLES, "submit": HANDLES,
    "recall": HANDLES, "deliver": HANDLES, "reply": OFFICE, "evaluate": OFFICE, "evaluate_unsatisfied": OFFICE,
    "close": OFFICE, "withdraw": OFFICE,
}  # fmt: skip
REVIEWERS = {
    S.DEPARTMENT_REVIEW: {"head"},
    S.OFFICE_REVIEW: OFFICE,
    S.LEADER_REVIEW: APPROVES,
    S.SIGNING: {"chief"},
    S.SIGNED: OFFICE,
}
NEEDS_A_REPLY = {"evaluate", "evaluate_unsatisfied"}
NEEDS_A_DRAFT = {"approve", "send_back"}
CHECKS: dict[str, Callable[..., None]] = {
    "edit": policies.check_can_edit,
    "accept": policies.check_can_accept,
    "distribute": policies.check_can_distribute,
    "give_back": policies.check_can_give_back,
    "take_again": policies.check_can_take_again,
    "transfer": policies.check_can_transfer,
    "hand_back": policies.check_can_hand_back,
    "add_step": policies.check_can_add_step,
    "consult": policies.check_can_consult,
    "draft": policies.check_can_draft,
    "submit": policies.check_can_submit,
    "approve": policies.check_can_review,
    "send_back": policies.check_can_send_back,
    "recall": policies.check_can_recall,
    "deliver": policies.check_can_deliver,
    "reply": policies.check_can_reply,
    "close": policies.check_can_close,
    "withdraw": policies.check_can_withdraw,
}
BUTTONS = {"suggestions:" + name.replace("_", "-"): name for name in CHECKS} | {"suggestions:step": "add_step"}


def who_may(action: str, state: SuggestionState) -> set[str]:
    if state not in TABLE[action]:
        return set()
    if action in NEEDS_A_DRAFT:
        return REVIEWERS[state]
    if action == "draft":
        return HANDLES if state == S.HANDLING else OFFICE
    return BY[action]


@pytest.fixture
def head(department: Department) -> User:
    return make.head_of(department)


@pytest.fixture
def walk(office: User, head: User, handler: User, department: Department) -> make.Walker:
    return make.Walker(office, department)


@pytest.fixture
def cast(request: pytest.FixtureRequest) -> dict[str, User]:
    return {who: request.getfixturevalue(who) for who in WHO}


def standing_in(walk: make.Walker, action: str, state: SuggestionState) -> Suggestion:
    suggestion = walk.to(state)
    if action == "submit" and state == S.HANDLING:
        make.draft(suggestion, make.drafter_of(walk.department))
    return suggestion


def is_askable(action: str, state: SuggestionState) -> bool:
    """Without a reply or a draft there is nothing to hand to the action."""
    if action in NEEDS_A_REPLY:
        return state in (S.REPLIED, S.CLOSED)
    return action not in NEEDS_A_DRAFT or state in (*REVIEWS, S.SIGNED)


CASES = [(action, state) for action in ACTS for state in TABLE[action]]


@pytest.mark.parametrize(("action", "state"), CASES)
def test_each_action_leads_where_the_table_says(
    walk: make.Walker, cast: dict[str, User], department: Department, action: str, state: SuggestionState
) -> None:
    suggestion = standing_in(walk, action, state)
    user = make.drafter_of(department) if action == "submit" else cast[max(who_may(action, state))]
    ACTS[action](suggestion, user, department)
    suggestion.refresh_from_db()
    assert suggestion.state == TABLE[action][state]


@pytest.mark.parametrize("state", S)
def test_whatever_is_not_in_the_table_is_refused_to_everybody(
    walk: make.Walker, cast: dict[str, User], department: Department, state: SuggestionState
) -> None:
    suggestion = walk.to(state)
    for action in ACTS:
        if state in TABLE[action] or not is_askable(action, state):
            continue
        for who in ("office", "chief", "head"):
            with pytest.raises(Denied):
                ACTS[action](suggestion, cast[who], department)
    suggestion.refresh_from_db()
    assert suggestion.state == state


@pytest.mark.parametrize("state", S)
def test_each_action_in_each_state_by_each_role(
    walk: make.Walker, cast: dict[str, User], state: SuggestionState
) -> None:
    """The whole table: thirteen states, nine people, every action that is asked of the item."""
    suggestion = walk.to(state)
    if state == S.HANDLING:
        make.draft(suggestion, make.drafter_of(walk.department))
    found = {(action, who): allowed(check, cast[who], suggestion) for action, check in CHECKS.items() for who in WHO}
    wanted = {(action, who): who in who_may(action, state) for action in CHECKS for who in WHO}
    assert {case for case, may in found.items() if may} == {case for case, may in wanted.items() if may}


@pytest.mark.parametrize("state", S)
def test_the_buttons_are_those_of_the_table(walk: make.Walker, cast: dict[str, User], state: SuggestionState) -> None:
    suggestion = walk.to(state)
    if state == S.HANDLING:
        make.draft(suggestion, make.drafter_of(walk.department))
    for who in ("chief", "leader", "office", "head", "handler"):
        shown = {move.url_name for move in overview.moves(cast[who], suggestion, TODAY)}
        wanted = {url for url, action in BUTTONS.items() if who in who_may(action, state)}
        assert shown & set(BUTTONS) == wanted & shown | (wanted - {"suggestions:add-step"}), who


@pytest.mark.parametrize("action", ACTS)
def test_whoever_may_not_is_refused_by_the_action_itself(
    walk: make.Walker, cast: dict[str, User], department: Department, action: str
) -> None:
    """Not only the button: the verb asks too."""
    state = next(iter(TABLE[action]))
    suggestion = standing_in(walk, action, state)
    for who in set(WHO) - who_may(action, state):
        with pytest.raises(Denied):
            ACTS[action](suggestion, cast[who], department)
    suggestion.refresh_from_db()
    assert suggestion.state == state


@pytest.mark.parametrize("who", ["chief", "leader", "handler", "sysadmin", "secadmin", "auditor"])
def test_only_the_office_registers(request: pytest.FixtureRequest, who: str) -> None:
    with pytest.raises(Denied, match="办公室"):
        make.registered(request.getfixturevalue(who))


@pytest.mark.parametrize("state", S)
def test_each_state_is_reached_by_rows_of_the_table(walk: make.Walker, state: SuggestionState) -> None:
    """The history that a suggestion leaves never shows a move which the table does not know."""
    moves = [(row.old, row.new) for row in walk.to(state).transitions.order_by("pk")]
    assert moves[0] == ("", S.REGISTERED)
    assert all(S(new) in TRANSITIONS[S(old)] for old, new in moves[1:])
    assert moves[-1][1] == state


def test_the_lists_of_states_follow_from_the_table() -> None:
    assert set(TRANSITIONS) == set(S)
    assert set(OPEN) | set(ENDED) == set(S)
    assert all(TRANSITIONS[state] for state in OPEN)
    assert set(AWAITING_REPLY) == set(OPEN) - {S.REPLIED}
    assert set(WITH_DEPARTMENT) < set(AWAITING_REPLY)


def test_the_leader_in_charge_reviews_and_no_other(walk: make.Walker, office: User, department: Department) -> None:
    mine, other = UserFactory(role=Role.LEADER, name="陈副检"), UserFactory(role=Role.LEADER, name="林副检")
    accepted = walk.to(S.ACCEPTED)
    suggestion = actions.distribute(suggestion=accepted, department=department, leader=mine, by=office)
    make.draft(suggestion, office)
    suggestion = actions.submit(suggestion=suggestion, by=office, today=TODAY, unheard="已电话沟通")
    suggestion = make.agreed(suggestion, by=make.head_of(department))
    assert suggestion.state == S.LEADER_REVIEW
    with pytest.raises(Denied, match="陈副检分管"):
        make.agreed(suggestion, by=other)
    assert make.agreed(suggestion, by=mine).state == S.SIGNING


def test_the_drawing_in_the_docs_is_fresh() -> None:
    call_command("workflow", "--check")


def test_a_stale_drawing_is_noticed(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "workflow.md"
    monkeypatch.setattr(command, "PAGE", page)
    with pytest.raises(CommandError, match="--write"):
        call_command("workflow", "--check")
    call_command("workflow", "--write")
    call_command("workflow", "--check")
    page.write_text(page.read_text().replace("受理", "派单"))
    with pytest.raises(CommandError):
        call_command("workflow", "--check")
