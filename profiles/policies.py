"""Who may have portraits made, and when; each refusal says what to do."""

from collections.abc import Sequence
from datetime import date

from common.denied import Denied
from deputies.models import Deputy
from profiles.models import Portrait
from profiles.workflow import TRANSITIONS, PortraitState
from staff.models import User
from staff.permissions import P, may

MOST = 1000  # portraits of one run


def check_can_make(user: User | None) -> None:
    """``None`` is the system itself."""
    if user is not None and not may(user, P.PORTRAIT_MAKE):
        raise Denied("只有检察长和办公室可以生成检察印迹，请联系办公室。")


def check_can_request(user: User, deputies: Sequence[Deputy], year: int, today: date) -> None:
    check_can_make(user)
    if not deputies:
        raise Denied("所选范围内没有可以生成印迹的代表委员，请换一个范围或年度。")
    if len(deputies) > MOST:
        raise Denied(f"一次最多生成 {MOST} 份，请缩小范围后分批生成。")
    if year > today.year:
        raise Denied(f"{year}年还没有到，不能生成该年度的印迹。")


def check_none_under_way(deputies: Sequence[int], year: int) -> None:
    """A second edition beside one that is being made would differ from it in nothing but its number."""
    under_way = Portrait.objects.requested().filter(deputy__in=deputies, year=year).select_related("deputy")
    if names := [portrait.deputy.name for portrait in under_way]:
        whose = "、".join(names[:3]) + (f"等 {len(names)} 位" if len(names) > 3 else "")
        raise Denied(f"{whose}的{year}年印迹正在生成，请到“检察印迹”查看进度，完成后再重新生成。")


def check_can_move(portrait: Portrait, state: PortraitState) -> None:
    if state not in TRANSITIONS[PortraitState(portrait.state)]:
        raise Denied(f"这份印迹目前是“{portrait.get_state_display()}”，请刷新页面查看。")


def check_can_retry(user: User, portrait: Portrait) -> None:
    check_can_make(user)
    check_can_move(portrait, PortraitState.REQUESTED)
