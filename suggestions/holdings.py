"""What of a suggestion names a deputy, for two files that become one (see :mod:`deputies.holdings`)."""

from typing import Any

from deputies.holdings import Holding, register
from suggestions.models import Delivery, Evaluation, FirstVisit, Proposer, ProposerRole, Utterance


def _one_proposer(kept: Proposer, twin: Proposer) -> dict[str, Any]:
    """The leading proposer stays the leading one."""
    order = list(ProposerRole.values)
    return {"role": min(kept.role, twin.role, key=order.index)}


register(
    Holding(Proposer, "提出的建议提案", "件", same=("suggestion_id",), combine=_one_proposer),
    Holding(Delivery, "送达的答复", "次", same=("reply_id",)),
    Holding(FirstVisit, "第一任务走访", "次", same=("task_id",), twins="stay"),
    Holding(Evaluation, "对答复的评价", "次", same=("reply_id",), twins="stay"),
    Holding(Utterance, "审议旁听发言", "条", field="speaker"),
)
