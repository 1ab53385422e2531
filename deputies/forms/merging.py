"""Forms of a merge: with which file, and which value of each field that differs."""

from typing import Any

from django import forms

from deputies.actions.merging import FIELDS
from deputies.forms.fields import PersonField
from deputies.models import Deputy

KEPT, LOST = "kept", "lost"
PRIVATE = {"phone": "masked_phone"}


class MergeWithForm(forms.Form):
    button = "去核对"
    other = PersonField(label="另一份档案")


class MergeForm(forms.Form):
    """One choice per field in which the two files differ; an empty value gives way to a filled one."""

    def __init__(self, *args: Any, kept: Deputy, lost: Deputy, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in FIELDS:
            ours, theirs = _shown(kept, name), _shown(lost, name)
            if getattr(kept, name) == getattr(lost, name):
                continue
            self.fields[name] = forms.ChoiceField(
                label=str(Deputy._meta.get_field(name).verbose_name),  # type: ignore[union-attr]
                choices=[(KEPT, ours or "（空）"), (LOST, theirs or "（空）")],
                initial=LOST if theirs and not ours else KEPT,
                widget=forms.RadioSelect,
            )

    @property
    def take(self) -> list[str]:
        return [name for name, side in self.cleaned_data.items() if side == LOST]


def _shown(deputy: Deputy, name: str) -> str:
    """As the preview shows it; telephone numbers only masked."""
    value = getattr(deputy, PRIVATE.get(name, name))
    if isinstance(value, bool):
        return "同意" if value else "未同意"
    if name == "born_on" and value:
        return f"{value.year}年{value.month}月"
    return str(getattr(deputy, f"get_{name}_display", lambda: value or "")())
