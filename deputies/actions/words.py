"""What was said at a contact, and what we promised."""

from datetime import date

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from common.denied import Denied
from deputies import policies
from deputies.models import Contact, Deputy, FieldOfConcern, FollowUp, Opinion
from staff import audit
from staff.models import User


@transaction.atomic
def record_opinion(
    *,
    contact: Contact,
    deputy: Deputy,
    words: str,
    by: User,
    field: FieldOfConcern | None = None,
    outcome: str = "",
) -> Opinion:
    """Keep the verbatim words of one of those who were there."""
    policies.check_can_add(by, contact)
    if not contact.met.filter(deputy=deputy).exists():
        raise Denied(f"{deputy}不在这次联络的代表委员之中，请先修改联络。")
    opinion = Opinion.objects.create(
        contact=contact, deputy=deputy, words=words, field=field, outcome=outcome, recorded_by=by
    )
    audit.record("opinion.recorded", by=by, target=contact, changes={"opinion": ["", str(opinion.pk)]})
    return opinion


@transaction.atomic
def reword_opinion(*, opinion: Opinion, words: str, by: User) -> Opinion:
    """Where the record that the words came from was corrected: both say the same."""
    if words != opinion.words:
        opinion.words = words
        opinion.save(update_fields=["words"])
        audit.record("opinion.reworded", by=by, target=opinion.contact, changes={"opinion": ["", str(opinion.pk)]})
    return opinion


@transaction.atomic
def remove_opinion(*, opinion: Opinion, by: User) -> None:
    """Where the record that the words came from no longer has them."""
    contact, number = opinion.contact, str(opinion.pk)
    try:
        opinion.delete()
    except ProtectedError:
        raise Denied("这条意见已登记为建议提案，不能清空；请改写，或先在该建议提案中处理。") from None
    audit.record("opinion.removed", by=by, target=contact, changes={"opinion": [number, ""]})


@transaction.atomic
def add_follow_up(*, contact: Contact, what: str, owner: User, due_on: date, by: User) -> FollowUp:
    policies.check_can_add(by, contact)
    follow_up = FollowUp.objects.create(contact=contact, what=what, owner=owner, due_on=due_on)
    audit.record("follow_up.added", by=by, target=contact, changes={"follow_up": ["", str(follow_up.pk)]})
    return follow_up


@transaction.atomic
def finish_follow_up(*, follow_up: FollowUp, by: User) -> FollowUp:
    """Done, once: the second of two clicks is told."""
    policies.check_can_finish(by, follow_up)
    done = FollowUp.objects.filter(pk=follow_up.pk, done_at=None).update(done_at=timezone.now(), done_by=by)
    follow_up.refresh_from_db()
    if not done:
        policies.check_can_finish(by, follow_up)
    audit.record("follow_up.finished", by=by, target=follow_up.contact, changes={"follow_up": [str(follow_up.pk), ""]})
    return follow_up
