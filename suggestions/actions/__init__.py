"""The verbs of a suggestion. Each locks the row, asks the policy, writes, moves the state, leaves an audit event."""

from suggestions.actions.answering import deliver, deliver_further, evaluate, reply
from suggestions.actions.decomposing import assign_shares, decompose, set_aside, take_apart, take_up
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
from suggestions.actions.letter_head import edit_letter_head
from suggestions.actions.promises import PromiseFacts, add_promise, correct_result, keep_promise, move_promise
from suggestions.actions.registering import Proposers, edit, register, unregister

__all__ = [
    "PromiseFacts",
    "Proposers",
    "accept",
    "accept_and_distribute",
    "add_promise",
    "add_step",
    "approve",
    "arrange_year",
    "ask_co_handler",
    "ask_extension",
    "assign",
    "assign_shares",
    "close",
    "close_hearing",
    "correct_result",
    "correct_utterance",
    "decompose",
    "deliver",
    "deliver_further",
    "distribute",
    "edit",
    "edit_hearing",
    "edit_letter_head",
    "evaluate",
    "feedback_by",
    "give_back",
    "grant_extension",
    "hand_back",
    "keep_promise",
    "move_promise",
    "open_hearing",
    "recall",
    "receive_opinion",
    "record_utterance",
    "refuse_extension",
    "register",
    "remove_hearing",
    "remove_utterance",
    "reopen_hearing",
    "reply",
    "restore_utterance",
    "return_by",
    "save_draft",
    "send_back",
    "set_aside",
    "submit",
    "take_again",
    "take_apart",
    "take_up",
    "transfer",
    "unregister",
    "withdraw",
]
