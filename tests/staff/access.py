"""Who may call the pages of accounts, departments, audit and the own account."""

from typing import Any

from staff.permissions import P
from tests.access import Row, holding
from tests.world import World

OWN = {"GET": "everyone", "POST": "everyone"}


def colleague(world: World) -> dict[str, Any]:
    return {"pk": world.colleague.pk}


def newcomer(world: World) -> dict[str, Any]:
    return {"pk": world.newcomer.pk}


def department(world: World) -> dict[str, Any]:
    return {"pk": world.department.pk}


def with_two_steps(world: World) -> dict[str, Any]:
    assert world.two_steps
    return {}


def _both(permission: P) -> dict[str, Any]:
    return {"GET": holding(permission), "POST": holding(permission)}


ROWS = [
    Row("staff:feed", {"GET": holding(P.DEPUTY_VIEW), "POST": holding(P.DEPUTY_VIEW)}),
    Row("staff:feed-close", {"POST": holding(P.DEPUTY_VIEW)}),
    Row("account_login", {"GET": "anonymous", "POST": "anonymous"}),
    Row("account_logout", {"POST": "anonymous"}),
    Row("mfa_authenticate", {"GET": "anonymous", "POST": "anonymous"}),
    Row("account_change_password", OWN),
    Row("account_reauthenticate", OWN),
    Row("mfa_reauthenticate", OWN, own=with_two_steps),
    Row("mfa_index", {"GET": "everyone"}),
    Row("mfa_activate_totp", OWN),
    Row("mfa_deactivate_totp", OWN, own=with_two_steps),
    Row("mfa_view_recovery_codes", {"GET": "everyone"}, own=with_two_steps),
    Row("mfa_generate_recovery_codes", OWN, own=with_two_steps),
    Row("mfa_download_recovery_codes", {"GET": "everyone"}, own=with_two_steps),
    Row("staff:list", {"GET": holding(P.STAFF_VIEW)}),
    Row("staff:new", _both(P.STAFF_MANAGE)),
    Row("staff:edit", _both(P.STAFF_MANAGE), own=colleague),
    Row("staff:retire", {"POST": holding(P.STAFF_MANAGE)}, own=colleague),
    Row("staff:admit", _both(P.ROLE_MANAGE), own=newcomer),
    Row("staff:role", _both(P.ROLE_MANAGE), own=colleague),
    Row("staff:password", {"POST": holding(P.ROLE_MANAGE)}, own=colleague),
    Row("staff:unlock", {"POST": holding(P.ROLE_MANAGE)}, own=colleague),
    Row("staff:sessions", {"POST": holding(P.ROLE_MANAGE)}, own=colleague),
    Row("staff:second-factor", {"POST": holding(P.ROLE_MANAGE)}, own=colleague),
    Row("staff:departments", {"GET": holding(P.STAFF_VIEW)}),
    Row("staff:department-new", _both(P.STAFF_MANAGE)),
    Row("staff:department-edit", _both(P.STAFF_MANAGE), own=department),
    Row("staff:audit", {"GET": holding(P.AUDIT_VIEW)}),
]
