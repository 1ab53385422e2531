"""Forms of scans."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from common.papers import ACCEPT
from common.sensitive import GuardedForm, refuse_numbers
from suggestions.models import ScanKind

# Evaluations and promises have a door of their own.
KINDS = [choice for choice in ScanKind.choices if choice[0] not in (ScanKind.EVALUATION, ScanKind.PROOF)]


class PaperField(forms.FileField):
    """A signed paper; its content is checked by ``common.papers``, its name like any free text."""

    widget = forms.FileInput

    def __init__(self, **kwargs: Any) -> None:
        size = f"PDF、JPG 或 PNG，不超过 {settings.SCAN_MAX_MB} MB；不要上传含案情、案号的材料"
        super().__init__(**{"label": "扫描件", "help_text": size, "max_length": 200, **kwargs})
        self.widget.attrs["accept"] = ACCEPT

    def clean(self, data: Any, initial: Any = None) -> UploadedFile | None:
        found = super().clean(data, initial)
        if found:
            refuse_numbers(found.name)
        return found or None


class ScanForm(GuardedForm, forms.Form):
    kind = forms.ChoiceField(label="材料", choices=KINDS)
    paper = PaperField()


class PaperForm(GuardedForm, forms.Form):
    """Where it is plain what the paper is."""

    paper = PaperField()


class RemovalForm(GuardedForm, forms.Form):
    reason = forms.CharField(label="移除的理由", max_length=200, widget=forms.Textarea({"rows": 3}))
