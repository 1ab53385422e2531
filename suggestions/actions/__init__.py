"""The verbs of a suggestion. Each locks the row, asks the policy, writes, moves the state, leaves an audit event."""

from suggestions.actions.answering import evaluate, keep_promise, reply
from suggestions.actions.due import arrange_year
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
    send_back,
)
from suggestions.actions.first_visits import record_visit, undo_visit
from suggestions.actions.handling import add_step, assign, hand_back
from suggestions.actions.registering import Proposers, edit, register, unregister

__all__ = [
    "Proposers",
    "add_person",
    "add_step",
    "arrange_year",
    "ask_extension",
    "assign",
    "close",
    "confirm_list",
    "draw_up",
    "drop",
    "edit",
    "evaluate",
    "fix_list",
    "grant_extension",
    "hand_back",
    "keep_promise",
    "plan_visit",
    "put_back",
    "record_visit",
    "refuse_extension",
    "register",
    "reopen_list",
    "reply",
    "send_back",
    "undo_visit",
    "unregister",
    "withdraw",
]
