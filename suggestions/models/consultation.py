"""面商: heard before the answer (代表法 51). Who, when, where and what was said are in the one ledger of contacts."""

from django.db import models

from deputies.models import Contact
from suggestions.models.suggestion import Suggestion


class Consultation(models.Model):
    """That a contact was about this item, before its answer. 面复 is the answer itself (``Reply.in_person``)."""

    suggestion = models.ForeignKey(Suggestion, on_delete=models.PROTECT, related_name="consultations")
    contact = models.OneToOneField(Contact, on_delete=models.PROTECT, related_name="consultation")

    class Meta:
        verbose_name = "面商"
        ordering = ["contact__happened_on", "pk"]

    def __str__(self) -> str:
        return f"{self.suggestion} 面商 {self.contact.happened_on}"

    @property
    def heard(self) -> str:
        """The words of the proposers, as they stand in the contact."""
        return self.contact.note.partition("面商：")[2]
