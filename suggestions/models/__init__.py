from suggestions.models.deadline import DeadlineMove, DeadlineRule, Holiday, Purpose, Unit
from suggestions.models.drafting import Approval, CoHandler, Delivery, Draft, How, Scope
from suggestions.models.extension import Extension, ExtensionState
from suggestions.models.promise import Promise, PromiseMove, ResultMove, ToldHow
from suggestions.models.publication import Publication
from suggestions.models.reply import Channel, Evaluation, Reply, ResultClass, Verdict
from suggestions.models.scan import Scan, ScanKind
from suggestions.models.suggestion import (
    FORMAL,
    Kind,
    Making,
    Occasion,
    Organisation,
    OurRole,
    Proposer,
    ProposerRole,
    Step,
    Suggestion,
    Transition,
    Wish,
)

__all__ = [
    "FORMAL",
    "Approval",
    "Channel",
    "CoHandler",
    "DeadlineMove",
    "DeadlineRule",
    "Delivery",
    "Draft",
    "Evaluation",
    "Extension",
    "ExtensionState",
    "Holiday",
    "How",
    "Kind",
    "Making",
    "Occasion",
    "Organisation",
    "OurRole",
    "Promise",
    "PromiseMove",
    "Proposer",
    "ProposerRole",
    "Publication",
    "Purpose",
    "Reply",
    "ResultClass",
    "ResultMove",
    "Scan",
    "ScanKind",
    "Scope",
    "Step",
    "Suggestion",
    "ToldHow",
    "Transition",
    "Unit",
    "Verdict",
    "Wish",
]
