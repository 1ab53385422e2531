"""Forms of activities: they check input, they decide nothing."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from activities.models import Activity, ActivityKind, Photo
from common.forms import DayField, RecordForm, RowsField, offer
from common.sensitive import GuardedForm
from common.versions import VersionField
from deputies.forms import Chosen, DeputiesField, chosen_deputies
from deputies.forms.basics import OrderedForm
from deputies.forms.photos import KeptPhotoForm
from deputies.models import Deputy
from deputies.models.deputy import DeputyQuerySet
from staff.models import Department, Role, User

CONGRESS_HINT = "代表法第四十六条：邀请人大代表参加活动，根据本级人大常委会的统筹安排进行。"


class ActivityForm(GuardedForm, RecordForm):
    deputies = DeputiesField(label="邀请代表委员", required=False)

    class Meta:
        model = Activity
        fields = [
            "kind",
            "title",
            "held_on",
            "starts_at",
            "ends_at",
            "place",
            "host",
            "leaders",
            "congress_state",
            "summary",
        ]
        field_classes = {"leaders": RowsField, "held_on": DayField}
        widgets = {
            "starts_at": forms.TimeInput({"type": "time"}, format="%H:%M"),
            "ends_at": forms.TimeInput({"type": "time"}, format="%H:%M"),
            "leaders": forms.CheckboxSelectMultiple,
            "summary": forms.Textarea({"rows": 4}),
        }
        help_texts = {
            "held_on": "可以填将来的日期",
            "congress_state": CONGRESS_HINT,
            "summary": "办结时连同活动一起写入联络记录；不写案号和具体案情",
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "deputies", Deputy.objects.visible_to(user))
        offer(self, "kind", ActivityKind.objects.offered(self.instance.kind_id))
        offer(self, "host", self._hosts(user))
        offer(self, "leaders", self._leaders())
        if user.role == Role.HANDLER:
            self.fields["host"].initial = user.department

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        starts_at, ends_at = cleaned.get("starts_at"), cleaned.get("ends_at")
        if ends_at and not starts_at:
            self.add_error("starts_at", "填了结束时间，请同时填写开始时间。")
        elif ends_at and ends_at < starts_at:
            self.add_error("ends_at", "结束时间不能早于开始时间。")
        return cleaned

    @property
    def picked(self) -> list[Chosen]:
        return chosen_deputies(self["deputies"]) if "deputies" in self.fields else []

    def _hosts(self, user: User) -> QuerySet[Department]:
        """Departments that exist today, and the one already written down; a handler has only the own."""
        if user.role == Role.HANDLER and user.department:
            return Department.objects.filter(pk=user.department.pk)
        return Department.objects.filter(Q(closed_on=None) | Q(pk=self.instance.host_id))

    def _leaders(self) -> QuerySet[User]:
        """Those of today, and those already written down."""
        chosen = self.instance.leaders.values("pk") if self.instance.pk else []
        return User.objects.filter(Q(pk__in=User.objects.leaders().values("pk")) | Q(pk__in=chosen))


class ActivityEditForm(ActivityForm):
    """Who is invited is changed on the activity's own page, person by person."""

    version = VersionField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["deputies"]
        self.fields["version"].initial = self.instance.version


class InviteForm(forms.Form):
    deputies = DeputiesField(label="邀请代表委员", error_messages={"required": "请先选择代表委员。"})

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "deputies", Deputy.objects.visible_to(user))


class PhotoForm(KeptPhotoForm):
    class Meta(KeptPhotoForm.Meta):
        model = Photo

    def present(self) -> DeputyQuerySet:
        return Deputy.objects.filter(pk__in=self.instance.activity.attendances.values("deputy"))


class KindForm(OrderedForm):
    class Meta:
        model = ActivityKind
        fields = ["name", "order"]
