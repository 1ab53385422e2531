from suggestions.models.deadline import DeadlineMove, DeadlineRule, Holiday, Purpose, Unit
from suggestions.models.extension import Extension, ExtensionState
from suggestions.models.hearing import Hearing, Meeting, Point, Share, Utterance, Voice
from suggestions.models.reply import Channel, Evaluation, Reply, ResultClass, Verdict
from suggestions.models.suggestion import (
    FORMAL,
    Kind,
    Occasion,
    OurRole,
    Proposer,
    ProposerRole,
    Step,
    Suggestion,
    Transition,
)

__all__ = [
    "FORMAL",
    "Channel",
    "DeadlineMove",
    "DeadlineRule",
    "Evaluation",
    "Extension",
    "ExtensionState",
    "Hearing",
    "Holiday",
    "Kind",
    "Meeting",
    "Occasion",
    "OurRole",
    "Point",
    "Proposer",
    "ProposerRole",
    "Purpose",
    "Reply",
    "ResultClass",
    "Share",
    "Step",
    "Suggestion",
    "Transition",
    "Unit",
    "Utterance",
    "Verdict",
    "Voice",
]
