"""公开: whether a reply may be read by everybody, who reviewed it for secrets, and where it stands."""

from django.db import models
from django.db.models import Q

from common.constraints import not_before, one_of
from common.versions import Versioned
from staff.models import User
from suggestions.models.drafting import Scope
from suggestions.models.reply import Reply
from suggestions.models.suggestion import Wish

PUBLIC = [Scope.FULL, Scope.SUMMARY]


class Publication(Versioned):
    """One per reply. Nothing is public without a reviewer; against the wish of the proposers only for a reason."""

    reply = models.OneToOneField(Reply, on_delete=models.PROTECT, related_name="publication")
    scope = models.CharField("公开属性", max_length=8, choices=Scope)
    reason = models.CharField("不全文公开的理由", max_length=100, blank=True)
    reviewer = models.ForeignKey(
        User, verbose_name="保密审查人", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    overruled = models.CharField("与提出人意愿不一致的理由", max_length=200, blank=True)
    decided_on = models.DateField("审定日期")
    published_on = models.DateField("公开日期", null=True, blank=True)
    url = models.CharField("公开位置", max_length=200, blank=True)
    recorded_by = models.ForeignKey(User, verbose_name="登记人", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "公开审查"
        constraints = [
            one_of("scope", Scope, table="publication"),
            models.CheckConstraint(
                condition=Q(scope=Scope.FULL) | ~Q(reason=""), name="publication_not_in_full_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(scope=Scope.NONE) | Q(reviewer__isnull=False), name="publication_is_reviewed"
            ),
            models.CheckConstraint(
                condition=Q(published_on__isnull=True, url="")
                | (Q(published_on__isnull=False) & ~Q(scope=Scope.NONE)),
                name="publication_only_of_what_is_public",
            ),
            not_before("published_on", "decided_on", table="publication"),
        ]

    def __str__(self) -> str:
        return f"{self.reply} {self.get_scope_display()}"


def is_against(wish: str, scope: str) -> bool:
    """More is shown than the proposers want; no wish is no objection."""
    return wish in (Wish.TITLE, Wish.NONE) and scope in PUBLIC
