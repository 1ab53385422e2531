"""The verbs of a suggestion. Each locks the row, asks the policy, writes, moves the state, leaves an audit event."""

from suggestions.actions.answering import deliver, deliver_further, evaluate, reply
from suggestions.actions.consulting import consult, undo_consultation
from suggestions.actions.decomposing import assign_shares, decompose, set_aside, take_apart, take_up
from suggestions.actions.drafting import (
    approve,
    ask_co_handler,
    is_heard,
    recall,
    receive_opinion,
    save_draft,
    send_back,
    submit,
)
from suggestions.actions.due import arrange_year, feedback_by, return_by
from suggestions.actions.ending import close, withdraw
from suggestions.actions.extending import ask_extension, grant_extension, refuse_extension
from suggestions.actions.first_task import (
    add_person,
    confirm_list,
    draw_up,
    drop,
    fix_list,
    plan_visit,
    put_back,
    reopen_list,
    send_list_back,
)
from suggestions.actions.first_visits import record_visit, undo_visit
from suggestions.actions.handling import (
    accept,
    accept_and_distribute,
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
from suggestions.actions.publishing import decide_publication
from suggestions.actions.registering import Proposers, edit, register, unregister
from suggestions.actions.scans import add_form, add_proof, add_scan, keep_paper, remove_scan
from suggestions.actions.steps import add_step, correct_step, remove_step

__all__ = [
    "PromiseFacts",
    "Proposers",
    "accept",
    "accept_and_distribute",
    "add_form",
    "add_person",
    "add_promise",
    "add_proof",
    "add_scan",
    "add_step",
    "approve",
    "arrange_year",
    "ask_co_handler",
    "ask_extension",
    "assign",
    "assign_shares",
    "close",
    "close_hearing",
    "confirm_list",
    "consult",
    "correct_result",
    "correct_step",
    "correct_utterance",
    "decide_publication",
    "decompose",
    "deliver",
    "deliver_further",
    "distribute",
    "draw_up",
    "drop",
    "edit",
    "edit_hearing",
    "edit_letter_head",
    "evaluate",
    "feedback_by",
    "fix_list",
    "give_back",
    "grant_extension",
    "hand_back",
    "is_heard",
    "keep_paper",
    "keep_promise",
    "move_promise",
    "open_hearing",
    "plan_visit",
    "put_back",
    "recall",
    "receive_opinion",
    "record_utterance",
    "record_visit",
    "refuse_extension",
    "register",
    "remove_hearing",
    "remove_scan",
    "remove_step",
    "remove_utterance",
    "reopen_hearing",
    "reopen_list",
    "reply",
    "restore_utterance",
    "return_by",
    "save_draft",
    "send_back",
    "send_list_back",
    "set_aside",
    "submit",
    "take_again",
    "take_apart",
    "take_up",
    "transfer",
    "undo_consultation",
    "undo_visit",
    "unregister",
    "withdraw",
]
