"""Forms of suggestions: they check input, they decide nothing."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet

from common.forms import DayField, RecordForm, RowsField, offer
from common.sensitive import GuardedForm
from common.versions import VersionField
from deputies.forms import DeputiesField, chosen_deputies
from deputies.forms.basics import ChoiceForm, OrderedForm
from deputies.models import Body, Deputy, FieldOfConcern, Level, Term
from staff.models import Department, User
from suggestions.holidays import NoticeRefused, read_notice
from suggestions.models import (
    Channel,
    DeadlineRule,
    Kind,
    Occasion,
    OurRole,
    Proposer,
    ProposerRole,
    Reply,
    ResultClass,
    Suggestion,
    Verdict,
)
from suggestions.promise_forms import PromisedFields, ResultSelect
from suggestions.scan_forms import PaperField

CASE_ADVICE = (
    "主要反映具体案件的，不作为建议提案登记：请按代表委员来信办理，引导通过12309检察服务中心反映，"
    "本系统只留来信编号和日期，不录案情。"
)


PROPOSERS = {"lead": ProposerRole.LEAD, "joint": ProposerRole.JOINT, "second": ProposerRole.SECOND}


class SuggestionForm(GuardedForm, RecordForm):
    """Facts of one item, for registration and for correction."""

    unguarded = ("number",)
    asides = ("about_a_case", *PROPOSERS)
    about_a_case = forms.BooleanField(label="内容主要反映具体案件", required=False, help_text=CASE_ADVICE)
    lead = DeputiesField(label="领衔代表（第一提案人）", error_messages={"required": "请选择领衔代表（第一提案人）。"})
    joint = DeputiesField(label="联名人", required=False)
    second = DeputiesField(label="附议人", required=False)

    class Meta:
        model = Suggestion
        fields = [
            "kind", "body", "level", "term", "session", "number", "received_on", "title", "text", "field",
            "key_supervised", *PROPOSERS,
        ]  # fmt: skip
        field_classes = {"received_on": DayField}
        widgets = {"text": forms.Textarea({"rows": 6})}
        help_texts = {
            "number": "可以以后补填；按届次、会议编排",
            "received_on": "交办函落款日与到院日不同的，填较早的一天",
            "text": "不写案号、当事人和案情",
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in PROPOSERS:
            offer(self, name, Deputy.objects.visible_to(user))
        terms = Term.objects.offered(self.instance.term_id).order_by("body", "level", "-number")
        offer(self, "term", terms, empty="请选择（日常意见可不选）")
        offer(self, "field", FieldOfConcern.objects.offered(self.instance.field_id))
        for name, choices in (("kind", Kind.choices), ("body", Body.choices), ("level", Level.choices)):
            cast(forms.ChoiceField, self.fields[name]).choices = [("", "请选择"), *choices]

    def clean_lead(self) -> Any:
        lead = self.cleaned_data["lead"]
        if len(lead) > 1:
            raise forms.ValidationError("领衔代表（第一提案人）只能有一位，其他人填在联名人中。")
        return lead

    def clean_about_a_case(self) -> bool:
        if self.cleaned_data["about_a_case"]:
            raise forms.ValidationError("没有登记。" + CASE_ADVICE)
        return False

    def proposers(self) -> list[tuple[Deputy, ProposerRole]]:
        return [(deputy, role) for name, role in PROPOSERS.items() for deputy in self.cleaned_data[name]]

    def picked(self) -> list[dict[str, Any]]:
        """The three pickers with whoever is chosen, also after a refused submission."""
        return [
            {
                "name": name,
                "label": self.fields[name].label,
                "selected": chosen_deputies(self[name]),
                "multiple": name != "lead",
                "required": name == "lead",
                "errors": self.errors.get(name) if self.is_bound else None,
            }
            for name in PROPOSERS
        ]


class SuggestionEditForm(SuggestionForm):
    """Once assigned, what the deadline was computed from is shown but no longer sent."""

    version = VersionField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["about_a_case"]
        self.fields["version"].initial = self.instance.version
        if self.instance.assigned_on:
            for name in ("kind", "body", "level", "received_on"):
                self.fields[name].disabled = True
        for row in self.instance.proposers.select_related("deputy").order_by("pk"):
            self.initial.setdefault(row.role, []).append(row.deputy)


class AssignForm(GuardedForm, forms.Form):
    department = forms.ModelChoiceField(Department.objects.none(), label="承办部门", empty_label="请选择")
    our_role = forms.ChoiceField(label="办理性质", choices=OurRole.choices)
    assigned_on = DayField(label="交办日", help_text="法定期限从这一天起算，以交办函落款日为准")
    due_on = DayField(label="交办单位另定的期限", required=False, help_text="没有另定的不填，系统按规定推算")
    due_source = forms.CharField(
        label="另定期限的依据", required=False, max_length=100, help_text="如“交办通知要求六个月内办复”“常委会决议”"
    )

    def __init__(self, *args: Any, suggestion: Suggestion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "department", Department.objects.filter(closed_on=None))
        self.fields["our_role"].initial = suggestion.our_role
        self.fields["assigned_on"].initial = suggestion.assigned_on


class StepForm(GuardedForm, forms.Form):
    happened_on = DayField(label="日期")
    what = forms.CharField(
        label="做了什么",
        max_length=200,
        widget=forms.Textarea({"rows": 3}),
        help_text="如“走访供电公司，现场查看线路走廊”；不写案号和案情",
    )


class ReplyForm(PromisedFields, forms.Form):
    unguarded = ("number",)
    replied_on = DayField(label="答复日期")
    number = forms.CharField(label="答复文号", required=False, max_length=30)
    result_class = forms.ModelChoiceField(
        ResultClass.objects.offered(), label="办理结果", empty_label="请选择", widget=ResultSelect
    )
    signed_by = forms.ModelChoiceField(User.objects.none(), label="签发/带队领导", required=False, empty_label="未填")
    summary = forms.CharField(label="答复要点", max_length=2000, widget=forms.Textarea({"rows": 5}))
    in_person = forms.BooleanField(label="当面答复", required=False, help_text="当面答复同时记为一次联络，不用再登记")
    place = forms.CharField(label="当面答复地点", required=False, max_length=60)
    met = RowsField(
        Deputy.objects.none(),
        label="当面答复了哪几位",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="只在当面答复时记入联络",
    )

    def __init__(self, *args: Any, suggestion: Suggestion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "signed_by", User.objects.leaders(), empty="未填")
        offer(self, "met", _proposers(suggestion))
        self.fields["met"].initial = list(_proposers(suggestion))


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
        waiting = _proposers(reply.suggestion).exclude(pk__in=reply.evaluations.values("deputy"))
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


def _proposers(suggestion: Suggestion) -> QuerySet[Deputy]:
    proposers = Proposer.objects.filter(suggestion=suggestion)
    return Deputy.objects.filter(pk__in=proposers.values("deputy")).with_namesake_hint().order_by("pinyin", "pk")


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
