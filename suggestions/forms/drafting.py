"""The dialogs of 拟稿, 会办, 审核, 签发 and 送达."""

from typing import Any

from django import forms

from common.forms import DayField, RowsField, offer
from common.sensitive import GuardedForm
from deputies.models import Deputy
from staff.models import User
from suggestions.forms.moves import AnswerForm, proposers_of
from suggestions.forms.promises import PromisedFields, ResultSelect, keepers
from suggestions.models import Draft, How, Reply, ResultClass, Scope, Suggestion

REMARK_ROWS = 3


class DraftForm(PromisedFields, forms.Form):
    """The words of the answer; begins with the last version."""

    result_class = forms.ModelChoiceField(
        ResultClass.objects.offered(), label="办理结果", empty_label="请选择", widget=ResultSelect
    )
    summary = forms.CharField(
        label="答复要点",
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text="台账、印迹和报告中使用，两三句话",
    )
    text = forms.CharField(
        label="答复正文",
        max_length=8000,
        widget=forms.Textarea({"rows": 12}),
        help_text="从“您提出的……收悉”写到“感谢您对检察工作的关心支持”；抬头、落款、公文格式由系统生成",
    )
    scope = forms.ChoiceField(label="公开属性", choices=Scope.choices, initial=Scope.FULL)
    scope_reason = forms.CharField(label="不全文公开的理由", required=False, max_length=100)

    def __init__(self, *args: Any, suggestion: Suggestion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        last = suggestion.draft_to_sign()
        for name in self.fields:
            if last and hasattr(last, name):
                self.fields[name].initial = getattr(last, name)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("scope") != Scope.FULL and not cleaned.get("scope_reason"):
            self.add_error("scope_reason", "不全文公开的，请写明理由。")
        return cleaned


class SureForm(GuardedForm, forms.Form):
    """Nothing to fill in: only the button."""


class SubmitForm(GuardedForm, forms.Form):
    """Asks why the proposers were not heard, only where they were not."""

    unheard = forms.CharField(
        label="没有面商的原因",
        max_length=200,
        widget=forms.Textarea({"rows": 2}),
        help_text="《代表法》第五十一条要求与代表联系沟通，充分听取意见；已经面商的，请先取消，登记面商",
    )

    def __init__(self, *args: Any, is_heard: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_heard:
            del self.fields["unheard"]


class ConsultForm(GuardedForm, forms.Form):
    happened_on = DayField(label="面商日期")
    met = RowsField(Deputy.objects.none(), label="与哪几位提出人面商", widget=forms.CheckboxSelectMultiple)
    place = forms.CharField(label="地点", required=False, max_length=60)
    staff = RowsField(User.objects.none(), label="我院参加人员", widget=forms.SelectMultiple({"size": 5}))
    heard = forms.CharField(label="代表委员的要求和意见", max_length=1500, widget=forms.Textarea({"rows": 4}))

    def __init__(self, *args: Any, suggestion: Suggestion, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "met", proposers_of(suggestion))
        offer(self, "staff", keepers())
        self.fields["met"].initial = list(proposers_of(suggestion))
        self.fields["staff"].initial = [user]


class _OfDraftForm(GuardedForm, forms.Form):
    """What is decided is the version that was read."""

    draft = forms.ModelChoiceField(Draft.objects.none(), widget=forms.HiddenInput)

    def __init__(self, *args: Any, suggestion: Suggestion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "draft", suggestion.drafts.all())
        self.fields["draft"].initial = suggestion.draft_to_sign()


class ApproveForm(_OfDraftForm):
    remark = forms.CharField(
        label="批示（意见）", max_length=300, required=False, widget=forms.Textarea({"rows": REMARK_ROWS})
    )


class RemarkForm(_OfDraftForm):
    remark = forms.CharField(label="需要修改什么", max_length=300, widget=forms.Textarea({"rows": REMARK_ROWS}))


class CoHandlerForm(GuardedForm, forms.Form):
    unit = forms.CharField(label="会办单位", max_length=60)
    asked_on = DayField(label="商请日期")


class OpinionForm(GuardedForm, forms.Form):
    received_on = DayField(label="收到日期")
    opinion = forms.CharField(
        label="会办意见要点",
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text="经催告仍未回复的，写明何时、怎样催告",
    )


class DeliverForm(AnswerForm):
    """What was signed goes out."""


class DeliverFurtherForm(GuardedForm, forms.Form):
    on = DayField(label="送达日期")
    to = RowsField(Deputy.objects.none(), label="送达哪几位提出人", widget=forms.CheckboxSelectMultiple)
    how = forms.ChoiceField(label="送达方式", choices=How.choices, initial=How.HANDED)

    def __init__(self, *args: Any, reply: Reply, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        waiting = proposers_of(reply.suggestion).exclude(pk__in=reply.deliveries.values("deputy"))
        offer(self, "to", waiting)
        self.fields["to"].initial = list(waiting)
