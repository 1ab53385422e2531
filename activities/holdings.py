"""What of an activity names a deputy, for two files that become one (see :mod:`deputies.holdings`)."""

from typing import Any

from activities.models import Attendance, Photo, Response
from deputies.holdings import Holding, register

_ANSWERS = [Response.INVITED, Response.DECLINED, Response.ACCEPTED]


def _one_guest(kept: Attendance, twin: Attendance) -> dict[str, Any]:
    """Who came under one of the two names came; the answer that says more counts."""
    came = [each.came for each in (kept, twin) if each.came is not None]
    said = max(kept.response, twin.response, key=lambda answer: _ANSWERS.index(Response(answer)))
    return {"came": any(came) if came else None, "response": said}


register(
    Holding(Attendance, "活动邀请与到场", "场", same=("activity_id",), combine=_one_guest),
    Holding(Photo.deputies.through, "照片", "张", same=("photo_id",)),
)
