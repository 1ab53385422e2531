"""The verbs of an import."""

from intake.actions.taking_in import Changed, Outcome, import_workbook, prepare, preview_workbook, write_prepared
from intake.actions.undoing import undo_import
from intake.actions.uploads import ask_undo, confirm, decide, discard, put_back, refuse, save_reading, upload
from intake.actions.words import add_alias, forget_alias, forget_heading, remember_heading

__all__ = [
    "Changed",
    "Outcome",
    "add_alias",
    "ask_undo",
    "confirm",
    "decide",
    "discard",
    "forget_alias",
    "forget_heading",
    "import_workbook",
    "prepare",
    "preview_workbook",
    "put_back",
    "refuse",
    "remember_heading",
    "save_reading",
    "undo_import",
    "upload",
    "write_prepared",
]
