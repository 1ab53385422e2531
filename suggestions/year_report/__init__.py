"""办理情况报告: the figures of one year on a page, each a link to its rows, and the draft of the report as .docx."""

from suggestions.year_report.figures import YearReport, build
from suggestions.year_report.paper import draft

__all__ = ["YearReport", "build", "draft"]
