import hashlib
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from staff.models.user import User

if TYPE_CHECKING:
    from django.db.models import QuerySet


class CalendarFeed(models.Model):
    """The secret address under which a calendar program reads somebody's dates. Only the hash of its secret is kept:
    whoever reads the database learns no address. A new address is a new row."""

    user = models.ForeignKey(User, verbose_name="本人", on_delete=models.PROTECT, related_name="feeds")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField("建立时间", auto_now_add=True)
    revoked_at = models.DateTimeField("停用时间", null=True)

    class Meta:
        verbose_name = "日历订阅"
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=Q(revoked_at=None), name="feed_one_at_a_time")
        ]

    def __str__(self) -> str:
        return f"{self.user}的日历订阅"

    @staticmethod
    def hash_of(token: str) -> str:
        """A random secret of 256 bits needs no salt and no slow hash."""
        return hashlib.sha256(token.encode()).hexdigest()

    @classmethod
    def opened_by(cls, token: str) -> "QuerySet[CalendarFeed]":
        """The one that this secret opens: not revoked, of an account in use."""
        return cls.objects.filter(token_hash=cls.hash_of(token), revoked_at=None, user__is_active=True)
