"""Which rows name a deputy, and what becomes of them when two files turn out to be one person.

Every foreign key to ``Deputy`` is told here, by the app that has it (``holdings.py``, loaded by its ``AppConfig``).
A test walks all models and fails on one that is not.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import Model, QuerySet

from deputies.models import (
    Appointment,
    ContactDeputy,
    ContactPhoto,
    Deputy,
    DeputyMerge,
    Distinction,
    LastContact,
    Mandate,
    MandateState,
    Opinion,
    Pairing,
    Pause,
    YearContact,
)

# A kept row and its twin → what changes in the kept one.
Combine = Callable[[Any, Any], dict[str, Any]]


@dataclass(frozen=True)
class Holding:
    """``model.field`` names a deputy. Two rows that are alike in ``same`` are twins: one of them would be too many.

    A twin is dropped (undo brings it back) or stays with the closed file (papers that were handed out under it).
    ``label`` and ``unit`` say in the preview what goes over. Without ``moves`` nothing does: it tells of the past.
    """

    model: type[Model]
    label: str
    unit: str
    same: tuple[str, ...] = ()
    twins: Literal["drop", "stay"] = "drop"
    combine: Combine = lambda kept, twin: {}
    field: str = "deputy"
    moves: bool = True

    def rows(self, deputy: Deputy) -> QuerySet[Any]:
        return self.model._base_manager.filter(**{self.field: deputy}).order_by("pk")

    def twin(self, row: Model, kept: Deputy) -> Model | None:
        """The row of ``kept`` that says the same as ``row``."""
        if not self.same:
            return None
        return self.rows(kept).filter(**{name: getattr(row, name) for name in self.same}).first()


class _OnePairing(Holding):
    """Of two leaders on the same days that of the kept file stays."""

    def twin(self, row: Model, kept: Deputy) -> Model | None:
        assert isinstance(row, Pairing)
        return Pairing.objects.filter(deputy=kept).overlapping(row.from_on, row.to_on).first()


class _OneDistinction(Holding):
    """Who is not the lost one is not the kept one either. What was lifted stays where it was."""

    def rows(self, deputy: Deputy) -> QuerySet[Any]:
        return super().rows(deputy).filter(lifted_at=None)

    def twin(self, row: Model, kept: Deputy) -> Model | None:
        assert isinstance(row, Distinction)
        third = row.other if self.field == "one" else row.one
        return Distinction.objects.standing().between(kept, third).first()


HOLDINGS: list[Holding] = []


def register(*holdings: Holding) -> None:
    HOLDINGS.extend(holdings)


def moving() -> Iterator[Holding]:
    return (each for each in HOLDINGS if each.moves)


def _one_seat(kept: Mandate, twin: Mandate) -> dict[str, Any]:
    """What only the other seat of the same term knows; held, if one of them is."""
    filled = {
        name: getattr(twin, name)
        for name in ("group", "certificate_no", "committee_post")
        if not getattr(kept, name) and getattr(twin, name)
    }
    if twin.is_held and not kept.is_held:
        filled |= {"state": MandateState.SERVING, "state_reason": "", "state_on": twin.state_on}
    return filled


register(
    Holding(ContactDeputy, "联络", "次", same=("contact_id",)),
    Holding(ContactPhoto.deputies.through, "联络照片", "张", same=("contactphoto_id",)),
    Holding(Opinion, "意见", "条"),
    Holding(Mandate, "身份", "项", same=("term_id",), combine=_one_seat),
    Holding(Appointment, "聘任", "项"),
    _OnePairing(Pairing, "挂钩联系", "项"),
    Holding(Pause, "暂缓联络", "项", same=("lifted_at",)),
    Holding(LastContact, "上次联络", "条", moves=False),  # counted anew
    Holding(YearContact, "各年联络", "条", moves=False),  # counted anew
    Holding(Deputy.fields_of_concern.through, "关注领域", "项", same=("fieldofconcern_id",)),
    Holding(Deputy, "此前并入的档案", "份", field="merged_into"),
    Holding(DeputyMerge, "合并记录", "条", field="kept", moves=False),
    Holding(DeputyMerge, "合并记录", "条", field="lost", moves=False),
    _OneDistinction(Distinction, "不是同一人的标记", "项", field="one"),
    _OneDistinction(Distinction, "不是同一人的标记", "项", field="other"),
)
