"""Verbs on accounts and departments. 三员分立: the system administrator creates accounts, which nobody can enter
until the security administrator gives a role and admits them."""

import secrets
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from staff import audit, lockout, policies
from staff.models import CalendarFeed, Department, PasswordUsed, Role, User
from staff.passwords import REMEMBERED

By = User | None
# Without letters and digits that look alike on paper.
_LETTERS = "abcdefghjkmnpqrstuvwxyz"
_CAPITALS = "ABCDEFGHJKMNPQRSTUVWXYZ"
_DIGITS = "23456789"


@transaction.atomic
def create_user(
    *,
    by: By,
    username: str,
    name: str,
    department: Department | None = None,
    title: str = "",
    heads_department: bool = False,
) -> User:
    """An account that waits: no password, the least role, not active until :func:`admit`."""
    role = Role.HANDLER if department else Role.OFFICE
    facts = {"name": name, "department": department, "title": title, "heads_department": heads_department}
    user = User(username=username.lower(), role=role, is_active=False, **facts)
    user.set_unusable_password()
    user.save()
    audit.record("account.created", by=by, target=user)
    return user


@transaction.atomic
def edit_user(*, user: User, by: By, **fields: Any) -> User:
    """All but the user name: the audit trail and the lock-out know the person by it."""
    changes = {name: [str(getattr(user, name)), str(value)] for name, value in fields.items()}
    changes = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
    for name, value in fields.items():
        setattr(user, name, value)
    user.save(update_fields=list(fields))
    audit.record("account.edited", by=by, target=user, changes=changes)
    return user


@transaction.atomic
def change_role(*, user: User, role: Role, by: By) -> User:
    """Running sessions end: none goes on with the rights of the old role."""
    user = _locked(user)
    policies.check_can_change_role(user, role=role, by=by)
    before = user.role
    user.role = role
    user.save(update_fields=["role"])
    _end_sessions(user)
    audit.record("account.role_changed", by=by, target=user, changes={"role": [before, str(role)]})
    return user


@transaction.atomic
def admit(*, user: User, role: Role, by: By) -> str:
    """Open a new or retired account with ``role``. Returns the one-time password, which is shown once."""
    user = _locked(user)
    policies.check_can_admit(user, by=by)
    policies.check_can_change_role(user, role=role, by=by)
    user.is_active = True
    user.role = role
    user.save(update_fields=["is_active", "role"])
    audit.record("account.admitted", by=by, target=user, changes={"role": ["", str(role)]})
    return _one_time_password(user)


@transaction.atomic
def deactivate(*, user: User, by: By, reason: str = "") -> User:
    """Retire an account; its history stays. Its sessions end at once."""
    user = _locked(user)
    policies.check_can_deactivate(user, by=by)
    user.is_active = False
    user.save(update_fields=["is_active"])
    _end_sessions(user)
    _revoke_feed(user)
    audit.record("account.deactivated", by=by, target=user, reason=reason)
    return user


@transaction.atomic
def reset_password(*, user: User, by: By) -> str:
    """Give a one-time password, shown once, to be changed at the first log-in. Also lifts a lock-out."""
    policies.check_can_reset(user, by=by)
    lockout.lift(user.username)
    audit.record("account.password_reset", by=by, target=user)
    return _one_time_password(user)


@transaction.atomic
def change_own_password(*, by: User, password: str) -> User:
    """The new password has passed the validators. All other sessions of the person end."""
    _set_password(by, password, must_change=False)
    audit.record("account.password_changed", by=by, target=by)
    return by


@transaction.atomic
def unlock(*, user: User, by: By) -> User:
    """Lift the lock-out of one account from every address."""
    lockout.lift(user.username)
    audit.record("account.unlocked", by=by, target=user)
    return user


@transaction.atomic
def end_sessions(*, user: User, by: By) -> User:
    _end_sessions(user)
    audit.record("account.sessions_ended", by=by, target=user)
    return user


@transaction.atomic
def remove_second_factor(*, user: User, by: By) -> User:
    """For a lost phone. An administrator must set up a new one at the next log-in."""
    policies.check_can_reset(user, by=by)
    Authenticator.objects.filter(user=user).delete()
    _end_sessions(user)
    audit.record("account.second_factor_removed", by=by, target=user)
    return user


@transaction.atomic
def open_feed(*, by: User) -> str:
    """A new secret for the own calendar feed, shown once; the former address ends."""
    User.objects.select_for_update(of=("self",)).get(pk=by.pk)
    _revoke_feed(by)
    token = secrets.token_urlsafe(32)
    feed = CalendarFeed.objects.create(user=by, token_hash=CalendarFeed.hash_of(token))
    audit.record("feed.opened", by=by, target=feed)
    return token


@transaction.atomic
def close_feed(*, by: User) -> None:
    """Twice is once."""
    if _revoke_feed(by):
        audit.record("feed.closed", by=by, target=by)


def _revoke_feed(user: User) -> int:
    return CalendarFeed.objects.filter(user=user, revoked_at=None).update(revoked_at=timezone.now())


@transaction.atomic
def create_department(*, by: By, name: str, short_name: str = "", order: int = 0) -> Department:
    department = Department.objects.create(name=name, short_name=short_name, order=order)
    audit.record("department.created", by=by, target=department)
    return department


@transaction.atomic
def edit_department(*, department: Department, by: By, **fields: Any) -> Department:
    """Name, short name, order, ``closed_on``: a dissolved department keeps its row."""
    changes = {name: [str(getattr(department, name)), str(value)] for name, value in fields.items()}
    for name, value in fields.items():
        setattr(department, name, value)
    department.save(update_fields=list(fields))
    changes = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
    audit.record("department.edited", by=by, target=department, changes=changes)
    return department


def _locked(user: User) -> User:
    """The row of ``user`` and those of the same role, so that two administrators cannot retire each other at once."""
    same_role = User.objects.select_for_update(of=("self",)).filter(role=user.role).order_by("pk")
    list(same_role.values_list("pk"))
    user.refresh_from_db()
    return user


def _end_sessions(user: User) -> None:
    User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)
    user.refresh_from_db(fields=["session_epoch"])


def _set_password(user: User, password: str, *, must_change: bool) -> None:
    user.set_password(password)
    user.must_change_password = must_change
    user.password_changed_at = timezone.now()
    user.save(update_fields=["password", "must_change_password", "password_changed_at"])
    _end_sessions(user)
    PasswordUsed.objects.create(user=user, password=user.password)
    kept = PasswordUsed.objects.filter(user=user).order_by("-pk").values_list("pk", flat=True)[:REMEMBERED]
    PasswordUsed.objects.filter(user=user).exclude(pk__in=list(kept)).delete()


def _one_time_password(user: User) -> str:
    """Fourteen characters in groups, easy to read out."""
    groups = ["".join(secrets.choice(letters) for _ in range(4)) for letters in (_LETTERS, _CAPITALS, _DIGITS)]
    password = "-".join(groups)
    _set_password(user, password, must_change=True)
    return password
