"""暂缓联络: until when, and why."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from common.forms import DayField
from common.sensitive import GuardedForm

_LONGEST = 366


class PauseForm(GuardedForm, forms.Form):
    until = DayField(label="暂缓至", help_text="含当天；过了这一天自动恢复")
    reason = forms.CharField(
        label="原因", max_length=60, help_text="如“出国学习”“手术休养”，代表委员本人看了也合适的话"
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["until"].widget.attrs["min"] = today.isoformat()

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        if until < self.today:
            raise ValidationError("请选择今天或以后的一天。")
        if (until - self.today).days > _LONGEST:
            raise ValidationError("最长暂缓一年，到期后可以再登记。")
        return until
