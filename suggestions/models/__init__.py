from suggestions.models.deadline import DeadlineMove, DeadlineRule, Holiday, Purpose, Unit
from suggestions.models.extension import Extension, ExtensionState
from suggestions.models.promise import Promise, PromiseMove, ResultMove, ToldHow
from suggestions.models.reply import Channel, Evaluation, Reply, ResultClass, Verdict
from suggestions.models.scan import Scan, ScanKind
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
    "Holiday",
    "Kind",
    "Occasion",
    "OurRole",
    "Promise",
    "PromiseMove",
    "Proposer",
    "ProposerRole",
    "Purpose",
    "Reply",
    "ResultClass",
    "ResultMove",
    "Scan",
    "ScanKind",
    "Step",
    "Suggestion",
    "ToldHow",
    "Transition",
    "Unit",
    "Verdict",
]
