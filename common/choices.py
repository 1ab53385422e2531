"""Rows that the office keeps and forms choose from: 届, 板块, 联络方式, 活动类型 …"""

from typing import TypeVar

from django.db import models
from django.db.models import Q

from common.versions import Versioned

C = TypeVar("C", bound="OfficeChoice")


class OfficeChoiceQuerySet(models.QuerySet[C]):
    def offered(self, *chosen: int | None) -> "OfficeChoiceQuerySet[C]":
        """What a form offers: the rows in use, and those that the record has already ``chosen``."""
        return self.filter(Q(retired_on=None) | Q(pk__in=[pk for pk in chosen if pk]))


class OfficeChoice(Versioned):
    """Never deleted, history points at it: a row taken out of use is only not offered any more."""

    retired_on = models.DateField("停用日期", null=True, blank=True, editable=False)

    objects = OfficeChoiceQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def is_relied_on(self) -> bool:
        """Does the program itself write this row into records? Then it may be renamed, not taken out of use."""
        return False
