"""States of an activity and the moves between them."""

from django.db.models import TextChoices


class ActivityState(TextChoices):
    PLANNED = "planned", "筹备中"
    CLOSED = "closed", "已办结"
    CANCELLED = "cancelled", "已取消"


TRANSITIONS: dict[ActivityState, set[ActivityState]] = {
    ActivityState.PLANNED: {ActivityState.CLOSED, ActivityState.CANCELLED},
    ActivityState.CLOSED: {ActivityState.PLANNED},  # 重新打开 to mend who came; closing again mends the contact
    ActivityState.CANCELLED: {ActivityState.PLANNED},
}
