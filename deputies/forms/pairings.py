"""Forms of 挂钩: a new pairing, somebody who takes over, the last day, a correction."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q

from common.forms import DayField, offer
from common.sensitive import GuardedForm
from deputies.forms.dialogs import DialogForm
from deputies.forms.fields import PersonField, colleagues
from deputies.models import Area, Deputy, Pairing
from staff.models import User


class TakeOverForm(GuardedForm, forms.Form):
    """Who looks after an area or a person from now on."""

    leader = forms.ModelChoiceField(User.objects.none(), label="挂钩领导", empty_label="请选择")
    liaison = forms.ModelChoiceField(User.objects.none(), label="联络员", required=False, empty_label="未定")
    from_on = DayField(label="起")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "leader", User.objects.leaders())
        offer(self, "liaison", colleagues(), empty="未定")


class PairForm(TakeOverForm):
    asides = either = ("area", "deputy")
    area = forms.ModelChoiceField(Area.objects.none(), label="板块", required=False, empty_label="不按板块")
    deputy = PersonField(label="或某位代表委员", required=False)
    field_order = ["area", "deputy", "leader", "liaison", "from_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "area", Area.objects.offered(), empty="不按板块")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not {"area", "deputy"} & self.errors.keys() and bool(cleaned.get("area")) == bool(cleaned.get("deputy")):
            self.add_error("deputy", "请选择一个板块，或者一位代表委员，二者选一。")
        return cleaned

    @property
    def whom(self) -> Area | Deputy:
        found: Area | Deputy = self.cleaned_data["area"] or self.cleaned_data["deputy"]
        return found


class PairingEndForm(forms.Form):
    on = DayField(label="最后一天")

    def __init__(self, *args: Any, pairing: Pairing, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["on"], self.first = today, pairing.from_on

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on < self.first:
            raise forms.ValidationError(f"不能早于开始的 {self.first:%Y-%m-%d}。")
        return on


class PairingEditForm(DialogForm):
    leader = forms.ModelChoiceField(User.objects.none(), label="挂钩领导", empty_label=None)
    liaison = forms.ModelChoiceField(User.objects.none(), label="联络员", required=False, empty_label="未定")
    from_on = DayField(label="起")
    to_on = DayField(label="止", required=False, help_text="仍在挂钩的请留空")

    class Meta:
        model = Pairing
        fields = ["leader", "liaison", "from_on", "to_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = User.objects.filter(Q(pk=self.instance.leader_id) | Q(pk=self.instance.liaison_id))
        offer(self, "leader", User.objects.leaders() | User.objects.filter(pk=self.instance.leader_id), empty=None)
        offer(self, "liaison", colleagues(also=named), empty="未定")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        first, last = cleaned.get("from_on"), cleaned.get("to_on")
        if first and last and last < first:
            self.add_error("to_on", "止不能早于起。")
        return cleaned
