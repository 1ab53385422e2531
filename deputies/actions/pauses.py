"""暂缓联络: when not to call on somebody."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from common.denied import Denied
from deputies import policies
from deputies.models import Deputy, Pause
from staff import audit
from staff.models import User


@transaction.atomic
def pause(*, deputy: Deputy, until: date, reason: str, by: User) -> Pause:
    """A new pause takes the place of one that still stands."""
    policies.check_can_log(by)
    policies.check_is_kept(deputy)
    if until < timezone.localdate():
        raise Denied("暂缓至的日期已经过去，请选择今天或以后的一天。")
    Deputy.objects.select_for_update(no_key=True).get(pk=deputy.pk)
    for earlier in Pause.objects.filter(deputy=deputy, lifted_at=None):
        _lift(earlier, by)
    standing = Pause.objects.create(deputy=deputy, until=until, reason=reason, set_by=by)
    audit.record("deputy.paused", by=by, target=deputy, changes={"until": ["", str(until)]}, reason=reason)
    return standing


@transaction.atomic
def lift_pause(*, pause: Pause, by: User) -> Pause:
    pause = Pause.objects.select_for_update(of=("self",)).select_related("deputy", "set_by").get(pk=pause.pk)
    policies.check_can_lift(by, pause)
    _lift(pause, by)
    audit.record("deputy.pause_lifted", by=by, target=pause.deputy)
    return pause


def _lift(pause: Pause, by: User) -> None:
    pause.lifted_at, pause.lifted_by = timezone.now(), by
    pause.save(update_fields=["lifted_at", "lifted_by"])
