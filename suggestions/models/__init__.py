from suggestions.models.deadline import DeadlineMove, DeadlineRule, Holiday, Purpose, Unit
from suggestions.models.extension import Extension, ExtensionState
from suggestions.models.first_task import VISIT_MOVES, FirstTask, FirstVisit, VisitState
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
    "VISIT_MOVES",
    "Channel",
    "DeadlineMove",
    "DeadlineRule",
    "Evaluation",
    "Extension",
    "ExtensionState",
    "FirstTask",
    "FirstVisit",
    "Holiday",
    "Kind",
    "Occasion",
    "OurRole",
    "Proposer",
    "ProposerRole",
    "Purpose",
    "Reply",
    "ResultClass",
    "Step",
    "Suggestion",
    "Transition",
    "Unit",
    "Verdict",
    "VisitState",
]
