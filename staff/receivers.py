"""Log-ins into the audit trail.

Our own writes record themselves in their actions; log-in, log-out and the second factor happen inside Django, axes
and allauth, whose signals are the only place where one can listen. These are the product's only receivers.
"""

from typing import Any

from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from staff import audit, lockout
from staff.models import User


@receiver(user_logged_in)
def opened(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    audit.record("session.opened", by=user)


@receiver(user_logged_out)
def closed(sender: Any, request: HttpRequest, user: User | None, **kwargs: Any) -> None:
    if user is not None:
        audit.record("session.closed", by=user)


@receiver(user_login_failed)
def refused(sender: Any, credentials: dict[str, str], request: HttpRequest | None = None, **kwargs: Any) -> None:
    """Only tries that were judged: a flood of refused ones must not fill the disk."""
    # axes listens first and counts only the tries that it let through.
    if getattr(request, "axes_failures_since_start", None) is not None:
        _record_try("session.refused", credentials.get("username", ""))


@receiver(user_locked_out)
def locked(sender: Any, request: HttpRequest, username: str, **kwargs: Any) -> None:
    if getattr(request, "axes_failures_since_start", None) is not None:
        _record_try("session.locked", username)


def _record_try(action: str, username: str) -> None:
    """Name the account, but never keep what was typed: people type their password into the wrong box."""
    user = User.objects.filter(username=lockout.as_counted(username)).first()
    audit.record(action, by=None, target=user, reason="" if user else "用户名不存在")


@receiver(mfa.authenticator_added)
def second_factor_on(sender: Any, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    if authenticator.type == Authenticator.Type.TOTP:
        audit.record("account.second_factor_on", by=user, target=user)


@receiver(mfa.authenticator_removed)
def second_factor_off(sender: Any, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    if authenticator.type == Authenticator.Type.TOTP:
        audit.record("account.second_factor_off", by=user, target=user)


@receiver(mfa.authenticator_reset)
def codes_renewed(sender: Any, user: User, **kwargs: Any) -> None:
    audit.record("account.recovery_codes_made", by=user, target=user)


@receiver(mfa.authentication_failed)
def wrong_code(sender: Any, user: User, **kwargs: Any) -> None:
    audit.record("session.wrong_code", by=None, target=user)
