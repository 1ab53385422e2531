"""States of a suggestion and the moves between them: one plain table."""

from django.db.models import TextChoices


class SuggestionState(TextChoices):
    REGISTERED = "registered", "已登记"
    HANDLING = "handling", "办理中"
    REPLIED = "replied", "已答复"
    CLOSED = "closed", "已办结"
    WITHDRAWN = "withdrawn", "已撤回"


TRANSITIONS: dict[SuggestionState, set[SuggestionState]] = {
    SuggestionState.REGISTERED: {SuggestionState.HANDLING, SuggestionState.WITHDRAWN},
    SuggestionState.HANDLING: {SuggestionState.REPLIED, SuggestionState.REGISTERED, SuggestionState.WITHDRAWN},
    SuggestionState.REPLIED: {SuggestionState.CLOSED, SuggestionState.HANDLING},  # back = 不满意, next round
    SuggestionState.CLOSED: set(),
    SuggestionState.WITHDRAWN: set(),
}
OPEN = [SuggestionState.REGISTERED, SuggestionState.HANDLING, SuggestionState.REPLIED]
# A deadline binds until the reply has gone out.
AWAITING_REPLY = [SuggestionState.REGISTERED, SuggestionState.HANDLING]
