"""What of 基础资料 belongs to suggestions."""

from deputies.views.basics import Section
from suggestions.forms import DeadlineRuleForm, ResultClassForm

RESULTS = Section("suggestions", "results", ResultClassForm, "答复时选择。", ("promises",))
RULES = Section(
    "suggestions",
    "rules",
    DeadlineRuleForm,
    "交办时按这里推算期限：同时符合几条的，按写得最具体的一条。改动只对此后交办的有效，已经算出的期限不变。",
    ("source", "valid_from"),
)
