"""What a password must be, and how it is kept."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher, check_password
from django.core.exceptions import ValidationError

from staff.models import PasswordUsed, User

# So many of one's own earlier passwords are barred.
REMEMBERED = 5


class Argon2(Argon2PasswordHasher):
    """OWASP's smaller setting: Django's default takes 100 MiB and 0.4 s, five tries a second would fill a server."""

    time_cost = 2
    memory_cost = 19_456
    parallelism = 1


class ThreeClasses:
    """Three of: lower case, upper case, digits, other characters."""

    help_text = "密码须包含小写字母、大写字母、数字、其他符号中的至少三类。"

    def validate(self, password: str, user: User | None = None) -> None:
        classes = [str.islower, str.isupper, str.isdigit, lambda char: not char.isalnum()]
        if sum(any(map(is_class, password)) for is_class in classes) < 3:
            raise ValidationError(self.help_text, code="password_too_simple")

    def get_help_text(self) -> str:
        return self.help_text


class NotRecentlyUsed:
    """Neither the present password nor one of the last few."""

    help_text = f"不能使用最近 {REMEMBERED} 次用过的密码。"

    def validate(self, password: str, user: User | None = None) -> None:
        if user is None or user.pk is None:
            return
        used = PasswordUsed.objects.filter(user=user).order_by("-pk").values_list("password", flat=True)
        if any(check_password(password, known) for known in {user.password, *used[:REMEMBERED]}):
            raise ValidationError(self.help_text, code="password_used_before")

    def get_help_text(self) -> str:
        return self.help_text


def must_change(user: User, now: datetime) -> bool:
    """A one-time password, or one older than the house allows."""
    if user.must_change_password:
        return True
    since = user.password_changed_at or user.date_joined
    return bool(settings.PASSWORD_DAYS) and now - since > timedelta(days=settings.PASSWORD_DAYS)
