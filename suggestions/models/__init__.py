from suggestions.models.reply import Channel, Evaluation, Reply, ResultClass, Verdict
from suggestions.models.suggestion import FORMAL, Kind, OurRole, Proposer, ProposerRole, Step, Suggestion, Transition

__all__ = [
    "FORMAL",
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
