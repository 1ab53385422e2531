"""Who may do what with an activity, and when. The sentence of a refusal tells what to do instead."""

from datetime import date

from activities.models import Activity
from activities.workflow import ActivityState
from common.denied import Denied
from staff.models import Department, Role, User
from staff.permissions import P, may


def check_can_host(user: User, host: Department) -> None:
    """The office registers for every department, a handler for the own one."""
    if not may(user, P.ACTIVITY_EDIT):
        raise Denied("登记活动由办公室或承办部门联络员办理。")
    if user.role == Role.HANDLER and host != user.department:
        raise Denied(f"您只能登记本部门（{user.department}）承办的活动；其他部门的活动请该部门或办公室登记。")


def check_can_manage(user: User, activity: Activity) -> None:
    """Office, or a handler of the host department; everybody else looks."""
    if not may(user, P.ACTIVITY_EDIT) or (user.role == Role.HANDLER and activity.host_id != user.department_id):
        raise Denied("只有办公室和承办部门可以修改这场活动，请与其联系。")


def check_can_edit(user: User, activity: Activity) -> None:
    check_can_manage(user, activity)
    if activity.state != ActivityState.PLANNED:
        raise Denied(f"活动{activity.get_state_display()}，请先重新打开，修改后再办结。")


def check_can_tick(user: User, activity: Activity, today: date) -> None:
    check_can_edit(user, activity)
    if activity.held_on > today:
        raise Denied("活动还没到日期，请在活动当天或之后登记到场。")


def check_can_close(user: User, activity: Activity, today: date) -> None:
    """Never before the day. Who is not ticked counts as 未到, so ticking is enough; nobody at all is a mistake."""
    check_can_edit(user, activity)
    if activity.held_on > today:
        raise Denied("活动还没到日期，不能办结。如果提前举行了，请先修改日期。")
    if not activity.attendances.filter(came=True).exists():
        raise Denied("还没有登记到场的代表委员。请先勾选到场人员；如果活动没有举行，请取消活动。")


def check_can_reopen(user: User, activity: Activity) -> None:
    check_can_manage(user, activity)
    if activity.state == ActivityState.PLANNED:
        raise Denied("活动正在筹备中，不需要重新打开。")


def check_can_cancel(user: User, activity: Activity) -> None:
    check_can_manage(user, activity)
    if activity.state != ActivityState.PLANNED:
        raise Denied("只有筹备中的活动可以取消；已办结的活动请先重新打开。")


def check_can_add_photo(user: User, activity: Activity) -> None:
    """Photos often come after the closing, so a closed activity takes them too."""
    check_can_manage(user, activity)
    if activity.state == ActivityState.CANCELLED:
        raise Denied("活动已取消，不能上传照片。如取消有误，请先重新打开。")
