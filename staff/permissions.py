"""Roles → permissions: one table. Every view declares one permission with :func:`requires`."""

from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from common.http import HtmxHttpRequest
from staff.models import Role, User


class P(StrEnum):
    OWN_ACCOUNT = "own_account"  # password, second factor
    HOME = "home"  # the start page, different for each role
    DASHBOARD = "dashboard"  # the chief's five tiles
    DEPUTY_VIEW = "deputy_view"
    DEPUTY_EDIT = "deputy_edit"
    DEPUTY_EXPORT = "deputy_export"  # lists of persons and contacts; those of our own work go with their page
    IMPORT = "import"  # an office's old workbooks
    BASICS_EDIT = "basics_edit"  # terms, areas and the other lists that forms choose from
    PHONE_REVEAL = "phone_reveal"  # of whom one may: deputies.policies.check_can_see_phone
    PHONE_EXPORT = "phone_export"  # a list with numbers, for a stated reason
    CONTACT_VIEW = "contact_view"
    CONTACT_LOG = "contact_log"  # log, edit and withdraw one's own
    ACTIVITY_VIEW = "activity_view"
    ACTIVITY_EDIT = "activity_edit"
    SUGGESTION_VIEW = "suggestion_view"
    SUGGESTION_REGISTER = "suggestion_register"  # register, assign, record an evaluation, close
    SUGGESTION_HANDLE = "suggestion_handle"  # steps and replies of the own department
    SUGGESTION_APPROVE = "suggestion_approve"  # 延期
    PORTRAIT_VIEW = "portrait_view"
    PORTRAIT_MAKE = "portrait_make"
    STAFF_VIEW = "staff_view"
    STAFF_MANAGE = "staff_manage"  # accounts and departments: system administrator
    ROLE_MANAGE = "role_manage"  # roles, passwords, lock-outs, sessions: security administrator
    AUDIT_VIEW = "audit_view"
    HEALTH_VIEW = "health_view"


_EVERYONE = {P.OWN_ACCOUNT, P.HOME}
_LOOK = {P.DASHBOARD, P.DEPUTY_VIEW, P.CONTACT_VIEW, P.ACTIVITY_VIEW, P.SUGGESTION_VIEW, P.PORTRAIT_VIEW}

GRANTS: dict[Role, set[P]] = {
    Role.CHIEF: _EVERYONE
    | _LOOK
    | {P.CONTACT_LOG, P.PHONE_REVEAL, P.DEPUTY_EXPORT, P.SUGGESTION_APPROVE, P.PORTRAIT_MAKE},
    Role.LEADER: _EVERYONE | _LOOK | {P.CONTACT_LOG, P.PHONE_REVEAL, P.SUGGESTION_APPROVE},
    Role.OFFICE: _EVERYONE
    | _LOOK
    | {
        P.CONTACT_LOG,
        P.PHONE_REVEAL,
        P.PHONE_EXPORT,
        P.DEPUTY_EDIT,
        P.DEPUTY_EXPORT,
        P.BASICS_EDIT,
        P.IMPORT,
        P.ACTIVITY_EDIT,
        P.SUGGESTION_REGISTER,
        P.SUGGESTION_HANDLE,
        P.PORTRAIT_MAKE,
    },
    Role.HANDLER: _EVERYONE
    | {
        P.DEPUTY_VIEW,
        P.PHONE_REVEAL,
        P.CONTACT_VIEW,
        P.CONTACT_LOG,
        P.ACTIVITY_VIEW,
        P.ACTIVITY_EDIT,
        P.SUGGESTION_VIEW,
        P.SUGGESTION_HANDLE,
    },
    Role.SYSADMIN: _EVERYONE | {P.STAFF_VIEW, P.STAFF_MANAGE, P.HEALTH_VIEW},
    Role.SECADMIN: _EVERYONE | {P.STAFF_VIEW, P.ROLE_MANAGE},
    Role.AUDITOR: _EVERYONE | {P.AUDIT_VIEW},
}


def may(user: object, permission: P) -> bool:
    """Does the role of ``user`` carry ``permission``? Anonymous and retired users: never."""
    return isinstance(user, User) and user.is_active and permission in GRANTS[Role(user.role)]


class StaffRequest(HtmxHttpRequest):
    """What a view behind :func:`requires` gets: nobody but our own staff comes that far."""

    user: User


View = Callable[..., HttpResponseBase]


def requires(permission: P) -> Callable[[View], View]:
    """Declare what a view needs; a user without it gets 403. Put it outermost, so that the URL walk finds it."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not may(request.user, permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded

    return decorate
