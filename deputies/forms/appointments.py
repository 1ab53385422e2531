"""Forms of 聘任: appointed, renewed. A conflict with a seat is told, and has to be seen before it is saved."""

from datetime import timedelta
from typing import Any

from django import forms

from common.calendar import add_months
from common.forms import DayField, RecordForm
from common.sensitive import GuardedForm
from deputies import policies
from deputies.models import Appointment, AppointmentRole, Deputy


class RenewForm(GuardedForm, RecordForm):
    """The next term of an appointment, from the day after the last of the one before."""

    unguarded = ("number",)
    from_on = DayField(label="聘期起")
    to_on = DayField(label="聘期止", required=False)
    conflict_ok = forms.BooleanField(label="已了解上述情况，经研究确需聘任", required=False, widget=forms.HiddenInput)

    class Meta:
        model = Appointment
        fields = ["from_on", "to_on", "number"]

    def __init__(self, *args: Any, deputy: Deputy, before: Appointment | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.deputy, self.settled = deputy, before.role if before else None
        if before and before.to_on:
            first = before.to_on + timedelta(days=1)
            years = max(before.to_on.year - before.from_on.year, 1)
            self.initial.update(from_on=first, to_on=add_months(before.to_on, 12 * years))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        first, last = cleaned.get("from_on"), cleaned.get("to_on")
        if first and last and last < first:
            self.add_error("to_on", "聘期止不能早于聘期起。")
        role = self.settled or cleaned.get("role")
        if role and not cleaned.get("conflict_ok") and (conflict := policies.conflict_of(self.deputy, role)):
            self.fields["conflict_ok"].widget = forms.CheckboxInput()
            self.add_error("conflict_ok", f"{conflict}。请确认后勾选，再保存。")
        return cleaned


class AppointForm(RenewForm):
    role = forms.ModelChoiceField(AppointmentRole.objects.offered(), label="聘任为", empty_label="请选择")
    field_order = ["role", "from_on", "to_on", "number"]

    class Meta(RenewForm.Meta):
        fields = ["role", "from_on", "to_on", "number"]
