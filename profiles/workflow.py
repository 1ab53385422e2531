"""States of a portrait and the moves between them: one plain table."""

from django.db.models import TextChoices


class PortraitState(TextChoices):
    REQUESTED = "requested", "待生成"
    READY = "ready", "已生成"
    FAILED = "failed", "未生成"


# A ready portrait never changes: a new making is a new row. 重新生成 takes a failed one back to the start.
TRANSITIONS: dict[PortraitState, set[PortraitState]] = {
    PortraitState.REQUESTED: {PortraitState.READY, PortraitState.FAILED},
    PortraitState.READY: set(),
    PortraitState.FAILED: {PortraitState.REQUESTED},
}
