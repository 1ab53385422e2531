"""When each person was last met, by each way: the ledger's answer, kept ready (docs/adr/0005-last-contacts.md)."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F

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


def touches(first: date, last: date, *, user: User, today: date) -> "models.QuerySet[Any]":
    """Who was met how from ``first`` to ``last``, as far as ``user`` may see: rows with ``deputy``,
    ``by`` (a method) and ``on`` (a day).

    Mass mailings are no touch. Up to today and for those who see everything, the last contacts answer; for a period
    that is over, and for the reach of a handler, the ledger itself, which names a pair as often as they met.
    """
    if user.role == Role.HANDLER:
        contacts = Contact.objects.visible_to(user).touching().between(first, last)
        return _from_ledger(ContactDeputy.objects.filter(contact__in=contacts))
    if last >= today:
        return LastContact.objects.filter(last_on__gte=first, method__is_touch=True).annotate(
            by=F("method"), on=F("last_on")
        )
    # The same as ``touching().between()``, told to the database as a join: it takes half the time.
    days = {"contact__withdrawn_at": None, "contact__happened_on__range": (first, last)}
    return _from_ledger(ContactDeputy.objects.filter(contact__method__is_touch=True, **days))


def _from_ledger(met: "models.QuerySet[ContactDeputy]") -> "models.QuerySet[Any]":
    return met.annotate(by=F("contact__method"), on=F("contact__happened_on"))
