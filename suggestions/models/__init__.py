from suggestions.models.reply import Channel, Evaluation, Reply, ResultClass, Verdict
from suggestions.models.suggestion import Kind, OurRole, Proposer, ProposerRole, Step, Suggestion, Transition

__all__ = [
    "Channel",
    "Evaluation",
    "Kind",
    "OurRole",
    "Proposer",
    "ProposerRole",
    "Reply",
    "ResultClass",
    "Step",
    "Suggestion",
    "Transition",
    "Verdict",
]
