"""Drafts of the papers of one item as .docx: facts (plain values) → wording → bytes."""

from suggestions.documents.catalogue import EACH, Paperwork, check_fits, fitting, offered
from suggestions.documents.make import document

__all__ = ["EACH", "Paperwork", "check_fits", "document", "fitting", "offered"]
