from activities.views.activity import cancel, close, detail, edit, export, index, new, of_deputy, reopen
from activities.views.attendance import came, invite, response, tick, uninvite
from activities.views.photo import photo, photo_edit, photo_remove, photo_restore, photos

__all__ = [
    "came",
    "cancel",
    "close",
    "detail",
    "edit",
    "export",
    "index",
    "invite",
    "new",
    "of_deputy",
    "photo",
    "photo_edit",
    "photo_remove",
    "photo_restore",
    "photos",
    "reopen",
    "response",
    "tick",
    "uninvite",
]
