"""The only writers of people and of the ledger. Other apps call these names."""

from deputies.actions.basics import add_choice, edit_choice, restore_choice, retire_choice
from deputies.actions.contacts import (
    edit_contact,
    log_contact,
    quick_log,
    remove_derived_contact,
    restore_contact,
    withdraw_contact,
    withdraw_derived_contact,
    write_derived_contact,
)
from deputies.actions.imported import ImportedContact, log_imported, remove_imported
from deputies.actions.kept_photos import (
    add_contact_photo,
    edit_contact_photo,
    remove_contact_photo,
    restore_contact_photo,
)
from deputies.actions.merging import lift_distinction, merge_deputies, tell_apart, undo_merge
from deputies.actions.pairings import edit_pairing, end_pairing, pair
from deputies.actions.pauses import lift_pause, pause
from deputies.actions.people import Seat, edit_deputy, register_deputy, restore_deputy, retire_deputy, reveal_phone
from deputies.actions.photos import remove_photo, set_photo
from deputies.actions.seats import appoint, edit_seat, end_appointment, give_seat, move_seat, renew_appointment
from deputies.actions.terms import Member, change_term, undo_term_change
from deputies.actions.words import add_follow_up, finish_follow_up, record_opinion, remove_opinion, reword_opinion

__all__ = [
    "ImportedContact",
    "Member",
    "Seat",
    "add_choice",
    "add_contact_photo",
    "add_follow_up",
    "appoint",
    "change_term",
    "edit_choice",
    "edit_contact",
    "edit_contact_photo",
    "edit_deputy",
    "edit_pairing",
    "edit_seat",
    "end_appointment",
    "end_pairing",
    "finish_follow_up",
    "give_seat",
    "lift_distinction",
    "lift_pause",
    "log_contact",
    "log_imported",
    "merge_deputies",
    "move_seat",
    "pair",
    "pause",
    "quick_log",
    "record_opinion",
    "register_deputy",
    "remove_contact_photo",
    "remove_derived_contact",
    "remove_imported",
    "remove_opinion",
    "remove_photo",
    "renew_appointment",
    "restore_choice",
    "restore_contact",
    "restore_contact_photo",
    "restore_deputy",
    "retire_choice",
    "retire_deputy",
    "reveal_phone",
    "reword_opinion",
    "set_photo",
    "tell_apart",
    "undo_merge",
    "undo_term_change",
    "withdraw_contact",
    "withdraw_derived_contact",
    "write_derived_contact",
]
