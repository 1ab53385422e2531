"""What becomes of a row of an activity ledger: planned first, written on request by the activity's own verbs."""

from dataclasses import dataclass
from datetime import time
from typing import TYPE_CHECKING, Any

from activities import actions as activities
from activities.models import Activity
from activities.workflow import ActivityState
from deputies.models import Contact
from intake import encounters
from intake.kinds.activities_words import LABELS
from intake.kinds.base import NEW, SAME, UPDATED, Plan, Reader
from intake.models import Thing
from intake.office import Office
from intake.reading.cells import plain

if TYPE_CHECKING:
    from intake.kinds.activities import Facts

FIELDS = ["starts_at", "ends_at", "place", "summary", "congress_state"]


@dataclass
class ActivityWriter:
    office: Office

    def __post_init__(self) -> None:
        self.known = {(each.held_on, plain(each.title)): each for each in Activity.objects.order_by("-pk")}
        self.planned: dict[Any, int] = {}

    def plan(self, read: Reader, facts: "Facts") -> Plan:
        key = (facts.held_on, plain(facts.title))
        if key in self.planned:
            read.warn("repeated", f"与第 {self.planned[key]} 行重复，只导入一次。", "title")
            return read.plan(SAME)
        if key in self.known:
            return self._same_or_updated(read, facts, self.known[key])
        self.planned[key] = read.line.number
        told = {"活动": ["", f"{facts.held_on:%Y-%m-%d} {facts.kind} {facts.title}"]}
        doubled: list[Contact] = []
        if facts.came:
            told["到场"] = ["", f"{len(facts.came)} 人次"]
        if facts.state == ActivityState.CLOSED:
            doubled = encounters.taken_over(
                read, self.office, facts.held_on, "activity", [known.number for known in facts.came], told
            )
        return read.plan(NEW, changes=told, write=lambda: self._write(facts, doubled))

    def _write(self, facts: "Facts", doubled: list[Contact]) -> None:
        by = self.office.by
        fields = {name: getattr(facts, name) for name in FIELDS if getattr(facts, name)}
        everybody = {known.number: known.deputy for known in [*facts.invited, *facts.came]}
        activity = activities.schedule(
            by=by,
            kind=facts.kind,
            title=facts.title,
            held_on=facts.held_on,
            host=facts.host,
            deputies=everybody.values(),
            leaders=facts.leaders,
            **fields,
        )
        if facts.came:
            came = [known.deputy.pk for known in facts.came]
            activity = activities.tick(activity=activity, came=came, by=by, today=self.office.today)
        if facts.state == ActivityState.CLOSED:
            activity = activities.close(activity=activity, by=by, today=self.office.today)
        elif facts.state == ActivityState.CANCELLED:
            activity = activities.cancel(activity=activity, by=by)
        self.office.note(Thing.ACTIVITY, activity.pk, activity.version)
        encounters.withdraw(self.office, doubled)

    def _same_or_updated(self, read: Reader, facts: "Facts", activity: Activity) -> Plan:
        """What the row fills otherwise. Who was invited and who came is settled on the page of the activity."""
        said = {name: getattr(facts, name) for name in FIELDS}
        after = {name: value for name, value in said.items() if value and value != getattr(activity, name)}
        if after and activity.state != ActivityState.PLANNED:
            names = "、".join(LABELS[name] for name in after)
            state = activity.get_state_display()
            read.warn("closed_differs", f"活动{state}，{names}与表里不同，没有更新。如需修改，请重新打开活动。")
            after = {}
        if not after:
            return read.plan(SAME)
        old = {name: getattr(activity, name) for name in after}
        told = {LABELS[name]: [_shown(old[name]), _shown(value)] for name, value in after.items()}
        for name, value in after.items():
            setattr(activity, name, value)

        def write() -> None:
            fresh = Activity.objects.get(pk=activity.pk)
            fresh = activities.edit(activity=fresh, expected=fresh.version, by=self.office.by, **after)
            self.office.note(
                Thing.ACTIVITY, fresh.pk, fresh.version, {name: _stored(value) for name, value in old.items()}
            )

        return read.plan(UPDATED, changes=told, write=write)


def _shown(value: Any) -> str:
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return str(getattr(value, "label", value) or "")


def _stored(value: Any) -> Any:
    return value.isoformat() if isinstance(value, time) else value
