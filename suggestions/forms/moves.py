"""The dialogs that move an item on: they check input, they decide nothing."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from common.forms import DayField, RowsField, offer
from common.sensitive import GuardedForm
from common.versions import VersionField
from deputies.models import Deputy
from staff.models import Department, User
from suggestions.forms.promises import PromisedFields, ResultSelect
from suggestions.forms.scans import PaperField
from suggestions.models import Channel, How, OurRole, Proposer, Reply, ResultClass, Step, StepKind, Suggestion, Verdict


class AcceptForm(GuardedForm, forms.Form):
    """受理, and where it is clear at once whose it is, 分办 with it."""

    our_role = forms.ChoiceField(label="办理性质", choices=OurRole.choices)
    lead_unit = forms.CharField(
        label="主办单位", required=False, max_length=60, help_text="本院会办的必填，会办意见送主办单位"
    )
    assigned_by = forms.CharField(
        label="交办单位", required=False, max_length=60, help_text="如“区人大常委会代表工作委员会”“区政协提案委员会”"
    )
    assigned_on = DayField(label="交办日", help_text="法定期限从这一天起算，以交办函落款日为准")
    due_on = DayField(label="交办单位另定的期限", required=False, help_text="没有另定的不填，系统按规定推算")
    due_source = forms.CharField(
        label="另定期限的依据", required=False, max_length=100, help_text="如“交办通知要求六个月内办复”“常委会决议”"
    )
    department = forms.ModelChoiceField(Department.objects.none(), label="承办部门", required=False)
    leader = forms.ModelChoiceField(User.objects.none(), label="分管领导", required=False)

    def __init__(self, *args: Any, suggestion: Suggestion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "department", Department.objects.filter(closed_on=None), empty="以后再分办")
        offer(self, "leader", User.objects.leaders(), empty="任一位院领导")
        self.fields["our_role"].initial = suggestion.our_role
        for name in ("assigned_on", "assigned_by", "lead_unit"):
            self.fields[name].initial = getattr(suggestion, name)


class DistributeForm(GuardedForm, forms.Form):
    department = forms.ModelChoiceField(Department.objects.none(), label="承办部门")
    leader = forms.ModelChoiceField(User.objects.none(), label="分管领导", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "department", Department.objects.filter(closed_on=None))
        offer(self, "leader", User.objects.leaders(), empty="任一位院领导")


class GiveBackForm(GuardedForm, forms.Form):
    """退办; ``late`` asks how the assigning body agreed."""

    reason = forms.CharField(
        label="理由和建议的承办单位",
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        help_text="如“属区住建局职责，建议交该局承办”",
    )
    consent = forms.CharField(label="交办单位意见", max_length=100, help_text="如“区人大代工委李主任11月20日电话同意”")

    def __init__(self, *args: Any, late: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not late:
            del self.fields["consent"]


class LetterForm(GuardedForm, forms.Form):
    """转来信. A register's number is no case number, but may look like one."""

    unguarded = ("letter_number",)
    letter_number = forms.CharField(
        label="来信登记编号", max_length=30, help_text="控申部门或12309登记的编号，不填案号"
    )


