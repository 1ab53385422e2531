"""What the office keeps: rules of deadlines, holidays, result classes."""

from typing import Any

from django import forms

from common.forms import DayField
from common.sensitive import GuardedForm
from deputies.forms.basics import ChoiceForm, OrderedForm
from deputies.models import Body, Level
from suggestions.holidays import NoticeRefused, read_notice
from suggestions.models import DeadlineRule, Kind, Occasion, ResultClass


class DeadlineRuleForm(ChoiceForm):
    kind = forms.ChoiceField(label="类别", choices=[("", "各类"), *Kind.choices], required=False)
    body = forms.ChoiceField(label="性质", choices=[("", "人大、政协"), *Body.choices], required=False)
    level = forms.ChoiceField(label="层级", choices=[("", "各级"), *Level.choices], required=False)
    occasion = forms.ChoiceField(label="提出时间", choices=[("", "不限"), *Occasion.choices], required=False)
    amount = forms.IntegerField(label="时长", min_value=1, max_value=365)
    valid_from = DayField(label="自何日起适用", help_text="这一天及以后交办（或收到不满意评价）的，按这一条")
    once = ("purpose", "kind", "body", "level", "occasion", "valid_from")

    class Meta:
        model = DeadlineRule
        fields = ["purpose", "kind", "body", "level", "occasion", "amount", "unit", "source", "valid_from"]
        help_texts = {"source": "写明法条或院内规定；没有全国统一规定的，请写明“参照”"}


class NoticeForm(GuardedForm, forms.Form):
    """The holidays of one year, as the notice says them."""

    text = forms.CharField(
        label="通知正文",
        max_length=5000,
        widget=forms.Textarea({"rows": 10}),
        help_text="粘贴国务院办公厅通知全文即可，系统逐个节日识别；也可以直接修改，每个节日一行",
    )
    source = forms.CharField(label="依据", max_length=60, help_text="通知文号，如“国办发明电〔2025〕7号”")

    def __init__(self, *args: Any, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.year = year

    def clean_text(self) -> str:
        try:
            self.rows = read_notice(self.cleaned_data["text"], self.year)
        except NoticeRefused as refused:
            raise forms.ValidationError(str(refused)) from None
        return str(self.cleaned_data["text"])


class ResultClassForm(OrderedForm):
    """The letter is printed in replies that went out: it is chosen once."""

    once = ("code",)

    class Meta:
        model = ResultClass
        fields = ["code", "name", "promises", "order"]
        help_texts = {
            "code": "一个字母，登记后不再改动",
            "promises": "勾选的，答复时须写明承诺事项、完成时限和责任人，列入承诺台账，到二次答复为止",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].disabled = bool(self.instance.pk)
