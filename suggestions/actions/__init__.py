"""The verbs of a suggestion. Each locks the row, asks the policy, writes, moves the state, leaves an audit event."""

from suggestions.actions.answering import deliver, deliver_further, evaluate, reply
from suggestions.actions.drafting import (
    approve,
    ask_co_handler,
    recall,
    receive_opinion,
    save_draft,
    send_back,
    submit,
)
from suggestions.actions.due import arrange_year, feedback_by, return_by
from suggestions.actions.ending import close, withdraw
from suggestions.actions.extending import ask_extension, grant_extension, refuse_extension
from suggestions.actions.handling import (
    accept,
    accept_and_distribute,
    add_step,
    assign,
    distribute,
    give_back,
    hand_back,
    take_again,
    transfer,
)
from suggestions.actions.promises import PromiseFacts, add_promise, correct_result, keep_promise, move_promise
from suggestions.actions.publishing import decide_publication
from suggestions.actions.registering import Proposers, edit, register, unregister
from suggestions.actions.scans import add_form, add_proof, add_scan, keep_paper, remove_scan

__all__ = [
    "PromiseFacts",
    "Proposers",
    "accept",
    "accept_and_distribute",
    "add_form",
    "add_promise",
    "add_proof",
    "add_scan",
    "add_step",
    "approve",
    "arrange_year",
    "ask_co_handler",
    "ask_extension",
    "assign",
    "close",
    "correct_result",
    "decide_publication",
    "deliver",
    "deliver_further",
    "distribute",
    "edit",
    "evaluate",
    "feedback_by",
    "give_back",
    "grant_extension",
    "hand_back",
    "keep_paper",
    "keep_promise",
    "move_promise",
    "recall",
    "receive_opinion",
    "refuse_extension",
    "register",
    "remove_scan",
    "reply",
    "return_by",
    "save_draft",
    "send_back",
    "submit",
    "take_again",
    "transfer",
    "unregister",
    "withdraw",
]
