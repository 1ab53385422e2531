from suggestions.models.consultation import Consultation
from suggestions.models.deadline import DeadlineMove, DeadlineRule, Holiday, Purpose, Unit
from suggestions.models.drafting import Approval, CoHandler, Delivery, Draft, How, Scope
from suggestions.models.extension import Extension, ExtensionState
from suggestions.models.first_task import VISIT_MOVES, FirstTask, FirstVisit, VisitState
from suggestions.models.hearing import Hearing, Meeting, Point, Share, Utterance, Voice
from suggestions.models.letter_head import LetterHead
from suggestions.models.promise import Promise, PromiseMove, ResultMove, ToldHow
from suggestions.models.publication import Publication
from suggestions.models.reply import Channel, Evaluation, Reply, ResultClass, Verdict
from suggestions.models.scan import Scan, ScanKind
from suggestions.models.step import Step, StepKind
from suggestions.models.suggestion import (
    FORMAL,
    Kind,
    Making,
    Occasion,
    Organisation,
    OurRole,
    Proposer,
    ProposerRole,
    Suggestion,
    Transition,
    Wish,
)

__all__ = [
    "FORMAL",
    "VISIT_MOVES",
    "Approval",
    "Channel",
    "CoHandler",
    "Consultation",
    "DeadlineMove",
    "DeadlineRule",
    "Delivery",
    "Draft",
    "Evaluation",
    "Extension",
    "ExtensionState",
    "FirstTask",
    "FirstVisit",
    "Hearing",
    "Holiday",
    "How",
    "Kind",
    "LetterHead",
    "Making",
    "Meeting",
    "Occasion",
    "Organisation",
    "OurRole",
    "Point",
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
    "Share",
    "Step",
    "StepKind",
    "Suggestion",
    "ToldHow",
    "Transition",
    "Unit",
    "Utterance",
    "Verdict",
    "VisitState",
    "Voice",
    "Wish",
]
