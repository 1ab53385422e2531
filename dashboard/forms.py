"""Whose queue."""

from typing import Any

from django import forms

from deputies.models import Pairing
from staff.models import Role, User


class QueueForm(forms.Form):
    """Leaders and the office look at the house or at any leader; a handler has no choice: his own."""

    leader = forms.ModelChoiceField(label="范围", queryset=User.objects.none(), required=False, empty_label="全院")

    def __init__(self, data: Any, *, user: User) -> None:
        super().__init__(data)
        if user.role != Role.HANDLER:
            paired = Pairing.objects.values("leader")
            self.fields["leader"].queryset = User.objects.filter(pk__in=paired).order_by("name")  # type: ignore[attr-defined]
