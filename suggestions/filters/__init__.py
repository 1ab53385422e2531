"""What lists are narrowed by; the figures of ``stats`` name their rows by these query strings."""

from suggestions.filters.first_task import FirstVisitFilter
from suggestions.filters.hearings import HearingFilter, UtteranceFilter
from suggestions.filters.promises import PromiseFilter
from suggestions.filters.suggestions import SuggestionFilter

__all__ = ["FirstVisitFilter", "HearingFilter", "PromiseFilter", "SuggestionFilter", "UtteranceFilter"]
