"""What of 基础资料 belongs to suggestions."""

from deputies.views.basics import Section
from suggestions.forms import ResultClassForm

RESULTS = Section("suggestions", "results", ResultClassForm, "答复时选择。", ("promises",))
