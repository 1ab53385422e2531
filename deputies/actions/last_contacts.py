"""The last contacts, kept in line with the ledger by whoever writes it."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Max, Min

from deputies.models import ContactDeputy, Deputy, LastContact, YearContact

_AT_ONCE = 1000


@transaction.atomic
def recount(deputies: Iterable[int]) -> None:
    """Call it after each write to the ledger, in the same transaction, with everybody who is or was met there.

    Of two writers at the same moment the second waits for the first and then counts what both wrote. The lock is the
    weaker one: the stronger would wait for the key that the other's new row already holds, and he for ours.
    """
    people = sorted(set(deputies))
    for start in range(0, len(people), _AT_ONCE):
        _recount(people[start : start + _AT_ONCE])


def _recount(people: list[int]) -> None:
    list(Deputy.objects.select_for_update(no_key=True).filter(pk__in=people).order_by("pk").values_list("pk"))
    standing = ContactDeputy.objects.filter(deputy__in=people, contact__withdrawn_at=None)
    day = "contact__happened_on"
    years = list(standing.values_list("deputy", "contact__method", f"{day}__year").annotate(Min(day), Max(day)))
    last: dict[tuple[int, int], date] = {}
    for deputy, method, _, _, until in years:
        last[deputy, method] = max(until, last.get((deputy, method), until))
    for model in (LastContact, YearContact):
        model._default_manager.filter(deputy__in=people).delete()
    LastContact.objects.bulk_create(
        LastContact(deputy_id=deputy, method_id=method, last_on=until) for (deputy, method), until in last.items()
    )
    YearContact.objects.bulk_create(
        YearContact(deputy_id=deputy, method_id=method, year=year, first_on=since, last_on=until)
        for deputy, method, year, since, until in years
    )
