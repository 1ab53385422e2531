"""Forms of 承诺: said, moved, kept; and the class that holds now."""

from typing import Any

from django import forms
from django.utils import timezone

from common.forms import DayField, RowsField, offer
from common.sensitive import GuardedCharField, GuardedForm
from common.versions import VersionField
from deputies.models import Deputy
from staff.models import ADMINISTRATORS, User
from staff.models.user import UserQuerySet
from suggestions.actions import PromiseFacts
from suggestions.models import Promise, Proposer, Reply, ResultClass, ToldHow

WHAT_HELP = "写清做到什么程度，如“十月底前完成三处路灯改造”；不写案号和案情"


def keepers() -> UserQuerySet:
    """Whoever of ours may answer for a promise, by name."""
    return User.objects.active().exclude(role__in=ADMINISTRATORS).order_by("name", "pk")


class ResultSelect(forms.Select):
    """Tells the style sheet which classes promise: the fields of the promise appear with them."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)
        if getattr(getattr(value, "instance", None), "promises", False):
            option["attrs"]["data-promises"] = ""
        return option


class PromisedFields(GuardedForm):
    """Mix in before ``Form`` where an answer is given: with a class that promises, one promise goes along.

    The form has a field ``result_class``; ``facts`` hands over ``promises`` as the verbs want them.
    """

    promise_names = ("promise_what", "promise_due_on", "promise_owner")
    either = promise_names  # needed where they are seen: not to be called optional

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["promise_what"] = GuardedCharField(
            label="承诺事项", max_length=200, required=False, widget=forms.Textarea({"rows": 2}), help_text=WHAT_HELP
        )
        self.fields["promise_due_on"] = DayField(label="承诺完成时限", required=False)
        self.fields["promise_owner"] = forms.ModelChoiceField(User.objects.none(), label="承诺责任人", required=False)
        offer(self, "promise_owner", keepers())
        self.order_fields([*self._until_class(), *self.promise_names])

    def _until_class(self) -> list[str]:
        names = list(self.fields)
        return names[: names.index("result_class") + 1]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        result = cleaned.get("result_class")
        if result and result.promises:
            for name in self.promise_names:
                if not cleaned.get(name) and name not in self.errors:
                    label = self.fields[name].label
                    self.add_error(name, f"办理结果为“{result}”的，请填写{label}；还有其他承诺的，答复后再添加。")
        return cleaned

    def facts(self) -> dict[str, Any]:
        facts = super().facts()
        what, due_on, owner = (facts.pop(name) for name in self.promise_names)
        promises = facts["result_class"].promises
        return {**facts, "promises": [PromiseFacts(what, due_on, owner)] if promises else []}


class PromiseForm(GuardedForm, forms.Form):
    what = forms.CharField(label="承诺事项", max_length=200, widget=forms.Textarea({"rows": 2}), help_text=WHAT_HELP)
    due_on = DayField(label="完成时限")
    owner = forms.ModelChoiceField(User.objects.none(), label="责任人")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "owner", keepers())

    def promise(self) -> PromiseFacts:
        facts = self.facts()
        return PromiseFacts(facts["what"], facts["due_on"], facts["owner"])


class PromiseMoveForm(GuardedForm, forms.Form):
    due_on = DayField(label="完成时限")
    owner = forms.ModelChoiceField(User.objects.none(), label="责任人")
    reason = forms.CharField(
        label="理由",
        max_length=200,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text="原时限和原责任人保留；补填原台账没有写明的，可以不写理由",
    )
    version = VersionField()

    def __init__(self, *args: Any, promise: Promise, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "owner", keepers())
        self.initial = {"due_on": promise.due_on, "owner": promise.owner_id, "version": promise.version}


class KeepForm(GuardedForm, forms.Form):
    kept_on = DayField(label="二次答复日期")
    class_now = forms.ModelChoiceField(
        ResultClass.objects.none(), label="现办理结果", help_text="确实办不到的，选“暂难解决”并向提出人说明"
    )
    kept_how = forms.CharField(label="落实情况", max_length=300, widget=forms.Textarea({"rows": 4}))
    told_how = forms.ChoiceField(
        label="怎样告知提出人",
        choices=ToldHow.choices,
        widget=forms.RadioSelect,
        help_text="当面告知同时记为一次联络，不用再登记",
    )
    met = RowsField(
        Deputy.objects.none(),
        label="当面告知了哪几位",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="只在当面告知时记入联络",
    )

    def __init__(self, *args: Any, promise: Promise, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "class_now", ResultClass.objects.offered())
        proposers = Proposer.objects.filter(suggestion=promise.reply.suggestion_id).values("deputy")
        people = Deputy.objects.filter(pk__in=proposers).with_namesake_hint().order_by("pinyin", "pk")
        offer(self, "met", people)
        self.initial = {"kept_on": timezone.localdate(), "met": list(people)}


class ResultForm(GuardedForm, forms.Form):
    new = forms.ModelChoiceField(ResultClass.objects.none(), label="现办理结果")
    on = DayField(label="变动日期")
    reason = forms.CharField(label="依据", max_length=300, widget=forms.Textarea({"rows": 3}))

    def __init__(self, *args: Any, reply: Reply, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "new", ResultClass.objects.offered().exclude(pk=reply.class_now_id))
        self.initial = {"on": timezone.localdate()}
