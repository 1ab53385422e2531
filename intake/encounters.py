"""One encounter that two ledgers tell of: it counts once, whichever ledger is taken in first.

A held activity and an answer in person write their contact themselves. Offices note the same day once more in their
ledger of contacts, as 参加活动 or 当面答复.
"""

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Exists, OuterRef

from deputies import actions as deputies
from deputies.models import Contact, ContactDeputy, ContactMethod, FollowUp, Opinion, Origin
from intake.kinds.base import Reader
from intake.models import Thing
from intake.office import Office


def by_origin(office: Office, day: date, method: ContactMethod, people: Iterable[int]) -> list[int]:
    """Those of ``people`` whom an activity or an answer of that day names already, on file or in this run."""
    if not method.is_relied_on:
        return []
    if day not in office.met:
        met = ContactDeputy.objects.filter(
            contact__happened_on=day, contact__withdrawn_at=None, contact__origin__in=[Origin.ACTIVITY, Origin.REPLY]
        )
        office.met[day] = {(code or "", pk) for code, pk in met.values_list("contact__method__code", "deputy")}
    return [number for number in people if (method.code, number) in office.met[day] | office.planned.get(day, set())]


def taken_over(
    read: Reader, office: Office, day: date, code: str, people: Collection[int], told: dict[str, list[str]]
) -> list[Contact]:
    """The imported contacts that the one about to be written makes needless; ``told`` says how many. Those that hold
    opinions or follow-ups of their own stay, which is told as well."""
    office.planned.setdefault(day, set()).update((code, number) for number in people)
    same, kept = _doubles(day, code, people)
    if same:
        told["联络"] = ["", f"以前从联络台账导入的 {len(same)} 条是同一次联络，撤回，不重复计数"]
    if kept:
        read.warn(
            "counted_twice",
            f"以前从联络台账导入的 {len(kept)} 条是同一次联络，因记有意见或后续事项没有撤回，会重复计数。请逐条核对。",
        )
    return same


def _doubles(day: date, code: str, people: Collection[int]) -> tuple[list[Contact], list[Contact]]:
    """(imported contacts that tell of nothing but the same encounter, those that hold something of their own)."""
    others = ContactDeputy.objects.filter(contact=OuterRef("pk")).exclude(deputy__in=people)
    imported = Contact.objects.standing().filter(happened_on=day, method__code=code, origin=Origin.IMPORT)
    same = [*imported.filter(met__deputy__in=people).exclude(Exists(others)).distinct().order_by("pk")]
    kept = {*Opinion.objects.filter(contact__in=same).values_list("contact", flat=True)}
    kept |= {*FollowUp.objects.filter(contact__in=same).values_list("contact", flat=True)}
    return [each for each in same if each.pk not in kept], [each for each in same if each.pk in kept]


def withdraw(office: Office, contacts: Iterable[Contact]) -> None:
    """They count no more; undoing the run restores them."""
    for contact in contacts:
        deputies.withdraw_contact(contact=contact, by=office.by)
        office.note(Thing.CONTACT, contact.pk, contact.version, {"withdrawn_at": None})
