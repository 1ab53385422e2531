"""Forms of the lists that the office keeps. Those of higher apps build on :class:`ChoiceForm`."""

from typing import Any

from django import forms
from django.db.models import Max

from common.forms import DayField
from deputies.forms.dialogs import DialogForm
from deputies.models import AppointmentRole, Area, Body, ContactMethod, FieldOfConcern, Level, Term

ORDER = {"order": "数字小的排在前面"}


class ChoiceForm(DialogForm):
    """One row, new or to be edited. ``once`` names the fields that together no two rows share."""

    once: tuple[str, ...] = ("name",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "order" in self.fields and not self.instance.pk:
            last = self.rows.aggregate(last=Max("order"))["last"] or 0
            self.initial["order"] = last + 1

    @property
    def rows(self) -> Any:
        return type(self.instance)._default_manager.all()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        key = {name: cleaned.get(name) for name in self.once}
        if None not in key.values() and self.rows.filter(**key).exclude(pk=self.instance.pk).exists():
            self.add_error(self.once[-1], "列表中已有这一项；如已停用，恢复使用即可。")
        return cleaned


class TermForm(ChoiceForm):
    starts_on = DayField(label="开始日期", help_text="本届首次会议召开之日")
    ends_on = DayField(
        label="结束日期", required=False, help_text="下一届首次会议召开后填写；代表委员的身份另在各人档案中终止"
    )
    once = ("body", "level", "place", "number")

    class Meta:
        model = Term
        fields = ["body", "level", "place", "number", "starts_on", "ends_on"]
        help_texts = {"number": "第几届，只填数字"}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if (cleaned.get("body"), cleaned.get("level")) == (Body.CPPCC, Level.TOWN):
            self.add_error("level", "乡镇不设政协，请选择区级以上。")
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", "结束日期不能早于开始日期。")
        return cleaned

    def clean_number(self) -> int:
        number: int = self.cleaned_data["number"]
        if not 1 <= number <= 99:
            raise forms.ValidationError("届次请填 1 到 99 的数字。")
        return number


class AreaForm(ChoiceForm):
    class Meta:
        model = Area
        fields = ["name", "order"]
        help_texts = {"name": "乡镇、街道或片区", **ORDER}


class FieldForm(ChoiceForm):
    class Meta:
        model = FieldOfConcern
        fields = ["name", "order"]
        help_texts = ORDER


class MethodForm(ChoiceForm):
    class Meta:
        model = ContactMethod
        fields = ["name", "is_touch", "order"]
        help_texts = {"is_touch": "群发寄送等不计入。改动后，以往同一方式的联络随之计入或不计入", **ORDER}


class RoleForm(ChoiceForm):
    class Meta:
        model = AppointmentRole
        fields = ["name", "order"]
        help_texts = ORDER
