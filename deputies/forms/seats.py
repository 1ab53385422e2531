"""Forms that change what a deputy is: a seat corrected or moved, an appointment ended."""

from datetime import date
from typing import Any

from django import forms

from common.forms import DayField
from common.sensitive import GuardedForm
from common.versions import VersionField
from deputies.forms.dialogs import DialogForm
from deputies.models import Appointment, Mandate, MandateState, NeutralReason


class SeatEditForm(DialogForm):
    unguarded = ("certificate_no",)

    class Meta:
        model = Mandate
        fields = ["group", "certificate_no", "committee_post"]


class SeatMoveForm(GuardedForm, forms.Form):
    """When and why a seat is left, or from when it is held again: no day before the 届, none in the future.

    The reason is one of a few neutral words, so that no case can be written here.
    """

    on = DayField(label="日期")
    reason = forms.TypedChoiceField(
        label="原因",
        choices=NeutralReason.choices,
        coerce=NeutralReason,
        widget=forms.RadioSelect,
        help_text="只记中性原因；涉及案件的一律选“其他”，不作说明。",
    )
    version = VersionField()

    def __init__(self, *args: Any, seat: Mandate, state: MandateState, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"version": seat.version, "on": today}, **kwargs)
        self.first = seat.term.starts_on
        day = self.fields["on"]
        assert isinstance(day, DayField)
        day.stay_before(today)
        if state == MandateState.SERVING:
            del self.fields["reason"]

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on < self.first:
            raise forms.ValidationError(f"不能早于本届开始的 {self.first:%Y-%m-%d}。")
        return on


class EndAppointmentForm(GuardedForm, forms.Form):
    on = DayField(label="解聘日期", help_text="从这一天起不再聘任")
    reason = forms.CharField(
        label="原因", max_length=40, widget=forms.TextInput(attrs={"placeholder": "如“工作调整”“本人申请”"})
    )

    def __init__(self, *args: Any, appointment: Appointment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.first, self.last = appointment.from_on, appointment.to_on

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on < self.first:
            raise forms.ValidationError(f"不能早于聘期开始的 {self.first:%Y-%m-%d}。")
        if self.last and on > self.last:
            raise forms.ValidationError(f"聘期到 {self.last:%Y-%m-%d} 届满，届满的不用解聘。")
        return on
