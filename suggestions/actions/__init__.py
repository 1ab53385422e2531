"""The verbs of a suggestion. Each locks the row, asks the policy, writes, moves the state, leaves an audit event."""

from suggestions.actions.answering import evaluate, reply
from suggestions.actions.due import arrange_year
from suggestions.actions.ending import close, withdraw
from suggestions.actions.extending import ask_extension, grant_extension, refuse_extension
from suggestions.actions.handling import add_step, assign, hand_back
from suggestions.actions.promises import PromiseFacts, add_promise, correct_result, keep_promise, move_promise
from suggestions.actions.registering import Proposers, edit, register, unregister
from suggestions.actions.scans import add_form, add_proof, add_scan, keep_paper, remove_scan

__all__ = [
    "PromiseFacts",
    "Proposers",
    "add_form",
    "add_promise",
    "add_proof",
    "add_scan",
    "add_step",
    "arrange_year",
    "ask_extension",
    "assign",
    "close",
    "correct_result",
    "edit",
    "evaluate",
    "grant_extension",
    "hand_back",
    "keep_paper",
    "keep_promise",
    "move_promise",
    "refuse_extension",
    "register",
    "remove_scan",
    "reply",
    "unregister",
    "withdraw",
]
