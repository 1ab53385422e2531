"""The visits of one year: list, figures and export share it."""

import django_filters as filters

from common.filters import ListFilter
from staff.models import User
from suggestions.models import (
    FirstVisit,
    VisitState,
)
from suggestions.models.first_task import FirstVisitQuerySet

LISTED = [(state.value, state.label) for state in VisitState if state != VisitState.DROPPED]
SIGNED = [("yes", "已签字"), ("no", "未签字")]
VOICES = [("yes", "提了意见")]


class FirstVisitFilter(ListFilter):
    """The visits of one year: its page, the figures that lead there, and its export."""

    everything = "全部走访"
    leader = filters.ModelChoiceFilter(queryset=User.objects.none(), label="走访领导", empty_label="全部领导")
    state = filters.ChoiceFilter(label="结果", choices=LISTED, empty_label="全部结果")
    signed = filters.ChoiceFilter(method="by_signed", choices=SIGNED, label="签字", empty_label="不限签字")
    voice = filters.ChoiceFilter(method="by_voice", choices=VOICES, label="代表意见", empty_label="不限意见")

    class Meta:
        model = FirstVisit
        fields: list[str] = []

    def offer(self) -> None:
        going = User.objects.filter(pk__in=self.queryset.values("leader"))
        self.filters["leader"].queryset = going.order_by("pk")
        self.form.auto_id = "filter-%s"  # the dialogs of the page have fields of these names too

    def by_signed(self, rows: FirstVisitQuerySet, name: str, value: str) -> FirstVisitQuerySet:
        return rows.met().filter(signed=value == "yes")

    def by_voice(self, rows: FirstVisitQuerySet, name: str, value: str) -> FirstVisitQuerySet:
        return rows.exclude(voice="")
