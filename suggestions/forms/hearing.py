"""Forms of what is heard in session and of its decomposition."""

from typing import Any, cast

from django import forms

from common.forms import DayField, RowsField, offer
from common.sensitive import GuardedForm
from common.versions import VersionField
from deputies.forms.dialogs import DialogForm
from deputies.forms.fields import OfferedField, PersonField, colleagues, groups_offered, offer_words
from deputies.models import Term
from staff.models import Department, User
from suggestions.models import Hearing, Meeting, Utterance
from suggestions.models.hearing import UtteranceQuerySet


class HearingForm(DialogForm):
    group = OfferedField(
        label="代表团/界别", max_length=40, required=False, help_text="全体会议不填；小组、联组写组名也可以"
    )

    class Meta:
        model = Hearing
        fields = ["term", "session", "meeting", "group", "held_on", "place", "listeners"]
        field_classes = {"held_on": DayField, "listeners": RowsField}
        widgets = {"listeners": forms.CheckboxSelectMultiple}
        help_texts = {"listeners": "部门联络员只有列在这里，才能记录这一场的发言", "held_on": "可以填将来的日期"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        terms = Term.objects.offered(self.instance.term_id).order_by("body", "level", "-number")
        offer(self, "term", terms)
        cast(forms.ChoiceField, self.fields["meeting"]).choices = [("", "请选择"), *Meeting.choices]
        also = self.instance.listeners.all() if self.instance.pk else None
        offer(self, "listeners", colleagues(also=also).order_by("department__order", "pk"))
        offer_words(self, "group", groups_offered())


class UtteranceForm(GuardedForm, forms.Form):
    """One utterance: sent from the capture page, or mended in a dialog. One of speaker and heard name is needed."""

    either = ("speaker", "heard_as")
    speaker = PersonField(label="发言人", required=False)
    heard_as = forms.CharField(
        label="听到的姓名", required=False, max_length=40, help_text="还不知道是名册中的哪一位时填写，以后再认定"
    )
    words = forms.CharField(label="原话", max_length=1000, widget=forms.Textarea({"rows": 4}))
    idempotency_key = forms.UUIDField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not (cleaned.get("speaker") or cleaned.get("heard_as") or self.errors):
            self.add_error("speaker", "请选择发言人；还不知道是哪一位的，写听到的姓名。")
        return cleaned


class SayForm(UtteranceForm):
    """A new one. ``said_at`` is told by the page that took it down, perhaps without network."""

    said_at = forms.DateTimeField(required=False, widget=forms.HiddenInput)


class CorrectForm(UtteranceForm):
    """``idempotency_key`` is of this correction; the answer names it, so that the page knows what arrived."""

    asides = ("idempotency_key",)
    version = VersionField()

    def __init__(self, *args: Any, utterance: Utterance, **kwargs: Any) -> None:
        initial = {"speaker": utterance.speaker_id, "heard_as": utterance.heard_as, "words": utterance.words}
        super().__init__(*args, initial={**initial, "version": utterance.version}, **kwargs)
        self.fields["idempotency_key"].required = False


class DecomposeForm(GuardedForm, forms.Form):
    utterances = RowsField(Utterance.objects.none(), error_messages={"required": "请先在左边勾选发言。"})
    summary = forms.CharField(
        label="归纳意见",
        max_length=100,
        widget=forms.Textarea({"rows": 3}),
        help_text="用一句话概括，交办后作为标题；原话另行保留",
    )
    departments = RowsField(
        Department.objects.none(),
        label="责任部门",
        widget=forms.CheckboxSelectMultiple,
        help_text="可以选几个部门，每个部门各办一件",
        error_messages={"required": "请选择责任部门。"},
    )
    leader = forms.ModelChoiceField(User.objects.none(), label="责任领导", empty_label="请选择")
    due_on = DayField(label="完成时限", required=False, help_text="不填的，交办时按规定推算")

    def __init__(self, *args: Any, said: UtteranceQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "utterances", said)
        offer(self, "departments", Department.objects.filter(closed_on=None))
        offer(self, "leader", User.objects.leaders())


class AsideForm(GuardedForm, forms.Form):
    utterances = RowsField(Utterance.objects.none(), error_messages={"required": "请先在左边勾选发言。"})
    reason = forms.CharField(
        label="不需办理的理由", max_length=100, help_text="如“肯定工作”“非检察机关职责，已当场说明”"
    )

    def __init__(self, *args: Any, said: UtteranceQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "utterances", said)


class AssignSharesForm(GuardedForm, forms.Form):
    assigned_on = DayField(label="交办日", help_text="答复期限从这一天起算；表中写明完成时限的，以完成时限为准")
