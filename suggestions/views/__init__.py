"""Pages of suggestions: the ledger, the page of one item, and the dialogs that move it on."""

from suggestions.views.ledger import detail, edit, export, index, new, of_contact, similar
from suggestions.views.moves import (
    assign,
    close,
    evaluate,
    extend,
    grant,
    hand_back,
    refuse,
    reply,
    step,
    withdraw,
)
from suggestions.views.promises import (
    correct_result,
    keep_promise,
    promise,
    promise_move,
    promise_new,
    promises,
    promises_export,
)

__all__ = [
    "assign",
    "close",
    "correct_result",
    "detail",
    "edit",
    "evaluate",
    "export",
    "extend",
    "grant",
    "hand_back",
    "index",
    "keep_promise",
    "new",
    "of_contact",
    "promise",
    "promise_move",
    "promise_new",
    "promises",
    "promises_export",
    "refuse",
    "reply",
    "similar",
    "step",
    "withdraw",
]
