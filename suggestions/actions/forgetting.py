"""What was written of an item goes for good: an import that is undone, a concrete case that becomes 来信."""

from django.db.models import ProtectedError

from common.denied import Denied
from deputies.actions import remove_derived_contact
from suggestions.models import Approval, Suggestion


def forget_work(suggestion: Suggestion) -> None:
    """All that was written while it was handled. Opinions recorded at a 面商 are in the way (``ProtectedError``)."""
    suggestion.scans.all().delete()
    for consultation in suggestion.consultations.select_related("contact"):
        consultation.delete()
        remove_derived_contact(origin_key=consultation.contact.origin_key or "")
    Approval.objects.filter(draft__suggestion=suggestion).delete()
    of_work = (suggestion.drafts, suggestion.co_handlers, suggestion.steps)
    for rows in (*of_work, suggestion.proposers, suggestion.extensions, suggestion.deadline_moves):
        rows.all().delete()


def forget_case(suggestion: Suggestion) -> None:
    """Of a case only who moved it when stays, and nothing of the words."""
    try:
        forget_work(suggestion)
    except ProtectedError as error:
        raise Denied("面商的联络记录上还登记了意见或待办，请先在那条记录上移除，再转来信。") from error
    suggestion.transitions.update(remark="")
