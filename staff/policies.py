"""May this be done to this account now? Each ``check_can_x`` raises :class:`Denied` with the reason."""

from common.denied import Denied
from staff.models import ADMINISTRATORS, Role, User

# Nobody who acts for the system itself (commands) is bound by "not to yourself".
By = User | None


def check_can_change_role(user: User, *, role: str, by: By) -> None:
    _not_oneself(user, by, "不能修改自己的角色，请由另一位安全管理员办理。")
    if role == Role.HANDLER and user.department_id is None:
        raise Denied("部门联络员必须先有部门，请系统管理员补填部门。")
    if role != user.role:
        _not_the_last_administrator(user)


def check_can_deactivate(user: User, *, by: By) -> None:
    _not_oneself(user, by, "不能停用自己的账号，请由另一位系统管理员办理。")
    if not user.is_active:
        raise Denied("该账号已经停用，不用重复操作。")
    _not_the_last_administrator(user)


def check_can_admit(user: User, *, by: By) -> None:
    _not_oneself(user, by, "不能启用自己的账号，请由另一位安全管理员办理。")
    if user.is_active:
        raise Denied("该账号已经启用，不用重复操作；调整权限请用“角色与安全”。")


def check_can_reset(user: User, *, by: By) -> None:
    """One's own password is changed on the own page, where the old one is asked for."""
    _not_oneself(user, by, "请在“我的账号”中修改自己的密码和动态口令。")
    if not user.is_active:
        raise Denied("该账号已停用，请先启用。")


def _not_oneself(user: User, by: By, reason: str) -> None:
    if by is not None and by.pk == user.pk:
        raise Denied(reason)


def _not_the_last_administrator(user: User) -> None:
    """Without him nobody could create accounts, give roles or read the audit trail any more."""
    if not user.is_active or user.role not in ADMINISTRATORS:
        return
    if not User.objects.active().filter(role=user.role).exclude(pk=user.pk).exists():
        raise Denied(f"这是最后一位在用的{user.get_role_display()}，请先指定接任者。")
