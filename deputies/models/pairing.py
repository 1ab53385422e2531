"""挂钩: which leader looks after which area and which person, with which 联络员."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from common.constraints import not_before
from deputies.models.deputy import Area, Deputy
from staff.models import User

if TYPE_CHECKING:
    from deputies.models.deputy import DeputyQuerySet


class PairingQuerySet(models.QuerySet["Pairing"]):
    def in_force(self, today: date) -> "PairingQuerySet":
        return self.filter(Q(to_on=None) | Q(to_on__gte=today), from_on__lte=today)

    def of(self, user: User) -> "PairingQuerySet":
        """Those in which ``user`` is the leader or the 联络员."""
        return self.filter(Q(leader=user) | Q(liaison=user))

    def with_names(self) -> "PairingQuerySet":
        return self.select_related("leader", "liaison", "area", "deputy")

    def deputies(self) -> "DeputyQuerySet":
        """The persons whom these pairings name, and those who live or work in an area that they name."""
        return Deputy.objects.filter(
            Q(pk__in=self.filter(deputy__isnull=False).values("deputy"))
            | Q(area__in=self.filter(area__isnull=False).values("area"))
        )


class Pairing(models.Model):
    """A leader ↔ one area **or** one person, from–to (the last day included). A new leader is a new row."""

    leader = models.ForeignKey(User, verbose_name="挂钩领导", on_delete=models.PROTECT, related_name="pairings_led")
    liaison = models.ForeignKey(
        User, verbose_name="联络员", null=True, blank=True, on_delete=models.PROTECT, related_name="pairings_kept"
    )
    area = models.ForeignKey(
        Area, verbose_name="板块", null=True, blank=True, on_delete=models.PROTECT, related_name="pairings"
    )
    deputy = models.ForeignKey(
        Deputy, verbose_name="代表委员", null=True, blank=True, on_delete=models.PROTECT, related_name="pairings"
    )
    from_on = models.DateField("起")
    to_on = models.DateField("止", null=True, blank=True)
    created_by = models.ForeignKey(User, verbose_name="登记人", on_delete=models.PROTECT, related_name="+")

    objects = PairingQuerySet.as_manager()

    class Meta:
        verbose_name = "挂钩联系"
        constraints = [
            not_before("to_on", "from_on", table="pairing"),
            models.CheckConstraint(
                condition=Q(area__isnull=False, deputy__isnull=True) | Q(area__isnull=True, deputy__isnull=False),
                name="pairing_with_an_area_or_a_person",
            ),
            models.UniqueConstraint(
                fields=["area"], condition=Q(to_on=None), name="pairing_of_an_area_with_one_leader_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["deputy"], condition=Q(to_on=None), name="pairing_of_a_person_with_one_leader_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.leader} ↔ {self.deputy or self.area}"
