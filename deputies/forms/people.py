"""Forms of a person's file: facts, seats, appointments."""

import re
import unicodedata
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from common.forms import RecordForm, RowsField, offer
from common.sensitive import GuardedForm
from common.versions import VersionField
from deputies.forms.fields import MonthField, OfferedField, groups_offered, offer_words
from deputies.models import Area, Deputy, FieldOfConcern, Sex, Term

_PHONE = re.compile(r"\+?[\d\- ]{5,20}")


class DeputyForm(GuardedForm, RecordForm):
    """File of a person. The telephone number is never shown here: an empty field leaves it as it is."""

    unguarded = ("phone", "pinyin")
    asides = ("other_person", "clear_phone")
    never_shown = ("phone",)
    sex = forms.ChoiceField(label="性别", required=False, choices=[("", "未填"), *Sex.choices])
    area = forms.ModelChoiceField(Area.objects.none(), label="板块", required=False, empty_label="未定")
    born_on = MonthField(label="出生年月", required=False)
    phone = forms.CharField(label="联系电话", max_length=20, required=False)
    clear_phone = forms.BooleanField(label="删除现有电话", required=False)
    fields_of_concern = RowsField(
        FieldOfConcern.objects.none(), label="关注领域", required=False, widget=forms.CheckboxSelectMultiple
    )
    other_person = forms.BooleanField(label="是另一个人，继续建档", required=False, widget=forms.HiddenInput)

    class Meta:
        model = Deputy
        fields = [
            "name", "pinyin", "sex", "ethnic_group", "born_on", "party", "second_party", "education", "unit", "post",
            "profession", "area", "phone", "preferred_contact", "fields_of_concern", "photo_consent", "words_consent",
        ]  # fmt: skip
        help_texts = {"pinyin": "自动生成；多音字读错时请改正，每个音节之间空一格，如“shan xiao ming”"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer_lists()
        self.initial["phone"] = ""
        self.namesakes: list[Deputy] = []
        phone = self.instance.masked_phone
        self.fields["phone"].widget.attrs["placeholder"] = f"现为 {phone}，不改请留空" if phone else ""
        if not phone:
            del self.fields["clear_phone"]

    def _offer_lists(self) -> None:
        """The rows in use and those that this person already has."""
        had = self.instance.fields_of_concern.values_list("pk", flat=True) if self.instance.pk else []
        offer(self, "area", Area.objects.offered(self.instance.area_id), empty="未定")
        offer(self, "fields_of_concern", FieldOfConcern.objects.offered(*had))

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        odd = [char for char in name if unicodedata.category(char) in ("Co", "Cs", "Cn")]
        if odd:
            raise ValidationError(
                "姓名中有自造字，换一台电脑就无法显示。请改用国家标准字形（输入法的生僻字模式），或联系系统管理员。"
            )
        return name

    def clean_born_on(self) -> date | None:
        born_on: date | None = self.cleaned_data["born_on"]
        if born_on and born_on > timezone.localdate():
            raise ValidationError("出生年月在今天之后，请核对。")
        return born_on

    def clean_phone(self) -> str:
        phone: str = self.cleaned_data["phone"]
        if phone and not _PHONE.fullmatch(phone):
            raise ValidationError("请填写电话号码，只用数字、空格和“-”。")
        return phone

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "name" in cleaned and (not self.instance.pk or cleaned["name"] != self.instance.name):
            self._ask_about_namesakes(cleaned)
        if not cleaned.get("phone") and not cleaned.pop("clear_phone", False):
            cleaned["phone"] = self.instance.phone
        return cleaned

    def _ask_about_namesakes(self, cleaned: dict[str, Any]) -> None:
        self.namesakes = list(Deputy.objects.named(cleaned["name"]).exclude(pk=self.instance.pk).by_name())
        if self.namesakes and not cleaned.get("other_person"):
            self.fields["other_person"].widget = forms.CheckboxInput()
            self.add_error(
                "other_person", "已有同名的代表委员。如是同一个人，请打开其档案；如是另一个人，请勾选后保存。"
            )


class DeputyEditForm(DeputyForm):
    version = VersionField()


class PhoneExportForm(GuardedForm, forms.Form):
    """Why numbers leave the system; the auditor reads it."""

    button, downloads = "导出", True
    reason = forms.CharField(
        label="事由",
        min_length=4,
        max_length=100,
        help_text="如“3月5日检察开放日逐一电话邀请”。事由、时间和人数写入操作记录；用后请及时删除文件。",
        error_messages={"min_length": "请写明用在哪里，至少四个字。"},
    )


class PhotoForm(forms.Form):
    photo = forms.FileField(
        label="照片",
        widget=forms.FileInput(attrs={"accept": "image/*"}),
        help_text="半身近照最好；会自动扶正、缩小，并去掉拍摄地点等信息",
        error_messages={"required": "请选择照片。", "empty": "文件是空的，请重新选择照片。"},
    )


class TermField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Term) -> str:
        return f"{obj.seat_name}（{obj}）"


class SeatForm(GuardedForm, forms.Form):
    unguarded = ("certificate_no",)
    term = TermField(Term.objects.none(), label="届别", empty_label="请选择")
    group = OfferedField(label="代表团/界别", max_length=40, required=False)
    certificate_no = forms.CharField(label="证号", max_length=20, required=False)
    committee_post = forms.CharField(label="常委会/专委会职务", max_length=40, required=False)

    def __init__(self, *args: Any, required: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "term", Term.objects.offered().order_by("body", "level", "place", "-number"))
        self.fields["term"].required = required
        offer_words(self, "group", groups_offered())
