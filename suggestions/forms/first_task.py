"""Forms of the 第一任务: who goes to whom, what came of it, what the chief says."""

from typing import Any

from django import forms
from django.db.models import Q

from common.forms import DayField, RowsField, offer
from common.sensitive import GuardedForm
from deputies.forms.dialogs import DialogForm
from deputies.forms.fields import PersonField, colleagues
from staff.models import User
from suggestions.models import FirstVisit, Suggestion, VisitState

OUTCOMES = [(VisitState.MET.value, "已当面答复"), (VisitState.NOT_MET.value, "未能见面")]


class _VisitForm(DialogForm):
    """Fields of plan and result: the leader, who goes along, which items are answered."""

    leader = forms.ModelChoiceField(User.objects.none(), label="走访领导", empty_label=None)
    company = RowsField(User.objects.none(), label="陪同人员", required=False, widget=forms.CheckboxSelectMultiple)
    suggestions = RowsField(
        Suggestion.objects.none(), label="答复哪几件", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, items: list[Suggestion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        visit: FirstVisit = self.instance
        leaders = User.objects.leaders() | User.objects.filter(pk=visit.leader_id)
        offer(self, "leader", leaders, empty=None)
        offer(self, "company", colleagues(also=visit.company.all()).exclude(pk=visit.leader_id))
        known = Q(pk__in=[item.pk for item in items]) | Q(pk__in=visit.suggestions.values("pk"))
        offer(self, "suggestions", Suggestion.objects.filter(known).order_by("-received_on", "-pk"))


class PlanForm(_VisitForm):
    class Meta:
        model = FirstVisit
        fields = ["leader", "starts_at", "place", "suggestions", "company"]
        widgets = {"starts_at": forms.TimeInput({"type": "time"}, format="%H:%M")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.task.fixed_at:
            self.fields["leader"].disabled = True
            self.fields["leader"].help_text = "名单已定稿，换人请先重新拟定；临时由他人走访的，登记结果时更正"


class ResultForm(_VisitForm):
    """The other half is not asked for: what was answered where nobody was met, why not where somebody was."""

    outcome = forms.ChoiceField(label="结果", choices=OUTCOMES, widget=forms.RadioSelect)
    either = ("visited_on", "answered", "why_not")
    field_order = [
        "version", "outcome", "why_not", "visited_on", "place", "suggestions", "answered", "voice", "signed", "leader",
        "company",
    ]  # fmt: skip

    class Meta:
        model = FirstVisit
        fields = [
            "visited_on", "place", "suggestions", "answered", "voice", "signed", "why_not", "leader", "company",
        ]  # fmt: skip
        field_classes = {"visited_on": DayField}
        widgets = {
            "answered": forms.Textarea({"rows": 4}),
            "voice": forms.Textarea({"rows": 3}),
            "why_not": forms.TextInput,
        }
        help_texts = {
            "answered": "已当面答复的必填；不写案号和案情",
            "voice": "代表委员当面说的原话，同时记入意见台账",
            "signed": "面复记录上有代表委员本人签字",
            "why_not": "未能见面的必填，如“在外地出差，改为电话说明”",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        visit: FirstVisit = self.instance
        self.fields["visited_on"].required = False
        self.initial["outcome"] = visit.state if visit.has_result else VisitState.MET
        self.initial["visited_on"] = visit.visited_on or visit.task.the_day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        needed = {
            VisitState.MET: ("answered", "请写明答复了什么。"),
            VisitState.NOT_MET: ("why_not", "请写明未能见面的原因。"),
        }
        name, words = needed.get(VisitState(cleaned.get("outcome") or VisitState.PLANNED), ("", ""))
        if name and name not in self.errors and not cleaned.get(name):
            self.add_error(name, words)
        return cleaned

    def facts(self) -> dict[str, Any]:
        return super().facts() | {"outcome": VisitState(self.cleaned_data["outcome"])}


class AddPersonForm(GuardedForm, forms.Form):
    button = "加入名单"
    deputy = PersonField()
    leader = forms.ModelChoiceField(User.objects.none(), label="走访领导", empty_label="请选择")
    why = forms.CharField(label="为什么要当面答复", max_length=200, widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "leader", User.objects.leaders())


class ConfirmForm(GuardedForm, forms.Form):
    button = "同意"
    remark = forms.CharField(label="批示", max_length=300, required=False, widget=forms.Textarea({"rows": 3}))


class SendBackForm(GuardedForm, forms.Form):
    button = "退回修改"
    remark = forms.CharField(label="怎样修改", max_length=300, widget=forms.Textarea({"rows": 3}))
