"""What is said of a photo: caption, who is to be seen, whether it may be printed."""

from typing import Any

from django import forms

from common.forms import RowsField, offer
from deputies.forms.dialogs import DialogForm
from deputies.models import ContactPhoto, Deputy
from deputies.models.deputy import DeputyQuerySet


class KeptPhotoForm(DialogForm):
    """``present`` are those who may be in the picture."""

    class Meta:
        fields = ["caption", "deputies", "printable"]
        field_classes = {"deputies": RowsField}
        widgets = {"deputies": forms.CheckboxSelectMultiple}
        help_texts = {
            "deputies": "只印入照片中本人的检察印迹；都不勾选表示合影或现场全景",
            "printable": "照片中有未成年人正脸，或当事人不宜公开的，请取消勾选",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "deputies", self.present().with_namesake_hint().order_by("pinyin", "pk"))

    def present(self) -> DeputyQuerySet:
        raise NotImplementedError


class ContactPhotoForm(KeptPhotoForm):
    class Meta(KeptPhotoForm.Meta):
        model = ContactPhoto

    def present(self) -> DeputyQuerySet:
        return Deputy.objects.filter(met__contact=self.instance.contact)
