"""Forms of the ledger: a contact, words, things to do."""

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


class OpinionForm(GuardedForm, RecordForm):
    field = forms.ModelChoiceField(FieldOfConcern.objects.offered(), label="领域", required=False, empty_label="未定")

    class Meta:
        model = Opinion
        fields = ["deputy", "words", "field", "outcome"]
        widgets = {"words": forms.Textarea(attrs={"rows": 3}), "outcome": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, contact: Contact, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = Deputy.objects.filter(met__contact=contact).with_namesake_hint().by_name()
        alone = there.count() == 1
        offer(self, "deputy", there, empty=None if alone else "请选择")
        if alone:
            self.fields["words"].widget.attrs["autofocus"] = True


class FollowUpForm(GuardedForm, forms.Form):
    what = forms.CharField(label="事项", max_length=200)
    owner = forms.ModelChoiceField(User.objects.none(), label="责任人", empty_label="请选择")
    due_on = DayField(label="期限")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "owner", colleagues())
