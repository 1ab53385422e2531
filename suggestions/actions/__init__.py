"""The verbs of a suggestion. Each locks the row, asks the policy, writes, moves the state, leaves an audit event."""

from suggestions.actions.answering import evaluate, keep_promise, reply
from suggestions.actions.decomposing import assign_shares, decompose, set_aside, take_apart, take_up
from suggestions.actions.due import arrange_year
from suggestions.actions.ending import close, withdraw
from suggestions.actions.extending import ask_extension, grant_extension, refuse_extension
from suggestions.actions.handling import add_step, assign, hand_back
from suggestions.actions.hearing import (
    close_hearing,
    correct_utterance,
    edit_hearing,
    open_hearing,
    record_utterance,
    remove_hearing,
    remove_utterance,
    reopen_hearing,
    restore_utterance,
)
from suggestions.actions.registering import Proposers, edit, register, unregister

__all__ = [
    "Proposers",
    "add_step",
    "arrange_year",
    "ask_extension",
    "assign",
    "assign_shares",
    "close",
    "close_hearing",
    "correct_utterance",
    "decompose",
    "edit",
    "edit_hearing",
    "evaluate",
    "grant_extension",
    "hand_back",
    "keep_promise",
    "open_hearing",
    "record_utterance",
    "refuse_extension",
    "register",
    "remove_hearing",
    "remove_utterance",
    "reopen_hearing",
    "reply",
    "restore_utterance",
    "set_aside",
    "take_apart",
    "take_up",
    "unregister",
    "withdraw",
]
