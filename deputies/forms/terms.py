"""Forms of 换届: which term follows on which day with which people; then who is meant by each name."""

from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from common.forms import DayField
from common.sensitive import GuardedForm
from deputies import rollover
from deputies.actions.terms import Member
from deputies.forms.fields import DeputiesField
from deputies.models import Term


class TermChangeForm(GuardedForm, forms.Form):
    either = ("names", "people")
    number = forms.IntegerField(label="新一届届次", min_value=1, max_value=99)
    on = DayField(label="换届日期", help_text="新一届首次会议召开之日；上一届的身份在这一天届满")
    names = forms.CharField(
        label="新一届名单",
        required=False,
        max_length=60_000,
        widget=forms.Textarea(attrs={"rows": 12, "placeholder": "张晓北\t知禾供电服务公司\t甘露镇代表团\n单小明\n……"}),
        help_text="每行一人，姓名后面可以跟单位、代表团或界别，从表格中直接复制即可；也可以用顿号隔开多个姓名。",
    )
    people = DeputiesField(label="或从档案中选", required=False)

    def __init__(self, *args: Any, old: Term, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.update(number=old.number + 1, on=today)
        self.old = old
        day = self.fields["on"]
        assert isinstance(day, DayField)
        day.stay_before(today)

    def clean_number(self) -> int:
        number: int = self.cleaned_data["number"]
        if number <= self.old.number:
            raise forms.ValidationError(f"应大于上一届的第{self.old.number}届。")
        return number

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on <= self.old.starts_on:
            raise forms.ValidationError(f"应晚于上一届开始的 {self.old.starts_on:%Y-%m-%d}。")
        return on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        entries, wrong = rollover.read(cleaned.get("names") or "")
        for sentence in wrong[:10]:
            self.add_error("names", sentence)
        if not self.errors and not entries and not cleaned["people"]:
            self.add_error("names", "请粘贴新一届名单，或从档案中选择。")
        self.entries = entries
        return cleaned

    def plan(self) -> rollover.Plan:
        return rollover.plan(self.old, self.entries, self.cleaned_data["people"].with_seats())


class WhoForm(forms.Form):
    """The preview: for each name that somebody already has, which person; of those who leave, who stays after all.

    ``decided`` was said in an earlier preview, before the list was mended; what no longer fits is asked again.
    """

    def __init__(self, *args: Any, plan: rollover.Plan, decided: QueryDict, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan = plan
        plan.stay = {seat.deputy_id for seat in plan.leaving if str(seat.deputy_id) in decided.getlist("stay")}
        for line in self._asked():
            if (said := decided.get(_who(line))) in dict(line.options):
                line.chosen = said
            self.fields[_who(line)] = forms.ChoiceField(
                choices=line.options,
                initial=line.chosen,
                error_messages={"required": f"请选择“{line.entry.name}”是哪一位。"},
                widget=forms.Select(attrs={"aria-label": f"{line.entry.name}是哪一位"}),
            )
        self.fields["stay"] = forms.TypedMultipleChoiceField(
            choices=[(seat.deputy_id, str(seat.deputy)) for seat in plan.held], coerce=int, required=False
        )

    def _asked(self) -> list[rollover.Line]:
        return [line for line in self.plan.lines if line.candidates]

    def clean(self) -> dict[str, Any]:
        """What was chosen goes into the plan, also where something is still open: the page shows it."""
        cleaned = super().clean() or self.cleaned_data
        for line in self._asked():
            line.chosen = cleaned.get(_who(line), "")
        leaving = {seat.deputy_id for seat in self.plan.leaving}
        self.plan.stay = leaving & set(cleaned.get("stay") or [])
        if twice := self.plan.twice():
            raise forms.ValidationError(f"{'、'.join(twice)}在名单中出现两次且指同一个人，请核对。")
        return cleaned

    def rows(self) -> list[tuple[rollover.Line, forms.BoundField | None]]:
        """Each line with its choice, those first that need one."""
        drawn = [(line, self[_who(line)] if _who(line) in self.fields else None) for line in self.plan.lines]
        return sorted(drawn, key=lambda row: row[0].outcome != "待确认")

    def members(self) -> list[Member]:
        listed = [
            Member(line.entry.name, line.deputy, line.entry.unit, line.entry.group, line.entry.post)
            for line in self.plan.lines
        ]
        kept = [seat.deputy for seat in self.plan.leaving if seat.deputy_id in self.plan.stay]
        return listed + [Member(deputy.name, deputy) for deputy in kept]


def decided(data: QueryDict) -> list[tuple[str, str]]:
    """Name and value of what a preview has settled, for hidden fields of the list that is mended meanwhile."""
    return [
        (name, value) for name in data if name == "stay" or name.startswith("who-") for value in data.getlist(name)
    ]


def _who(line: rollover.Line) -> str:
    return f"who-{line.key}"
