"""面商: heard before the answer is written."""

from collections.abc import Iterable
from datetime import date
from uuid import uuid4

from django.db import transaction

from common.denied import Denied
from common.quotes import titled
from deputies.actions import withdraw_derived_contact, write_derived_contact
from deputies.models import ContactMethod, Deputy, Origin
from staff import audit
from staff.models import User
from suggestions import policies
from suggestions.actions.moves import locked, needed, not_in_future
from suggestions.models import Consultation, Suggestion


@transaction.atomic
def consult(
    *,
    suggestion: Suggestion,
    happened_on: date,
    heard: str,
    met: Iterable[Deputy],
    staff: Iterable[User],
    by: User,
    place: str = "",
) -> Consultation:
    """Record a 面商 with some of the proposers: one contact in the ledger, and the reason why the answer may go on."""
    suggestion = locked(suggestion)
    policies.check_can_consult(by, suggestion)
    not_in_future(happened_on, "面商日期")
    if happened_on < suggestion.received_on:
        raise Denied(f"面商日期不能早于收到日期（{suggestion.received_on}）。")
    proposers = set(suggestion.proposers.values_list("deputy", flat=True))
    people = list(met)
    if not people or not {deputy.pk for deputy in people} <= proposers:
        raise Denied("请在提出人中至少勾选一位代表委员。")
    words = needed(heard, "请写明代表委员的要求和意见。")
    contact = write_derived_contact(
        origin=Origin.REPLY,
        origin_key=f"consult:{uuid4().hex}",
        by=by,
        deputies=people,
        happened_on=happened_on,
        method=ContactMethod.objects.get(code="consult"),
        note=f"就{suggestion.get_kind_display()}{titled(suggestion.title)}面商：{words}"[:2000],
        place=place.strip(),
        staff=staff,
        department=suggestion.department,
    )
    audit.record("suggestion.consulted", by=by, target=suggestion)
    return Consultation.objects.create(suggestion=suggestion, contact=contact)


@transaction.atomic
def undo_consultation(*, consultation: Consultation, by: User) -> None:
    """It was recorded by mistake: the contact is withdrawn with it."""
    suggestion = locked(consultation.suggestion)
    policies.check_can_consult(by, suggestion)
    withdraw_derived_contact(origin_key=consultation.contact.origin_key or "", by=by)
    audit.record("suggestion.consultation_undone", by=by, target=suggestion)
    consultation.delete()
