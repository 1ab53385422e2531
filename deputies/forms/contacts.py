"""Forms of the ledger: a contact, the quick log, words, things to do."""

import uuid
from datetime import date
from typing import Any

from django import forms

from common.forms import DayField, RecordForm, RowsField, offer
from common.sensitive import GuardedForm
from common.versions import VersionField
from deputies.forms.fields import Chosen, DeputiesField, chosen_deputies, colleagues
from deputies.models import Contact, ContactMethod, Deputy, FieldOfConcern, Opinion
from staff.models import User


class ContactForm(GuardedForm, RecordForm):
    """A contact: who, how, when, where, what. ``today`` is the last day that can be logged."""

    deputies = DeputiesField()
    method = forms.ModelChoiceField(
        ContactMethod.objects.none(),
        label="方式",
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": "请选择联络方式。"},
    )
    happened_on = DayField(label="日期")

    class Meta:
        model = Contact
        fields = ["deputies", "method", "happened_on", "place", "note"]
        error_messages = {"note": {"required": "请填写联络内容。"}}
        widgets: dict[str, forms.Widget] = {
            "note": forms.Textarea(attrs={"rows": 4, "placeholder": "谈了什么、对方关心什么"})
        }

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        methods = ContactMethod.objects.offered(self.instance.method_id)
        offer(self, "method", methods.exclude(code__in=ContactMethod.WRITTEN_BY_THE_PROGRAM), empty=None)
        happened_on = self.fields["happened_on"]
        assert isinstance(happened_on, DayField)
        happened_on.stay_before(today)

    @property
    def picked(self) -> list[Chosen]:
        return chosen_deputies(self["deputies"])


class ContactEditForm(ContactForm):
    version = VersionField()
    staff = RowsField(User.objects.none(), label="我院人员", required=False, widget=forms.CheckboxSelectMultiple)

    class Meta(ContactForm.Meta):
        fields = ["deputies", "method", "happened_on", "started_at", "place", "staff", "note"]
        widgets = {**ContactForm.Meta.widgets, "started_at": forms.TimeInput(attrs={"type": "time"}, format="%H:%M")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "staff", colleagues(also=self.instance.staff.all()))


class QuickLogForm(ContactForm):
    """The quick log: a contact, and if wanted the words of one of them and something to do next."""

    # The words and the thing to do are actions of their own: ``said`` and ``promised``.
    asides = ("words", "speaker", "what", "due_on")
    idempotency_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    words = forms.CharField(
        label="意见（原话）",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "placeholder": "代表委员怎么说，就怎么记"}),
    )
    speaker = forms.ModelChoiceField(Deputy.objects.none(), label="谁的原话", required=False, empty_label="请选择")
    what = forms.CharField(label="后续事项", max_length=200, required=False)
    due_on = DayField(label="完成期限", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "speaker", Deputy.objects.filter(pk__in=[chosen.pk for chosen in self.picked]))

    @property
    def asks_for_speaker(self) -> bool:
        """The choice of a speaker is drawn only where it is needed."""
        return self.is_bound and len(self.picked) > 1

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("words"):
            self._settle_speaker(cleaned)
        if cleaned.get("what") and not cleaned.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", "请填写后续事项的完成期限。")
        return cleaned

    def _settle_speaker(self, cleaned: dict[str, Any]) -> None:
        """With one deputy the words are his or hers; with several somebody has to say whose."""
        there = list(cleaned.get("deputies") or [])
        if len(there) == 1:
            cleaned["speaker"] = there[0]
        elif there and not cleaned.get("speaker") and "speaker" not in self.errors:
            self.add_error("speaker", "有多位代表委员，请选择这是谁的原话。")

    @property
    def said(self) -> tuple[Deputy, str] | None:
        return (self.cleaned_data["speaker"], self.cleaned_data["words"]) if self.cleaned_data["words"] else None

    @property
    def promised(self) -> tuple[str, date] | None:
        return (self.cleaned_data["what"], self.cleaned_data["due_on"]) if self.cleaned_data["what"] else None


class OpinionForm(GuardedForm, RecordForm):
    field = forms.ModelChoiceField(FieldOfConcern.objects.offered(), label="领域", required=False, empty_label="未定")

    class Meta:
        model = Opinion
        fields = ["deputy", "words", "field", "outcome"]
        widgets = {"words": forms.Textarea(attrs={"rows": 3}), "outcome": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, contact: Contact, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = contact.deputies.order_by("pinyin", "pk")
        offer(self, "deputy", there, empty=None if there.count() == 1 else "请选择")


class FollowUpForm(GuardedForm, forms.Form):
    what = forms.CharField(label="事项", max_length=200)
    owner = forms.ModelChoiceField(User.objects.none(), label="责任人", empty_label="请选择")
    due_on = DayField(label="期限")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "owner", colleagues())
