"""Pages of suggestions: the ledger, the page of one item, and the dialogs that move it on."""

from suggestions.views.ledger import detail, edit, export, index, new, of_contact, similar
from suggestions.views.moves import (
    assign,
    close,
    evaluate,
    extend,
    grant,
    hand_back,
    keep_promise,
    refuse,
    reply,
    step,
    withdraw,
)

__all__ = [
    "assign",
    "close",
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
    "refuse",
    "reply",
    "similar",
    "step",
    "withdraw",
]
