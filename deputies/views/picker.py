"""The options of the person picker."""

from django.db.models import Case, F, Max, OuterRef, Subquery, Value, When
from django.db.models.functions import Replace
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from common.pinyin import search_key
from deputies.forms import label_of
from deputies.models import Contact, ContactDeputy, Deputy
from deputies.models.deputy import DeputyQuerySet
from staff.models import User
from staff.permissions import P, StaffRequest, requires

MOST = 12


@requires(P.DEPUTY_VIEW)
@require_GET
def pick(request: StaffRequest) -> HttpResponse:
    found = Deputy.objects.visible_to(request.user).filter(retired_at=None).found_by(request.GET.get("q", "")[:60])
    options = _best_first(found, request.GET.get("q", ""), request.user).with_seats().with_namesake_hint()[:MOST]
    listed = [(deputy, label_of(deputy)) for deputy in options]
    return render(request, "deputies/options.html", {"options": listed})


def _best_first(deputies: DeputyQuerySet, query: str, user: User) -> DeputyQuerySet:
    """The exact name, reading or initials, then what begins so, then the rest; of equals whom ``user`` met last."""
    key = search_key(query).replace(" ", "")
    met = ContactDeputy.objects.filter(deputy=OuterRef("pk"), contact__in=Contact.objects.of(user).standing())
    mine = met.values("deputy").annotate(last=Max("contact__happened_on")).values("last")
    begins = Case(
        When(name=query.strip(), then=0),
        When(initials=key, then=0),
        When(full=key, then=0),
        When(name__startswith=query.strip(), then=1),
        When(initials__startswith=key, then=1),
        When(full__startswith=key, then=1),
        default=2,
    )
    full = Replace("pinyin", Value(" "))
    return (
        deputies.alias(full=full)
        .annotate(rank=begins, mine=Subquery(mine))
        .order_by("rank", F("mine").desc(nulls_last=True), "pinyin", "pk")
    )
