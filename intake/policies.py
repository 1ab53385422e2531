"""Who may import, and when a run can be taken back."""

from common.denied import Denied
from intake.models import ImportRun
from staff.models import User
from staff.permissions import P, may


def check_can_import(user: User) -> None:
    if not may(user, P.IMPORT):
        raise Denied("导入由办公室办理，请联系办公室。")


def check_can_undo(user: User, run: ImportRun) -> None:
    check_can_import(user)
    if run.undone_at:
        raise Denied("这次导入已经撤销。")
