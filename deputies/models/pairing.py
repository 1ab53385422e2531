"""挂钩: which leader looks after which area and which person, with which 联络员."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from common.constraints import not_before
from common.versions import Versioned
from deputies.models.basics import Area
from deputies.models.deputy import Deputy
from staff.models import Role, User
from staff.permissions import P, may

if TYPE_CHECKING:
    from deputies.models.deputy import DeputyQuerySet


class PairingQuerySet(models.QuerySet["Pairing"]):
    def in_force(self, today: date) -> "PairingQuerySet":
        return self.filter(Q(to_on=None) | Q(to_on__gte=today), from_on__lte=today)

    def to_come(self, today: date) -> "PairingQuerySet":
        return self.filter(from_on__gt=today)

    def past(self, today: date) -> "PairingQuerySet":
        return self.filter(to_on__lt=today)

    def overlapping(self, first: date, last: date | None) -> "PairingQuerySet":
        """Those in force on at least one day from ``first`` to ``last`` (None: without end)."""
        running = self.filter(Q(to_on=None) | Q(to_on__gte=first))
        return running.filter(from_on__lte=last) if last else running

    def covering(self, deputy: Deputy) -> "PairingQuerySet":
        """Those of this very person first, then those of the area."""
        return self.filter(Q(deputy=deputy) | Q(area=deputy.area_id, area__isnull=False)).order_by(
            F("area_id").asc(nulls_first=True), "from_on"
        )

    def visible_to(self, user: object) -> "PairingQuerySet":
        """Who looks after whom is known to everybody who works with deputies."""
        return self.all() if may(user, P.DEPUTY_VIEW) else self.none()

    def of(self, user: User) -> "PairingQuerySet":
        """Those in which ``user`` is the leader or the 联络员."""
        return self.filter(Q(leader=user) | Q(liaison=user))

    def areas(self) -> models.QuerySet["Pairing", int]:
        """Ids of the areas that these pairings name."""
        return self.filter(area__isnull=False).values_list("area_id", flat=True)

    def with_names(self) -> "PairingQuerySet":
        """Ready to be listed, namesakes told apart: a constant number of queries."""
        people = Deputy.objects.with_namesake_hint().with_seats()
        named = self.select_related("leader", "liaison", "area")
        return named.prefetch_related(models.Prefetch("deputy", queryset=people))

    def by_leader(self) -> "PairingQuerySet":
        """The chief's first, then leader by leader: areas in their order, persons by name, the newest first."""
        return self.order_by(
            models.Case(models.When(leader__role=Role.CHIEF, then=0), default=1),
            "leader",
            F("area__order").asc(nulls_last=True),
            "area__name",
            "deputy__pinyin",
            "-from_on",
            "pk",
        )

    def deputies(self) -> "DeputyQuerySet":
        """The persons whom these pairings name, and those who live or work in an area that they name."""
        return Deputy.objects.filter(
            Q(pk__in=self.filter(deputy__isnull=False).values("deputy"))
            | Q(area__in=self.filter(area__isnull=False).values("area"))
        )


class Pairing(Versioned):
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
        return f"{self.leader} ↔ {self.whom}"

    @property
    def whom(self) -> Area | Deputy:
        found = self.deputy or self.area
        assert found is not None  # one of them is there: a constraint
        return found
