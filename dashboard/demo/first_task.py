"""第一任务 of the demo house: two years of answers at the door."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from common.calendar import Calendar
from dashboard.demo.house import House
from dashboard.demo.voices import assign, evaluate, register, reply
from dashboard.demo.words import DELIBERATIONS
from deputies.models import Body, Deputy
from suggestions import actions
from suggestions.models import FirstTask, FirstVisit, Kind, ProposerRole, Suggestion, Verdict, VisitState

# What was said at the door, and why somebody was not at home.
SAID_AT_HOME = [
    "检察长带着办理情况上门，一件一件讲得清楚。希望把好的做法固定下来，明年接着来。",
    "",
    "答复很实在。建议多到村里、社区里讲一讲，让更多群众知道。",
    "",
    "",
]
AWAY = "在外地参加培训，已电话说明办理情况，另约时间上门"


def play_first_task(house: House, year: int, deliberations: slice) -> None:
    """第一任务: on the first working day after Spring Festival the leaders answer in person what was said in January."""
    day = Calendar().first_workday_after_spring_festival(year)
    if day is None or day > house.today:
        return
    speakers = house.random.sample(house.sitting_in(Body.CONGRESS), 9)
    items = []
    for (title, said, _), deputy in zip(DELIBERATIONS[deliberations], speakers, strict=False):
        item = register(house, Kind.DELIBERATION, title, said, deputy, date(year, 1, 9), field="社会治理")
        items.append(assign(house, item, date(year, 1, 20)))
    task = _draw_up(house, year, items, away=speakers[-1])
    for number, (item, (_, _, done)) in enumerate(zip(items, DELIBERATIONS[deliberations], strict=False)):
        visit = task.visits.select_related("task", "deputy", "leader").get(suggestions=item)
        _visit(house, visit, day, done, SAID_AT_HOME[number], signed=number != 3)
        answer = reply(house, item, day, done, "A", in_person=True, signed_by=visit.leader)
        evaluate(house, answer, day, Verdict.SATISFIED)
        actions.close(suggestion=item, by=house.office, on=day)


def _draw_up(house: House, year: int, items: list[Suggestion], *, away: Deputy) -> FirstTask:
    """The list in January: proposed, one person added by hand, fixed, approved with a remark."""
    leads = [item.proposers.get(role=ProposerRole.LEAD).deputy for item in items]
    task = actions.draw_up(year=year, chosen=[deputy.pk for deputy in leads], by=house.office)
    known = {visit.deputy_id for visit in task.visits.listed()}
    for number, (deputy, item) in enumerate(zip([*leads, away], [*items, None], strict=True)):
        if deputy.pk not in known:
            leader, why = house.leaders[number % len(house.leaders)], "审议检察工作报告时发言"
            visit = actions.add_person(task=task, deputy=deputy, leader=leader, why=why, by=house.office)
            visit.suggestions.set([item] if item else [])
    _to_the_chief(house, task.visits.listed().select_related("task", "deputy", "leader").first())
    task = actions.confirm_list(
        task=actions.fix_list(task=task, by=house.office),
        by=house.chief,
        remark="同意。节前把答复材料准备好，当面把话说透，回来三天内登记结果。",
    )
    at = datetime(year, 1, 22, 15, tzinfo=timezone.get_current_timezone())
    FirstTask.objects.filter(pk=task.pk).update(drawn_up_at=at, fixed_at=at, confirmed_at=at + timedelta(days=1))
    absent = task.visits.get(deputy=away)
    _visit(house, absent, None, why_not=AWAY)
    return task


def _to_the_chief(house: House, visit: FirstVisit | None) -> None:
    """Every year the chief himself goes first."""
    if visit:
        actions.plan_visit(
            visit=visit,
            expected=visit.version,
            by=house.office,
            leader=house.chief,
            company=[house.staff["bangong2"]],
            suggestions=visit.suggestions.all(),
            starts_at=time(9),
            place=visit.deputy.unit,
        )


def _visit(
    house: House, visit: FirstVisit, day: date | None, answered: str = "", voice: str = "", **facts: Any
) -> None:
    """What came of it, recorded by the office."""
    actions.record_visit(
        visit=visit,
        expected=visit.version,
        by=house.office,
        outcome=VisitState.MET if day else VisitState.NOT_MET,
        leader=visit.leader,
        company=[house.staff["bangong2"]],
        suggestions=visit.suggestions.all(),
        place=visit.deputy.unit,
        visited_on=day,
        answered=answered,
        voice=voice,
        **facts,
    )
