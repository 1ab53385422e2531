"""States of a suggestion and the moves between them: one plain table. ``docs/workflow.md`` is drawn from it."""

from django.db.models import TextChoices


class SuggestionState(TextChoices):
    REGISTERED = "registered", "已登记"
    HANDLING = "handling", "办理中"
    REPLIED = "replied", "已答复"
    CLOSED = "closed", "已办结"
    WITHDRAWN = "withdrawn", "已撤回"


# state → the states it may become → what that move is called.
TRANSITIONS: dict[SuggestionState, dict[SuggestionState, str]] = {
    SuggestionState.REGISTERED: {SuggestionState.HANDLING: "交办", SuggestionState.WITHDRAWN: "撤回"},
    SuggestionState.HANDLING: {
        SuggestionState.REPLIED: "答复",
        SuggestionState.REGISTERED: "退回重新交办",
        SuggestionState.WITHDRAWN: "撤回",
    },
    SuggestionState.REPLIED: {SuggestionState.CLOSED: "办结", SuggestionState.HANDLING: "不满意，重新办理"},
    SuggestionState.CLOSED: {},
    SuggestionState.WITHDRAWN: {},
}
OPEN = [state for state, onward in TRANSITIONS.items() if onward]
# A deadline binds until the reply has gone out.
AWAITING_REPLY = [SuggestionState.REGISTERED, SuggestionState.HANDLING]
