"""Forms of the lists that the office keeps. Those of higher apps build on :class:`ChoiceForm`."""

from typing import Any

from django import forms
from django.db.models import Max

from common.forms import DayField
from deputies.forms.dialogs import DialogForm
from deputies.models import AppointmentRole, Area, Body, ContactMethod, FieldOfConcern, Level, Term


class ChoiceForm(DialogForm):
    """One row, new or to be edited. ``once`` names the fields that together no two rows share."""

    once: tuple[str, ...] = ("name",)

    @property
    def rows(self) -> Any:
        return type(self.instance)._default_manager.all()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        key = {name: cleaned.get(name) for name in self.once}
        if None not in key.values() and self.rows.filter(**key).exclude(pk=self.instance.pk).exists():
            self.add_error(self.once[-1], "列表中已有这一项；如已停用，恢复使用即可。")
        return cleaned


class OrderedForm(ChoiceForm):
    """A row with a place among the others; a new one comes last."""

    order = forms.IntegerField(label="排序", min_value=0, max_value=999, help_text="数字小的排在前面")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            last = self.rows.aggregate(last=Max("order"))["last"] or 0
            self.initial["order"] = min(last + 1, 999)


class TermForm(ChoiceForm):
    body = forms.ChoiceField(label="性质", choices=[("", "请选择"), *Body.choices])
    level = forms.ChoiceField(label="层级", choices=[("", "请选择"), *Level.choices])
    number = forms.IntegerField(label="届次", min_value=1, max_value=99, help_text="第几届，只填数字")
    starts_on = DayField(label="开始日期", help_text="本届首次会议召开之日")
    ends_on = DayField(
        label="结束日期", required=False, help_text="下一届首次会议召开后填写；代表委员的身份另在各人档案中终止"
    )
    once = ("body", "level", "place", "number")

    class Meta:
        model = Term
        fields = ["body", "level", "place", "number", "starts_on", "ends_on"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if (cleaned.get("body"), cleaned.get("level")) == (Body.CPPCC, Level.TOWN):
            self.add_error("level", "乡镇不设政协，请选择区级以上。")
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", "结束日期不能早于开始日期。")
        return cleaned


class AreaForm(OrderedForm):
    class Meta:
        model = Area
        fields = ["name", "order"]
        help_texts = {"name": "乡镇、街道或片区"}


class FieldForm(OrderedForm):
    class Meta:
        model = FieldOfConcern
        fields = ["name", "order"]


class MethodForm(OrderedForm):
    class Meta:
        model = ContactMethod
        fields = ["name", "is_touch", "order"]
        help_texts = {"is_touch": "群发寄送等不计入。改动后，以往同一方式的联络随之计入或不计入"}


class RoleForm(OrderedForm):
    class Meta:
        model = AppointmentRole
        fields = ["name", "order"]
