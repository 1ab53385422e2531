"""The states of a seat, and from where to where it may be moved."""

from django.db.models import TextChoices


class MandateState(TextChoices):
    SERVING = "serving", "在任"
    SUSPENDED = "suspended", "暂停"
    ENDED = "ended", "终止"

    @property
    def verb(self) -> str:
        """What brings a seat here."""
        return "恢复在任" if self == MandateState.SERVING else str(self.label)


# An ending recorded by mistake is taken back by 恢复在任: the seat itself stays one row.
TRANSITIONS: dict[MandateState, list[MandateState]] = {
    MandateState.SERVING: [MandateState.SUSPENDED, MandateState.ENDED],
    MandateState.SUSPENDED: [MandateState.SERVING, MandateState.ENDED],
    MandateState.ENDED: [MandateState.SERVING],
}
