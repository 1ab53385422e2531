"""The facts of one item, for registration and for correction."""

from typing import Any, cast

from django import forms

from common.forms import DayField, RecordForm, offer
from common.sensitive import GuardedForm
from common.versions import VersionField
from deputies.forms import DeputiesField, chosen_deputies
from deputies.models import Body, Deputy, FieldOfConcern, Level, Term
from staff.models import User
from suggestions.models import Kind, Organisation, ProposerRole, Suggestion, Wish

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
            "organisation_kind", "organisation", "publication_wish", "assigned_by", "key_supervised", "as_case",
            *PROPOSERS,
        ]  # fmt: skip
        field_classes = {"received_on": DayField}
        widgets = {"text": forms.Textarea({"rows": 6})}
        help_texts = {
            "number": "可以以后补填；按届次、会议编排",
            "received_on": "交办函落款日与到院日不同的，填较早的一天",
            "text": "不写案号、当事人和案情",
            "organisation": "集体提案、代表团建议填提案单位全称；下面的领衔人填其负责人或联系人",
            "as_case": "像办案一样一步步办理；办理经过可以印成一页纸",
            "assigned_by": "如“区人大常委会代表工作委员会”“区政协提案委员会”",
        }
        labels = {
            "organisation_kind": "集体提出的单位类别",
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in PROPOSERS:
            offer(self, name, Deputy.objects.visible_to(user))
        terms = Term.objects.offered(self.instance.term_id).order_by("body", "level", "-number")
        offer(self, "term", terms, empty="请选择（日常意见可不选）")
        offer(self, "field", FieldOfConcern.objects.offered(self.instance.field_id))
        for name, choices, empty in (
            ("organisation_kind", Organisation.choices, "不是集体提出"),
            ("publication_wish", Wish.choices, "未表示"),
        ):
            cast(forms.ChoiceField, self.fields[name]).choices = [("", empty), *choices]
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
