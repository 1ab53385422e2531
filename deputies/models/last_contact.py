"""When each person was last met, by each way: the ledger's answer, kept ready (docs/adr/0005-last-contacts.md)."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F

from common.constraints import not_before
from deputies.models.contact import Contact, ContactDeputy, ContactMethod
from deputies.models.deputy import Deputy
from staff.models import Role, User


class LastContact(models.Model):
    """The last standing contact of one deputy by one method. Written only by ``deputies.actions.last_contacts``.

    Every method has its row, also those that do not count (``is_touch``): the office may change its mind.
    """

    deputy = models.ForeignKey(Deputy, on_delete=models.CASCADE, related_name="last_contacts")
    method = models.ForeignKey(ContactMethod, on_delete=models.PROTECT, related_name="+")
    last_on = models.DateField("上次联络")

    class Meta:
        verbose_name = "上次联络"
        constraints = [
            models.UniqueConstraint(fields=["deputy", "method"], name="last_contact_once_per_deputy_and_method")
        ]

    def __str__(self) -> str:
        return f"{self.deputy_id} {self.last_on:%Y-%m-%d}"


class YearContact(models.Model):
    """The first and last standing contact of one deputy by one method in one year. Written with ``LastContact``."""

    deputy = models.ForeignKey(Deputy, on_delete=models.CASCADE, related_name="+")
    method = models.ForeignKey(ContactMethod, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField("年份")
    first_on = models.DateField("首次联络")
    last_on = models.DateField("末次联络")

    class Meta:
        verbose_name = "各年联络"
        constraints = [
            models.UniqueConstraint(
                fields=["deputy", "method", "year"], name="year_contact_once_per_deputy_method_and_year"
            ),
            not_before("last_on", "first_on", table="year_contact"),
        ]
        indexes = [models.Index(fields=["year", "deputy"], name="year_contact_by_year")]

    def __str__(self) -> str:
        return f"{self.deputy_id} {self.year}"


def touches(first: date, last: date, *, user: User, today: date) -> "models.QuerySet[Any]":
    """Who was met how from ``first`` to ``last``, as far as ``user`` may see: rows with ``deputy``,
    ``by`` (a method) and ``on`` (a day).

    Mass mailings are no touch. Up to today the last contacts answer, for a period that is over those of its years.
    Only the reach of a handler, and a period within one year, need the ledger itself, which names a pair as often as
    they met.
    """
    if user.role == Role.HANDLER:
        contacts = Contact.objects.visible_to(user).touching().between(first, last)
        return _from_ledger(ContactDeputy.objects.filter(contact__in=contacts))
    if last >= today:
        found: models.QuerySet[Any] = LastContact.objects.filter(last_on__gte=first)
    elif first.year == last.year and (first, last) != (date(first.year, 1, 1), date(first.year, 12, 31)):
        # The same as ``touching().between()``, told to the database as a join: it takes half the time.
        days = {"contact__withdrawn_at": None, "contact__happened_on__range": (first, last)}
        return _from_ledger(ContactDeputy.objects.filter(contact__method__is_touch=True, **days))
    else:
        # Exact: of the first year the last day counts, of the last year the first day, of those between any.
        years = {"year__range": (first.year, last.year), "last_on__gte": first, "first_on__lte": last}
        found = YearContact.objects.filter(**years)
    return found.filter(method__is_touch=True).annotate(by=F("method"), on=F("last_on"))


def _from_ledger(met: "models.QuerySet[ContactDeputy]") -> "models.QuerySet[Any]":
    return met.annotate(by=F("contact__method"), on=F("contact__happened_on"))