class StepForm(GuardedForm, forms.Form):
    """``step`` is the one to correct; a new one also asks whether the whole is worked like a case."""

    happened_on = DayField(label="日期")
    kind = forms.ChoiceField(label="类型", choices=StepKind.choices, initial=StepKind.OTHER)
    what = forms.CharField(
        label="做了什么",
        max_length=200,
        widget=forms.Textarea({"rows": 3}),
        help_text="如“走访供电公司，现场查看线路走廊”；不写案号和案情",
    )
    place = forms.CharField(label="地点", required=False, max_length=60)
    people = forms.CharField(
        label="参加人", required=False, max_length=100, help_text="如“分管副检察长，区应急局、供电公司负责人”"
    )
    as_case = forms.BooleanField(
        label="案件化办理", required=False, help_text="像办案一样一步步办理；办理经过可以印成一页纸"
    )
    version = VersionField()

    def __init__(self, *args: Any, suggestion: Suggestion, step: Step | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["as_case"].initial = suggestion.as_case
        if step is None:
            del self.fields["version"]
            return
        del self.fields["as_case"]
        for name, field in self.fields.items():
            field.initial = getattr(step, name, None)


class AnswerForm(GuardedForm, forms.Form):
    """What went out and whom it has reached. 会办意见 goes to the lead unit, so nobody is asked for."""

    unguarded = ("number",)
    replied_on = DayField(label="答复日期")
    number = forms.CharField(label="答复文号", required=False, max_length=30)
    to = RowsField(
        Deputy.objects.none(),
        label="送达哪几位提出人",
        widget=forms.CheckboxSelectMultiple,
        help_text="每一位提出人都要答复；这次没有送达的，以后再登记",
    )
    how = forms.ChoiceField(
        label="送达方式", choices=How.choices, initial=How.HANDED, help_text="当面答复同时记为一次联络，不用再登记"
    )
    place = forms.CharField(label="当面答复地点", required=False, max_length=60)

    def __init__(self, *args: Any, suggestion: Suggestion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if suggestion.goes_to_lead_unit:
            for name in ("to", "how", "place"):
                del self.fields[name]
            return
        offer(self, "to", proposers_of(suggestion))
        self.fields["to"].initial = list(proposers_of(suggestion))


class ReplyForm(PromisedFields, AnswerForm):
    """An answer that was signed on paper."""

    result_class = forms.ModelChoiceField(
        ResultClass.objects.offered(), label="办理结果", empty_label="请选择", widget=ResultSelect
    )
    signed_by = forms.ModelChoiceField(User.objects.none(), label="签发/带队领导")
    summary = forms.CharField(label="答复要点", max_length=2000, widget=forms.Textarea({"rows": 5}))
    field_order = ["replied_on", "number", "signed_by", "summary", "result_class"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "signed_by", User.objects.leaders())


class ExtensionForm(GuardedForm, forms.Form):
    until = DayField(label="延至", help_text="代表建议最迟不超过交办之日起六个月（《代表法》第五十一条）")
    reason = forms.CharField(label="延期理由", max_length=200, widget=forms.Textarea({"rows": 3}))
    consent = forms.CharField(
        label="交办单位意见", max_length=100, help_text="如“区人大代工委李主任11月20日电话同意”，或复函文号"
    )


class GrantForm(GuardedForm, forms.Form):
    remark = forms.CharField(label="批示", max_length=200, required=False, widget=forms.Textarea({"rows": 3}))


class RefuseForm(GuardedForm, forms.Form):
    remark = forms.CharField(label="意见", max_length=200, widget=forms.Textarea({"rows": 3}))


class EvaluationForm(GuardedForm, forms.Form):
    deputy = forms.ModelChoiceField(Deputy.objects.none(), label="评价人", empty_label="请选择")
    received_on = DayField(label="收到日期")
    attitude = forms.ChoiceField(label="对办理态度", choices=Verdict.choices, widget=forms.RadioSelect)
    result = forms.ChoiceField(label="对办理结果", choices=Verdict.choices, widget=forms.RadioSelect)
    channel = forms.ChoiceField(label="收到方式", choices=Channel.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label="理由或意见",
        required=False,
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        help_text="不满意的必须写明理由，并开启下一轮办理",
    )
    paper = PaperField(label="签名的征询意见表", required=False)

    def __init__(self, *args: Any, reply: Reply, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        waiting = proposers_of(reply.suggestion).exclude(pk__in=reply.evaluations.values("deputy"))
        offer(self, "deputy", waiting)
        if len(waiting) == 1:
            self.fields["deputy"].initial = waiting[0]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        unsatisfied = Verdict.UNSATISFIED in (cleaned.get("attitude"), cleaned.get("result"))
        if unsatisfied and not cleaned.get("reason") and "reason" not in self.errors:
            self.add_error("reason", "评价为不满意的，请写明理由。")
        return cleaned


class CloseForm(GuardedForm, forms.Form):
    """Asks about the missing only where somebody is missing."""

    unreturned = forms.CharField(label="催告情况", max_length=200, widget=forms.Textarea({"rows": 3}))

    def __init__(self, *args: Any, missing: list[Deputy], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not missing:
            del self.fields["unreturned"]
            return
        names = "、".join(deputy.name for deputy in missing)
        self.fields[
            "unreturned"
        ].help_text = f"{names}尚未反馈评价。请写明何时、怎样催告；办结后记为“未反馈”，不计入满意率。"


class ReasonForm(GuardedForm, forms.Form):
    """退回 and 撤回."""

    reason = forms.CharField(label="理由", max_length=200, widget=forms.Textarea({"rows": 3}))


def proposers_of(suggestion: Suggestion) -> QuerySet[Deputy]:
    proposers = Proposer.objects.filter(suggestion=suggestion)
    return Deputy.objects.filter(pk__in=proposers.values("deputy")).with_namesake_hint().order_by("pinyin", "pk")
