"""Who may import, and what can be done with a run now."""

from common.denied import Denied
from intake.models import ImportRun
from intake.workflow import RunState
from staff.models import User
from staff.permissions import P, may


def check_can_import(user: User) -> None:
    if not may(user, P.IMPORT):
        raise Denied("导入由办公室办理，请联系办公室。")


def check_is_open(run: ImportRun) -> None:
    """Decisions are possible while the preview waits; while it is read or written they come too late."""
    if run.state != RunState.READY:
        raise Denied(f"这个文件{run.get_state_display()}，现在不能修改。请刷新页面查看。")


def check_can_confirm(user: User, run: ImportRun) -> None:
    check_can_import(user)
    check_is_open(run)
    if not (run.counts.get("new") or run.counts.get("updated")):
        raise Denied("没有新增也没有更新，不需要导入。")


def check_can_discard(user: User, run: ImportRun) -> None:
    check_can_import(user)
    if run.state not in (RunState.READY, RunState.REFUSED):
        raise Denied(f"这个文件{run.get_state_display()}，不能放弃。已导入的请整次撤销。")


def check_can_undo(user: User, run: ImportRun) -> None:
    check_can_import(user)
    if run.undone_at:
        raise Denied("这次导入已经撤销。")
    if run.state not in (RunState.DONE, RunState.UNDOING):
        raise Denied("这个文件还没有导入，不需要撤销。")
