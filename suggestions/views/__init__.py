"""Pages of suggestions: the ledger, the page of one item, and the dialogs that move it on."""

from suggestions.views.ledger import detail, edit, export, index, new, similar
from suggestions.views.moves import assign, close, evaluate, hand_back, keep_promise, reply, step, withdraw

__all__ = [
    "assign",
    "close",
    "detail",
    "edit",
    "evaluate",
    "export",
    "hand_back",
    "index",
    "keep_promise",
    "new",
    "reply",
    "similar",
    "step",
    "withdraw",
]
