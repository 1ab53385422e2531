from activities.actions.activity import cancel, close, edit, reopen, schedule, unschedule
from activities.actions.attendance import invite, mark, respond, tick, uninvite
from activities.actions.photo import add_photo, edit_photo, remove_photo, restore_photo

__all__ = [
    "add_photo",
    "cancel",
    "close",
    "edit",
    "edit_photo",
    "invite",
    "mark",
    "remove_photo",
    "reopen",
    "respond",
    "restore_photo",
    "schedule",
    "tick",
    "uninvite",
    "unschedule",
]
