"""Official letters and records as .docx drafts, measured by GB/T 9704-2012. Nothing else imports python-docx."""

from common.letters.download import download
from common.letters.paper import Cell, Paper

__all__ = ["Cell", "Paper", "download"]
