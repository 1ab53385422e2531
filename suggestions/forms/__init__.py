"""Forms of suggestions: they check input, they decide nothing."""

from suggestions.forms.basics import DeadlineRuleForm, NoticeForm, ResultClassForm
from suggestions.forms.drafting import (
    ApproveForm,
    CoHandlerForm,
    ConsultForm,
    DeliverForm,
    DeliverFurtherForm,
    DraftForm,
    OpinionForm,
    RemarkForm,
    SubmitForm,
    SureForm,
)
from suggestions.forms.moves import (
    AcceptForm,
    CloseForm,
    DistributeForm,
    EvaluationForm,
    ExtensionForm,
    GiveBackForm,
    GrantForm,
    LetterForm,
    ReasonForm,
    RefuseForm,
    ReplyForm,
    StepForm,
)
from suggestions.forms.papers import LetterHeadForm
from suggestions.forms.suggestion import SuggestionEditForm, SuggestionForm

__all__ = [
    "AcceptForm",
    "ApproveForm",
    "CloseForm",
    "CoHandlerForm",
    "ConsultForm",
    "DeadlineRuleForm",
    "DeliverForm",
    "DeliverFurtherForm",
    "DistributeForm",
    "DraftForm",
    "EvaluationForm",
    "ExtensionForm",
    "GiveBackForm",
    "GrantForm",
    "LetterForm",
    "LetterHeadForm",
    "NoticeForm",
    "OpinionForm",
    "ReasonForm",
    "RefuseForm",
    "RemarkForm",
    "ReplyForm",
    "ResultClassForm",
    "StepForm",
    "SubmitForm",
    "SuggestionEditForm",
    "SuggestionForm",
    "SureForm",
]
