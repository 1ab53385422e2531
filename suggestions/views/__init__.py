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
from suggestions.views.scans import evaluation_scan, promise_scan, scan, scan_new, scan_remove

__all__ = [
    "assign",
    "close",
    "correct_result",
    "detail",
    "edit",
    "evaluate",
    "evaluation_scan",
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
    "promise_scan",
    "promises",
    "promises_export",
    "refuse",
    "reply",
    "scan",
    "scan_new",
    "scan_remove",
    "similar",
    "step",
    "withdraw",
]
