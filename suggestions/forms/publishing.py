"""The form of 公开审查."""

from typing import Any

from django import forms
from django.utils import timezone

from common.forms import DayField, offer
from common.sensitive import GuardedForm
from common.versions import VersionField
from staff.models import User
from suggestions.forms.promises import keepers
from suggestions.models import Reply, Scope
from suggestions.models.suggestion import Wish

FIELDS = ["scope", "reviewer", "decided_on", "reason", "overruled", "published_on", "url"]


class PublicationForm(GuardedForm, forms.Form):
    scope = forms.ChoiceField(label="公开属性", choices=Scope.choices, widget=forms.RadioSelect)
    reviewer = forms.ModelChoiceField(
        User.objects.none(), label="保密审查人", required=False, help_text="全文或摘要公开的必须经过保密审查"
    )
    decided_on = DayField(label="审定日期")
    reason = forms.CharField(
        label="不全文公开的理由", max_length=100, required=False, help_text="如“涉及企业商业信息”；全文公开的不填"
    )
    overruled = forms.CharField(
        label="与提出人意愿不一致的理由", max_length=200, required=False, widget=forms.Textarea({"rows": 2})
    )
    published_on = DayField(label="公开日期", required=False, help_text="还没有公开的先不填，公开后再来补上")
    url = forms.CharField(label="公开位置", max_length=200, required=False, help_text="网址，或栏目名称")
    version = VersionField()

    def __init__(self, *args: Any, reply: Reply, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "reviewer", keepers(), empty="未审查")
        if reply.suggestion.publication_wish not in (Wish.TITLE, Wish.NONE):
            del self.fields["overruled"]
        known = getattr(reply, "publication", None)
        if known:
            self.initial = {name: getattr(known, name) for name in FIELDS} | {"version": known.version}
            return
        self.initial = {"decided_on": timezone.localdate(), "version": 0}
        if reply.draft:
            self.initial |= {"scope": reply.draft.scope, "reason": reply.draft.scope_reason}

    def clean_scope(self) -> Scope:
        return Scope(self.cleaned_data["scope"])
