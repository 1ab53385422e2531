"""The only writers of people and of the ledger. Other apps call these names."""

from deputies.actions.contacts import (
    edit_contact,
    log_contact,
    quick_log,
    restore_contact,
    withdraw_contact,
    withdraw_derived_contact,
    write_derived_contact,
)
from deputies.actions.people import Seat, appoint, edit_deputy, give_seat, register_deputy, reveal_phone
from deputies.actions.words import add_follow_up, finish_follow_up, record_opinion

__all__ = [
    "Seat",
    "add_follow_up",
    "appoint",
    "edit_contact",
    "edit_deputy",
    "finish_follow_up",
    "give_seat",
    "log_contact",
    "quick_log",
    "record_opinion",
    "register_deputy",
    "restore_contact",
    "reveal_phone",
    "withdraw_contact",
    "withdraw_derived_contact",
    "write_derived_contact",
]
