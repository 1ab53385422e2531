"""届: opened by the office."""

from django.db import transaction

from deputies import policies
from deputies.models import Term
from staff import audit
from staff.models import User


@transaction.atomic
def open_term(*, term: Term, by: User) -> Term:
    """Save a new 届; the database refuses the same one twice and a CPPCC in a town."""
    policies.check_can_keep_choices(by)
    term.save(force_insert=True)
    audit.record("term.opened", by=by, target=term)
    return term
