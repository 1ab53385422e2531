"""Role × state × action as one table: what happens, and who is refused."""

from collections.abc import Callable
from datetime import date

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from common.denied import Denied
from staff.models import Department, User
from suggestions import actions
from suggestions.management.commands import workflow as command
from suggestions.models import Suggestion, Verdict
from suggestions.workflow import AWAITING_REPLY, OPEN, TRANSITIONS, SuggestionState
from tests.suggestions import factories as make

pytestmark = pytest.mark.django_db
S = SuggestionState
UNSATISFIED = {"attitude": Verdict.SATISFIED, "result": Verdict.UNSATISFIED, "reason": "问题没有解决"}

Act = Callable[[Suggestion, User, Department], object]
ACTS: dict[str, Act] = {
    "edit": lambda it, by, where: actions.edit(suggestion=it, expected=it.version, by=by, title="新标题"),
    "assign": lambda it, by, where: actions.assign(suggestion=it, department=where, assigned_on=make.ASSIGNED, by=by),
    "hand_back": lambda it, by, where: actions.hand_back(suggestion=it, reason="非本部门职责", by=by),
    "add_step": lambda it, by, where: actions.add_step(
        suggestion=it, happened_on=date(2026, 4, 1), what="走访供电公司", by=by
    ),
    "reply": lambda it, by, where: make.answer(it, by),
    "evaluate": lambda it, by, where: make.verdict(it.replies.get(), by),
    "evaluate_unsatisfied": lambda it, by, where: make.verdict(it.replies.get(), by, **UNSATISFIED),
    "close": lambda it, by, where: actions.close(suggestion=it, by=by, unreturned="已电话催告两次"),
    "withdraw": lambda it, by, where: actions.withdraw(suggestion=it, by=by, reason="提出人书面撤回"),
}
# action → state before → state after. What is not here is refused.
TABLE: dict[str, dict[SuggestionState, SuggestionState]] = {
    "edit": {S.REGISTERED: S.REGISTERED, S.HANDLING: S.HANDLING, S.REPLIED: S.REPLIED},
    "assign": {S.REGISTERED: S.HANDLING},
    "hand_back": {S.HANDLING: S.REGISTERED},
    "add_step": {S.HANDLING: S.HANDLING, S.REPLIED: S.REPLIED},
    "reply": {S.HANDLING: S.REPLIED},
    "evaluate": {S.REPLIED: S.REPLIED},
    "evaluate_unsatisfied": {S.REPLIED: S.HANDLING},
    "close": {S.REPLIED: S.CLOSED},
    "withdraw": {S.REGISTERED: S.WITHDRAWN, S.HANDLING: S.WITHDRAWN},
}
FOR_HANDLERS = {"hand_back", "add_step", "reply"}
NEEDS_A_REPLY = {"evaluate", "evaluate_unsatisfied"}
CASES = [
    (action, state) for action in ACTS for state in S if action not in NEEDS_A_REPLY or state in (S.REPLIED, S.CLOSED)
]


@pytest.fixture
def walk(office: User, department: Department) -> make.Walker:
    return make.Walker(office, department)


@pytest.mark.parametrize(("action", "state"), CASES)
def test_each_action_in_each_state(
    walk: make.Walker, office: User, department: Department, action: str, state: SuggestionState
) -> None:
    suggestion = walk.to(state)
    if state not in TABLE[action]:
        with pytest.raises(Denied):
            ACTS[action](suggestion, office, department)
        suggestion.refresh_from_db()
        assert suggestion.state == state
        return
    ACTS[action](suggestion, office, department)
    suggestion.refresh_from_db()
    assert suggestion.state == TABLE[action][state]


@pytest.mark.parametrize("action", ACTS)
@pytest.mark.parametrize("who", ["chief", "leader", "handler", "other_handler", "sysadmin", "secadmin", "auditor"])
def test_each_action_by_each_role(
    request: pytest.FixtureRequest, walk: make.Walker, department: Department, action: str, who: str
) -> None:
    user = request.getfixturevalue(who)
    state = next(iter(TABLE[action]))
    suggestion = walk.to(state)
    if who == "handler" and action in FOR_HANDLERS:
        ACTS[action](suggestion, user, department)
        return
    with pytest.raises(Denied):
        ACTS[action](suggestion, user, department)
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
    assert set(OPEN) == {state for state in S if TRANSITIONS[state]}
    assert set(AWAITING_REPLY) < set(OPEN)
    assert set(TRANSITIONS) == set(S)


def test_the_drawing_in_the_docs_is_fresh() -> None:
    call_command("workflow", "--check")


def test_a_stale_drawing_is_noticed(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "workflow.md"
    monkeypatch.setattr(command, "PAGE", page)
    with pytest.raises(CommandError, match="--write"):
        call_command("workflow", "--check")
    call_command("workflow", "--write")
    call_command("workflow", "--check")
    page.write_text(page.read_text().replace("交办", "派单"))
    with pytest.raises(CommandError):
        call_command("workflow", "--check")
