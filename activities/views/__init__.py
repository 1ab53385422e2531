from activities.views.activity import cancel, close, detail, edit, export, index, new, reopen
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
